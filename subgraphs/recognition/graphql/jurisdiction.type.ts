import { Directive, Field, ID, ObjectType } from 'type-graphql'
import {
  AcademicCalendarType,
  CreditSystemType,
  CreditWorkloadType,
  DataProtectionRegimeType,
  DataTransferRuleType,
  GradingScaleType,
  MicroCredentialStatusType,
  QualityAssuranceAgencyType,
  SizeRuleType,
} from './jurisdiction-fact.type.js'
import { QualificationsFrameworkType } from './qualifications-framework.type.js'

/** See the domain's `Jurisdiction`. */
@ObjectType('Jurisdiction', {
  description: 'The rules that hold where a member awards credits, each with its source.',
})
@Directive('@key(fields: "code")')
export class JurisdictionType {
  @Field(() => ID, { description: 'ISO 3166 code, e.g. `NL` or `BE-VLG`.' })
  readonly code!: string

  @Field(() => CreditSystemType, {
    description: 'How study load is counted, and what it is in ECTS.',
  })
  readonly credit!: CreditSystemType

  @Field(() => CreditWorkloadType, { description: 'Hours of work behind one ECTS credit.' })
  readonly workload!: CreditWorkloadType

  @Field(() => [QualificationsFrameworkType], {
    description: 'National qualifications frameworks; empty where there is none.',
  })
  readonly frameworks!: readonly QualificationsFrameworkType[]

  @Field(() => GradingScaleType, { description: 'The usual grading scale.' })
  readonly gradingScale!: GradingScaleType

  @Field(() => [QualityAssuranceAgencyType], { description: 'Agencies that review institutions.' })
  readonly qualityAssurance!: readonly QualityAssuranceAgencyType[]

  @Field(() => DataProtectionRegimeType, { description: 'The law on personal data.' })
  readonly dataProtection!: DataProtectionRegimeType

  @Field(() => DataTransferRuleType, {
    description: 'What sending personal data there from the European Economic Area takes.',
  })
  readonly dataTransfer!: DataTransferRuleType

  @Field(() => AcademicCalendarType, { description: 'How the academic year is divided.' })
  readonly calendar!: AcademicCalendarType

  @Field(() => MicroCredentialStatusType, {
    description: 'Where micro-credentials stand in law and practice.',
  })
  readonly microCredentialStatus!: MicroCredentialStatusType

  @Field(() => SizeRuleType, {
    nullable: true,
    description: 'How large a micro-credential may be; null where no size is laid down.',
  })
  readonly sizeRule!: SizeRuleType | null
}
