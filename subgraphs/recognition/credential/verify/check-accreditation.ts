import type { AccreditationRecord, AccreditationRegister } from '../../domain/accreditation.js'
import type { CredentialFacts } from './credential-facts.js'
import { toTime } from './instant.js'
import { type Check, type CheckPart, type CheckReason, combineParts, toCheck } from './report.js'

/** References looked up; a credential has one or two. */
const maxReferences = 8
const dayMs = 86_400_000

/**
 * Checks every accreditation a credential refers to: that the register knows it, that it is the awarding body's, and that
 * it held, for this level and programme, on the day of the award. What no register at hand knows is unknown, not wrong.
 */
export function checkAccreditation(facts: CredentialFacts, register: AccreditationRegister): Check {
  const { accreditations } = facts
  if (accreditations.length === 0) {
    const message = 'It refers to no accreditation record.'
    return toCheck('ACCREDITATION', 'neutral', [{ code: 'NO_ACCREDITATION', message }])
  }
  if (accreditations.length > maxReferences) {
    const message = `It refers to more than ${maxReferences} accreditations.`
    return toCheck('ACCREDITATION', 'unknown', [{ code: 'TOO_MANY_ACCREDITATIONS', message }])
  }
  const parts = accreditations.map((reference) => judgeReference(reference, facts, register))
  return combineParts('ACCREDITATION', parts)
}

function judgeReference(
  reference: string,
  facts: CredentialFacts,
  register: AccreditationRegister,
): CheckPart {
  const records = register(reference)
  if (records.length === 0) {
    const message = 'The accreditation record it refers to is in no register at hand.'
    return toPart('unknown', 'ACCREDITATION_NOT_LISTED', message)
  }
  const names = new Set(facts.awardingBodies.flat())
  const own = records.filter((record) => isOf(record, names))
  if (own.length === 0) {
    const message = 'It refers to the accreditation of another body.'
    return toPart('fail', 'ACCREDITATION_OF_ANOTHER', message)
  }
  const at = toTime(facts.awardedAt) ?? toTime(facts.issuedAt)
  if (at === null) {
    return toPart('unknown', 'AWARDING_TIME_UNKNOWN', 'It does not say when it was awarded.')
  }
  const valid = own.find((record) => isWithinPeriod(record, at))
  if (valid === undefined) {
    const message = 'The accreditation was not valid when it was awarded.'
    return toPart('fail', 'ACCREDITATION_NOT_VALID', message)
  }
  return judgeRecord(valid, facts, at)
}

/** One record that is the awarding body's and whose period covers the award. */
function judgeRecord(record: AccreditationRecord, facts: CredentialFacts, at: number): CheckPart {
  const { withdrawnOn, decision, eqfLevels, programme } = record
  const withdrawnAt = toTime(withdrawnOn)
  if (withdrawnAt !== null && at >= withdrawnAt) {
    const message = 'The accreditation had been withdrawn before it was awarded.'
    return toPart('fail', 'ACCREDITATION_WITHDRAWN', message)
  }
  if (decision === 'NEGATIVE') {
    return toPart('fail', 'ACCREDITATION_REFUSED', 'The agency’s decision was negative.')
  }
  if (eqfLevels.length > 0 && facts.eqfLevel !== null && !eqfLevels.includes(facts.eqfLevel)) {
    const message = `The accreditation does not cover level ${facts.eqfLevel}.`
    return toPart('fail', 'ACCREDITATION_LEVEL_EXCEEDED', message)
  }
  if (record.confidence !== 'SOURCED' && !record.synthetic) {
    const message = 'The record is in the register, but nobody has confirmed it with its source.'
    return toPart('unknown', 'ACCREDITATION_UNCONFIRMED', message)
  }
  const titles = programme === null ? null : new Set(Object.values(programme))
  if (titles !== null && !facts.readTitles().some((title) => titles.has(title))) {
    const message =
      'It is the accreditation of a programme, and the register does not say that this is part of it.'
    return toPart('unknown', 'ACCREDITATION_OF_PROGRAMME', message)
  }
  return { name: 'RECORD', status: 'pass', reasons: passReasons(record) }
}

function passReasons({ agency, decision, synthetic }: AccreditationRecord): readonly CheckReason[] {
  const message = `The accreditation by ${agency.name} was valid when it was awarded.`
  const conditional = { code: 'CONDITIONAL', message: 'The agency’s decision has conditions.' }
  const sample = {
    code: 'SYNTHETIC_RECORD',
    message: 'The record is one of the sample: no agency has accredited anything.',
  }
  return [
    { code: 'ACCREDITED', message },
    ...(decision === 'CONDITIONAL' ? [conditional] : []),
    ...(synthetic ? [sample] : []),
  ]
}

function isOf({ institution }: AccreditationRecord, names: ReadonlySet<string>): boolean {
  return [...institution.ids, ...Object.values(institution.legalNames)].some((name) =>
    names.has(name),
  )
}

function isWithinPeriod({ validFrom, validUntil }: AccreditationRecord, at: number): boolean {
  const from = toTime(validFrom)
  const until = toTime(validUntil)
  // The last day counts as a whole.
  return (from === null || at >= from) && (until === null || at < until + dayMs)
}

function toPart(status: CheckPart['status'], code: string, message: string): CheckPart {
  return { name: 'RECORD', status, reasons: [{ code, message }] }
}
