import {
  hasRole,
  type LearnerId,
  type MicroCredentialId,
  toGlobalId,
} from '../../../schema/index.js'
import type { Award } from '../domain/award.js'
import type { MicroCredential, Supervision } from '../domain/micro-credential.js'
import { checkSize } from '../domain/size-rule.js'
import { createRecognitionStore } from '../store/recognition.store.js'
import { checkDate, checkId, checkText, toDate } from './check-input.js'
import { type CommandResult, done, FaultList } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

/** What a registrar says of an award; the rest is the definition's. */
export interface AwardInput {
  readonly learnerId: string
  readonly microCredentialId: string
  /** ISO date. */
  readonly awardedOn: string
  /** On the awarding jurisdiction's scale; null or left out when only passed. */
  readonly grade?: { readonly value: string; readonly scale?: string | null } | null
  /** Default the definition's. */
  readonly supervision?: Supervision | null
  /** ISCED-F codes; default the definition's. */
  readonly iscedF?: readonly string[] | null
  readonly isCapstone?: boolean | null
  readonly accreditation?: string | null
}

/** The award an input stands for, with everything a later decision needs copied in; or every fault of the input. */
export async function buildAward(
  { em, actor, now, newId }: UnitOfWork,
  input: AwardInput,
  options: { readonly path: string; readonly synthetic: boolean },
): Promise<CommandResult<Award>> {
  const faults = new FaultList()
  const at = (field: string) => `${options.path}.${field}`
  checkId(faults, at('learnerId'), input.learnerId, 'learner')
  checkAwardedOn(faults, at('awardedOn'), input.awardedOn, toDate(now))
  if (input.grade) checkText(faults, at('grade.value'), input.grade.value)
  if (input.accreditation) checkText(faults, at('accreditation'), input.accreditation)
  for (const code of input.iscedF ?? []) {
    if (!/^\d{2,4}$/.test(code)) {
      faults.add('VALUE_INVALID', at('iscedF'), 'has to be ISCED-F codes of two to four digits')
    }
  }
  const store = createRecognitionStore(em)
  const id = input.microCredentialId
  const isId = checkId(faults, at('microCredentialId'), id, 'microcredential')
  const definition = isId ? (await store.findMicroCredentials([id])).get(id) : undefined
  if (isId && !definition) {
    faults.add('NOT_FOUND', at('microCredentialId'), 'no micro-credential has this id')
  }
  if (!definition) return faults.toResult()
  const { awardingMember, jurisdictionCode } = definition
  if (!hasRole(actor.principal, 'registrar', awardingMember)) {
    faults.add('NOT_PERMITTED', at('microCredentialId'), 'only its own member awards it')
  }
  const jurisdiction = (await store.findJurisdictions([jurisdictionCode])).get(jurisdictionCode)
  const size = checkSize(definition.ects, jurisdiction?.sizeRule ?? null)
  if (size.result === 'REFUSAL') {
    const limits = size.reasons.map(({ code, limitEcts }) => `${code} ${limitEcts}`).join(', ')
    faults.add('SIZE_REFUSED', at('microCredentialId'), `its jurisdiction refuses it: ${limits}`)
  }
  if (!faults.isEmpty) return faults.toResult()
  return done({
    ...copyDefinition(definition),
    id: toGlobalId(awardingMember, 'award', newId()),
    learnerId: input.learnerId as LearnerId,
    awardedOn: input.awardedOn,
    iscedF: [...(input.iscedF ?? definition.iscedF)],
    grade: input.grade
      ? {
          value: input.grade.value,
          scale: input.grade.scale ?? jurisdiction?.gradingScale.name ?? 'unknown',
        }
      : null,
    supervision: input.supervision ?? definition.supervision,
    isCapstone: input.isCapstone ?? false,
    accreditation: input.accreditation ?? null,
    status: 'VALID',
    supersededBy: null,
    version: 1,
    synthetic: options.synthetic,
  })
}

function checkAwardedOn(faults: FaultList, path: string, value: string, today: string): void {
  if (checkDate(faults, path, value) && value > today) {
    faults.add('DATE_IN_FUTURE', path, `${value} is after today, ${today}`)
  }
}

function copyDefinition(definition: MicroCredential) {
  const { opportunityId, awardingMember, jurisdictionCode } = definition
  return {
    microCredentialId: definition.id as MicroCredentialId,
    opportunityId,
    awardingMember,
    jurisdictionCode,
    ects: definition.ects,
    eqfLevel: definition.eqfLevel,
    learningOutcomes: definition.learningOutcomes,
  }
}
