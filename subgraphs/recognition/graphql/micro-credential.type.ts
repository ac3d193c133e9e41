import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import {
  type ParticipationMode,
  participationModes,
  type QualityAssuranceType,
  qualityAssuranceTypes,
  type Stackability,
  type Supervision,
  stackabilities,
  supervisions,
} from '../domain/micro-credential.js'
import { DecimalScalar } from './decimal.scalar.js'
import { PageInfoType } from './page-info.type.js'
import { toEnum } from './to-enum.js'

/** GraphQL enum of forms of participation. */
export const ParticipationModeEnum = toEnum(participationModes)
registerEnumType(ParticipationModeEnum, {
  name: 'ModeOfDelivery',
  // The catalogue uses the enum in filters: composition wants the same values in both.
  description: 'How learning takes place (OEAPI: modesOfDelivery; ELM: mode).',
  valuesConfig: {
    ONLINE: { description: 'Entirely at a distance.' },
    BLENDED: { description: 'Some parts online, others in presence.' },
    HYBRID: { description: 'Each session both online and in presence.' },
    PRESENTIAL: { description: 'In presence.' },
    PROJECT_BASED: { description: 'Through a project.' },
    LAB_BASED: { description: 'Through work in a laboratory.' },
    WORK_BASED: { description: 'Through work at a workplace.' },
    COIL: { description: 'Collaborative online international learning.' },
  },
})

const QualityAssuranceTypeEnum = toEnum(qualityAssuranceTypes)
registerEnumType(QualityAssuranceTypeEnum, {
  name: 'QualityAssuranceType',
  description: 'What stands behind the quality of a credential; the European accreditation list.',
})

/** GraphQL enum of how an assessment was supervised. */
export const SupervisionEnum = toEnum(supervisions)
registerEnumType(SupervisionEnum, {
  name: 'AssessmentSupervision',
  description: 'Whether assessment is supervised and identity checked (Annex I, element 13).',
})

const StackabilityEnum = toEnum(stackabilities)
registerEnumType(StackabilityEnum, {
  name: 'Stackability',
  description: 'Whether a credential stands alone or counts towards another (Annex I, element 15).',
})

/** See the domain's `MicroCredential`. */
@ObjectType('MicroCredential', {
  description:
    'What a micro-credential certifies, before anybody has earned it: the elements of Annex I of Council ' +
    'Recommendation 2022/C 243/02 that do not depend on the learner.',
})
@Directive('@key(fields: "id")')
export class MicroCredentialType {
  @Field(() => ID, { description: 'Hub id, `alliance:microcredential:key`.' })
  readonly id!: string

  @Field(() => DecimalScalar, { description: 'Workload in ECTS credits.' })
  readonly ects!: string

  @Field(() => Int, {
    nullable: true,
    description:
      'Level in the European Qualifications Framework, 1–8; null where the jurisdiction is not referenced to it.',
  })
  readonly eqfLevel!: number | null

  @Field(() => [String], {
    description: 'ISCED-F 2013 codes of its field: those of its opportunity in the catalogue.',
  })
  readonly iscedF!: readonly string[]

  @Field(() => String, {
    description: 'Type of assessment: a label of the European list, e.g. `project work`.',
  })
  readonly assessmentType!: string

  @Field(() => ParticipationModeEnum, { description: 'Form of participation.' })
  readonly mode!: ParticipationMode

  @Field(() => QualityAssuranceTypeEnum, { description: 'Type of quality assurance.' })
  readonly qualityAssurance!: QualityAssuranceType

  @Field(() => SupervisionEnum, {
    description: 'Supervision and identity check during assessment.',
  })
  readonly supervision!: Supervision

  @Field(() => StackabilityEnum, { description: 'Whether it counts towards another credential.' })
  readonly stackability!: Stackability

  @Field(() => Boolean, { description: 'True for sample data that no university published.' })
  readonly synthetic!: boolean
}

/** An edge of {@link MicroCredentialConnectionType}. */
@ObjectType('MicroCredentialEdge', { description: 'A micro-credential with its place in a list.' })
export class MicroCredentialEdgeType {
  @Field(() => String, { description: 'Place of this row in the list.' })
  readonly cursor!: string

  @Field(() => MicroCredentialType, { description: 'The micro-credential.' })
  readonly node!: MicroCredentialType
}

/** Relay connection of micro-credentials. */
@ObjectType('MicroCredentialConnection', { description: 'A page of micro-credentials, by title.' })
export class MicroCredentialConnectionType {
  @Field(() => Int, { description: 'Rows on all pages together.' })
  readonly totalCount!: number

  @Field(() => [MicroCredentialEdgeType], { description: 'The rows with their cursors.' })
  readonly edges!: readonly MicroCredentialEdgeType[]

  @Field(() => [MicroCredentialType], { description: 'The rows without cursors.' })
  readonly nodes!: readonly MicroCredentialType[]

  @Field(() => PageInfoType, { description: 'Where the page lies.' })
  readonly pageInfo!: PageInfoType
}
