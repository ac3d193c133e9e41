import { countDecimalPlaces, parseDecimal } from '../domain/decimal.js'
import type { FaultCode } from '../domain/fault.js'
import { checkCurrency, checkDay, checkInstant, preview } from './field-checks.js'
import { asList, asObject, isObject, type LooseObject, own } from './loose-json.js'

/** A broken rule between fields of one record. */
export interface BrokenRule {
  readonly path: string
  readonly code: FaultCode
  readonly message: string
}

/**
 * Every rule between fields that a draft breaks. Reads the draft as it is, not the parsed record, so that one bad field
 * does not hide what else is wrong; a rule whose fields cannot be read is silent, because the field's own fault speaks.
 */
export function findBrokenRules(draft: unknown): readonly BrokenRule[] {
  const record = asObject(draft)
  return [
    ...checkChallenge(record),
    ...checkPartOf(record),
    ...checkCodes(record),
    ...checkOfferingIds(record),
    ...asList(own(record, 'offerings')).flatMap((offering, index) =>
      checkOffering(asObject(offering), `offerings[${index}]`),
    ),
  ]
}

function checkChallenge(record: LooseObject): readonly BrokenRule[] {
  const challenge = own(record, 'challenge')
  if (!isObject(challenge)) return []
  const rules: BrokenRule[] = []
  const kind = own(record, 'kind')
  if (kind !== 'CHALLENGE') {
    const message = `a record of kind ${preview(kind)} has no challenge; only CHALLENGE has`
    rules.push({ path: 'challenge', code: 'NOT_APPLICABLE', message })
  }
  const least = own(challenge, 'minimumTeamSize')
  const most = own(challenge, 'maximumTeamSize')
  if (typeof least === 'number' && typeof most === 'number' && most < least) {
    const message = `the largest team (${most}) is smaller than the smallest (${least})`
    rules.push({ path: 'challenge.maximumTeamSize', code: 'ORDER', message })
  }
  return rules
}

function checkPartOf(record: LooseObject): readonly BrokenRule[] {
  const localId = own(record, 'localId')
  if (typeof localId !== 'string') return []
  const index = asList(own(record, 'partOf')).indexOf(localId)
  if (index < 0) return []
  const message = `${preview(localId)} cannot be part of itself`
  return [{ path: `partOf[${index}]`, code: 'SELF_REFERENCE', message }]
}

function checkCodes(record: LooseObject): readonly BrokenRule[] {
  const seen = new Set<string>()
  return asList(own(record, 'codes')).flatMap((entry, index) => {
    const [codeType, code] = [own(asObject(entry), 'codeType'), own(asObject(entry), 'code')]
    if (typeof codeType !== 'string' || typeof code !== 'string') return []
    const key = JSON.stringify([codeType, code])
    const isRepeated = seen.has(key)
    seen.add(key)
    if (!isRepeated) return []
    const message = `the code ${preview(code)} of type ${preview(codeType)} is there twice`
    return [{ path: `codes[${index}]`, code: 'DUPLICATE' as const, message }]
  })
}

function checkOfferingIds(record: LooseObject): readonly BrokenRule[] {
  const seen = new Set<string>()
  return asList(own(record, 'offerings')).flatMap((offering, index) => {
    const localId = own(asObject(offering), 'localId')
    if (typeof localId !== 'string') return []
    const isRepeated = seen.has(localId)
    seen.add(localId)
    if (!isRepeated) return []
    const message = `another offering of the record already has the id ${preview(localId)}`
    return [{ path: `offerings[${index}].localId`, code: 'DUPLICATE' as const, message }]
  })
}

function checkOffering(offering: LooseObject, path: string): readonly BrokenRule[] {
  const session = asObject(own(offering, 'session'))
  const application = asObject(own(offering, 'application'))
  return [
    ...checkOrder(offering, ['startDate', 'endDate'], checkDay, path),
    ...checkOrder(session, ['startDate', 'endDate'], checkDay, `${path}.session`),
    ...checkOrder(application, ['opensAt', 'closesAt'], checkInstant, `${path}.application`),
    ...checkPrice(asObject(own(offering, 'price')), `${path}.price`),
  ]
}

function checkOrder(
  body: LooseObject,
  [startField, endField]: readonly [string, string],
  check: typeof checkDay,
  path: string,
): readonly BrokenRule[] {
  const [start, end] = [own(body, startField), own(body, endField)]
  if (typeof start !== 'string' || typeof end !== 'string') return []
  const [from, to] = [check(start), check(end)]
  if (!from.ok || !to.ok || from.value <= to.value) return []
  const message = `${endField} ${to.value} is before ${startField} ${from.value}`
  return [{ path: `${path}.${endField}`, code: 'ORDER', message }]
}

function checkPrice(price: LooseObject, path: string): readonly BrokenRule[] {
  const [amount, currency] = [parseDecimal(own(price, 'amount')), own(price, 'currency')]
  if (amount === null || typeof currency !== 'string' || !checkCurrency(currency).ok) return []
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const places = format.resolvedOptions().maximumFractionDigits ?? 2
  if (countDecimalPlaces(amount) <= places) return []
  const message = `${amount} is no amount in ${currency}, which has ${places} decimal places`
  return [{ path: `${path}.amount`, code: 'RANGE', message }]
}
