import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { type AnnexElementKey, annexElementKeys } from '../domain/annex-i/annex-element.js'
import { toEnum } from './to-enum.js'

const AnnexElementKeyEnum = toEnum(annexElementKeys)
registerEnumType(AnnexElementKeyEnum, {
  name: 'AnnexElementKey',
  description: 'An element of Annex I of Council Recommendation 2022/C 243/02.',
})

const elementStatuses = ['PRESENT', 'MISSING', 'NOT_APPLICABLE'] as const
const ElementStatusEnum = toEnum(elementStatuses)
registerEnumType(ElementStatusEnum, {
  name: 'AnnexElementStatus',
  description: 'Whether a definition has an element.',
})

/** See the domain's `ElementReport`. */
@ObjectType('AnnexElementReport', {
  description: 'Whether a definition has one element of Annex I.',
})
export class AnnexElementReportType {
  @Field(() => Int, { description: 'Number in the annex: 1–11 mandatory, 12–16 optional.' })
  readonly number!: number

  @Field(() => AnnexElementKeyEnum, { description: 'The element.' })
  readonly key!: AnnexElementKey

  @Field(() => Boolean, { description: 'Whether the annex asks for it.' })
  readonly isMandatory!: boolean

  @Field(() => ElementStatusEnum, { description: 'Whether it is there.' })
  readonly status!: (typeof elementStatuses)[number]

  @Field(() => String, {
    nullable: true,
    description: 'Why not, as a stable code; null when present.',
  })
  readonly reason!: string | null
}

/** See the domain's `CompletenessReport`. */
@ObjectType('MicroCredentialCompleteness', {
  description:
    'How far a definition has the elements of the European approach to micro-credentials.',
})
export class MicroCredentialCompletenessType {
  @Field(() => Boolean, { description: 'Whether no mandatory element is missing.' })
  readonly isComplete!: boolean

  @Field(() => Boolean, { description: 'Whether it bears credits.' })
  readonly isCreditBearing!: boolean

  @Field(() => [AnnexElementReportType], { description: 'All sixteen elements, in their order.' })
  readonly elements!: readonly AnnexElementReportType[]
}
