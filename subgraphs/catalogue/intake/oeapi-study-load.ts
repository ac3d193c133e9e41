import { creditFromEcts, creditFromNational } from '../domain/credit.js'
import { parseDecimal, roundDecimal } from '../domain/decimal.js'
import type { MemberProfile } from '../domain/member-profile.js'
import { asList, asObject, own } from './loose-json.js'

/**
 * Credits and hours of an OEAPI study load.
 *
 * `ects` is ECTS; `sp` and `x-<the profile's unit>` count in the member's own unit; `sbu` and `hour` are hours of work,
 * rounded to whole ones. `contact_time` is only a part of the workload and is left out. Of two entries for one unit the
 * first counts. ECTS follow exactly from the member's unit when only that is given, and the other way round.
 */
export function readStudyLoad(
  studyLoad: unknown,
  profile: MemberProfile,
): { ects: unknown; nationalCredit: unknown; workloadHours: unknown } {
  const byUnit = new Map<string, unknown>()
  for (const entry of asList(studyLoad)) {
    const unit = toUnit(own(asObject(entry), 'studyLoadUnit'), profile)
    if (unit !== null && !byUnit.has(unit)) byUnit.set(unit, own(asObject(entry), 'value'))
  }
  const national = byUnit.has('sp') ? creditFromNational(byUnit.get('sp'), profile) : null
  const european = byUnit.has('ects') ? creditFromEcts(byUnit.get('ects'), profile) : null
  return {
    ects: european?.ects ?? national?.ects ?? null,
    nationalCredit: national?.nationalCredit ?? european?.nationalCredit ?? null,
    workloadHours: toWholeHours(byUnit.get('sbu') ?? byUnit.get('hour')),
  }
}

/** Hours as a whole number; null when none are given, and anything that is no number passed on. */
export function toWholeHours(value: unknown): unknown {
  if (value === undefined || value === null) return null
  const hours = parseDecimal(value)
  return hours === null ? value : roundDecimal(hours)
}

function toUnit(unit: unknown, profile: MemberProfile): string | null {
  if (typeof unit !== 'string') return null
  const own = `x-${profile.creditUnit.name.toLowerCase().replaceAll(/\s+/g, '-')}`
  return unit.toLowerCase() === own ? 'sp' : unit
}
