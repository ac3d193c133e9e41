import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { HubError } from '../../../schema/index.js'
import { type EctsConversion, toEcts } from '../domain/ects-conversion.js'
import { type EqfMapping, findEqfLevel } from '../domain/eqf-mapping.js'
import type { Jurisdiction } from '../domain/jurisdiction.js'
import { listFactSources } from '../domain/list-fact-sources.js'
import { pickText } from '../domain/localised-text.js'
import { EctsConversionType, EqfLevelMappingType } from './conversion.type.js'
import { DecimalScalar } from './decimal.scalar.js'
import { FactSourceType } from './fact.type.js'
import { JurisdictionType } from './jurisdiction.type.js'
import { LocalisedString, toLocalisedStrings } from './localised-string.type.js'
import type { RequestContext } from './request-context.js'

/** Jurisdictions and what is derived from them. */
@Resolver(() => JurisdictionType)
export class JurisdictionResolver {
  @Query(() => [JurisdictionType], { description: 'All jurisdictions described here, by code.' })
  jurisdictions(@Ctx() { store }: RequestContext): Promise<readonly Jurisdiction[]> {
    return store.listJurisdictions()
  }

  @Query(() => JurisdictionType, {
    nullable: true,
    description: 'One jurisdiction; null when it is not described here.',
  })
  jurisdiction(
    @Arg('code', () => String, { description: 'ISO 3166 code, e.g. `NL`.' }) code: string,
    @Ctx() { load }: RequestContext,
  ): Promise<Jurisdiction | null> {
    return load.jurisdiction(code)
  }

  @FieldResolver(() => String, { description: 'Its name, in English unless another is there.' })
  name(
    @Root() jurisdiction: Jurisdiction,
    @Arg('language', () => String, { nullable: true, description: 'BCP 47, e.g. `fi`.' })
    language?: string | null,
  ): string {
    return pickText(jurisdiction.names, language)
  }

  @FieldResolver(() => [LocalisedString], { description: 'Its name in every language we have.' })
  names(@Root() jurisdiction: Jurisdiction): LocalisedString[] {
    return toLocalisedStrings(jurisdiction.names)
  }

  @FieldResolver(() => String, { description: 'Name of the national credit unit.' })
  creditUnit(@Root() jurisdiction: Jurisdiction): string {
    return jurisdiction.credit.unit
  }

  @FieldResolver(() => [String], { description: 'Official languages, BCP 47.' })
  languages(@Root() jurisdiction: Jurisdiction): readonly string[] {
    return jurisdiction.languages.codes
  }

  @FieldResolver(() => String, { description: 'ISO 4217 code of the currency.' })
  currency(@Root() jurisdiction: Jurisdiction): string {
    return jurisdiction.currency.code
  }

  @FieldResolver(() => EctsConversionType, {
    description: 'National credit units as ECTS credits, and whether the figure is certain.',
  })
  ectsConversion(
    @Root() jurisdiction: Jurisdiction,
    @Arg('units', () => DecimalScalar, { description: 'National credit units, 0 or more.' })
    units: string,
  ): EctsConversion {
    if (!units.startsWith('-')) return toEcts(units, jurisdiction.credit)
    throw new HubError('BAD_USER_INPUT', { message: `units ${units} is below 0` })
  }

  @FieldResolver(() => EqfLevelMappingType, {
    nullable: true,
    description: 'The European level of a national one; null when there is no such level here.',
  })
  eqfMapping(
    @Root() jurisdiction: Jurisdiction,
    @Arg('level', () => String, {
      description:
        'Label as written there, e.g. `NFQ 9` (spaces and case do not matter), or its URI.',
    })
    level: string,
  ): EqfMapping | null {
    return findEqfLevel(jurisdiction, level)
  }

  @FieldResolver(() => [FactSourceType], {
    description: 'Where every fact comes from, and how sure it is.',
  })
  factSources(@Root() jurisdiction: Jurisdiction): readonly FactSourceType[] {
    return listFactSources(jurisdiction)
  }
}
