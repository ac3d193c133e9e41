import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import {
  type CheckName,
  type CheckStatus,
  checkNames,
  checkStatuses,
  type Verdict,
  verdicts,
} from '../credential/verify/report.js'
import { DateTimeScalar } from './date.scalar.js'
import { toEnum } from './to-enum.js'

const VerdictEnum = toEnum(verdicts)
registerEnumType(VerdictEnum, {
  name: 'VerificationVerdict',
  description:
    'About authenticity only. Whether a credential is recognised, an institution decides.',
  valuesConfig: {
    VERIFIED: { description: 'What it says was said by whom it says, and still holds.' },
    FAILED: { description: 'Something was shown to be wrong.' },
    UNDETERMINED: { description: 'Something needed could not be checked; its reason says what.' },
  },
})

const CheckNameEnum = toEnum(checkNames)
registerEnumType(CheckNameEnum, {
  name: 'VerificationCheckName',
  description: 'What is looked at, each for itself.',
})

/** GraphQL's names are upper case, the report's are not. */
const CheckStatusEnum = Object.fromEntries(
  checkStatuses.map((status) => [status.toUpperCase(), status]),
) as Readonly<Record<string, CheckStatus>>
registerEnumType(CheckStatusEnum, {
  name: 'VerificationStatus',
  description: 'What a check found.',
  valuesConfig: {
    PASS: { description: 'Shown to be so.' },
    FAIL: { description: 'Shown not to be so.' },
    NEUTRAL: { description: 'There is nothing to check, and that is no fault.' },
    UNKNOWN: { description: 'There is something to check, and it could not be.' },
  },
})

@ObjectType('VerificationReason', { description: 'One finding.' })
export class VerificationReasonType {
  @Field(() => String, { description: 'Stable code, e.g. `REVOKED`.' })
  readonly code!: string

  @Field(() => String, { description: 'The finding in English words.' })
  readonly message!: string

  @Field(() => String, {
    nullable: true,
    description: 'Path of the property it is about; null when it is about the whole.',
  })
  readonly property?: string
}

@ObjectType('VerificationPart', { description: 'A part of a check with a result of its own.' })
export class VerificationPartType {
  @Field(() => String, { description: 'E.g. `CHAIN` of the check `SEAL`.' })
  readonly name!: string

  @Field(() => CheckStatusEnum, { description: 'What it found.' })
  readonly status!: CheckStatus

  @Field(() => [VerificationReasonType], { description: 'Why.' })
  readonly reasons!: readonly VerificationReasonType[]
}

@ObjectType('VerificationCheck', { description: 'One check of a credential.' })
export class VerificationCheckType {
  @Field(() => CheckNameEnum, { description: 'What was looked at.' })
  readonly name!: CheckName

  @Field(() => CheckStatusEnum, { description: 'What was found.' })
  readonly status!: CheckStatus

  @Field(() => String, { description: 'All reasons in one text, the gravest first.' })
  readonly reason!: string

  @Field(() => [VerificationReasonType], { description: 'The reasons one by one.' })
  readonly reasons!: readonly VerificationReasonType[]

  @Field(() => [VerificationPartType], { description: 'Its parts; empty when it has none.' })
  readonly parts!: readonly VerificationPartType[]
}

/** See `VerificationReport`. */
@ObjectType('CredentialVerification', { description: 'What looking at a credential found.' })
export class CredentialVerificationType {
  @Field(() => VerdictEnum, { description: 'Over all checks.' })
  readonly verdict!: Verdict

  @Field(() => String, {
    nullable: true,
    description: 'E.g. `elm+jades`, `vc+jwt`, `dc+sd-jwt`, `openbadge+jwt`; null when unknown.',
  })
  readonly format!: string | null

  @Field(() => ID, { nullable: true, description: 'The document’s own id; null when it has none.' })
  readonly credentialId!: string | null

  @Field(() => DateTimeScalar, { description: 'When it was looked at.' })
  readonly checkedAt!: string

  @Field(() => [VerificationCheckType], { description: 'Every check, always all seven.' })
  readonly checks!: readonly VerificationCheckType[]
}
