import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { type Confidence, confidences } from '../domain/fact.js'
import { toEnum } from './to-enum.js'

/** GraphQL enum of how sure a fact is. */
export const ConfidenceEnum = toEnum(confidences)
registerEnumType(ConfidenceEnum, {
  name: 'FactConfidence',
  description: 'How sure a fact is.',
  valuesConfig: {
    SOURCED: { description: 'Read in the source named.' },
    UNVERIFIED: {
      description: 'General knowledge or an unclear source, open to correction by the member.',
    },
  },
})

/** A fact with its provenance: every type that states something about a jurisdiction extends it. Never published itself. */
@ObjectType()
export abstract class FactType {
  @Field(() => String, { description: 'Where the fact comes from.' })
  readonly source!: string

  @Field(() => ConfidenceEnum, { description: 'How sure the fact is.' })
  readonly confidence!: Confidence
}

/** Provenance of one fact of a jurisdiction, by the fact's name. */
@ObjectType('FactSource', { description: 'Where one fact comes from, and how sure it is.' })
export class FactSourceType extends FactType {
  @Field(() => String, {
    description: 'Path of the fact, e.g. `credit` or `frameworks.0.eqfMapping`.',
  })
  readonly fact!: string
}
