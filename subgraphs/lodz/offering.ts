import { parseInstant } from '../catalogue/index.js'
import { toAmount, toIsoDay, toText, toWhole } from './cell.js'
import { profile } from './profile.js'
import { modes, states, translate } from './vocabulary.js'

type Run = Readonly<Record<string, string>>

/**
 * A row of the offerings export in the shape of an `OfferingRecord`. A run without a semestr can be started at any time.
 * Applications open at the start of their first day and close at the end of the last one, local time.
 */
export function toOffering(run: Run, languages: readonly string[]): unknown {
  const id = toText(run.kod_edycji)
  const mode = toText(run.forma_zajęć)
  return {
    localId: id,
    code: id,
    session: toSession(run),
    startDate: toIsoDay(run.od),
    endDate: toIsoDay(run.do),
    mode: mode === null ? null : translate(mode, modes),
    languages,
    place: toPlace(run),
    state: translate(run.stan ?? '', states),
    application: toWindow(run),
    capacity: { maximum: toWhole(run.limit_miejsc), enrolled: toWhole(run.zapisani) },
    price: toPrice(run),
  }
}

function toSession(run: Run): unknown {
  const name = toText(run.semestr)
  if (name === null) return null
  return { name, startDate: toIsoDay(run.semestr_od), endDate: toIsoDay(run.semestr_do) }
}

function toPlace(run: Run): unknown {
  const [name, city] = [toText(run.sala), toText(run.miasto)]
  return name === null && city === null ? null : { name, city, countryCode: 'PL' }
}

function toWindow(run: Run): unknown {
  const opensAt = toInstant(run.rekrutacja_od, 'start')
  const closesAt = toInstant(run.rekrutacja_do, 'end')
  return opensAt === null && closesAt === null ? null : { opensAt, closesAt }
}

function toInstant(cell: string | undefined, edge: 'start' | 'end'): string | null {
  const day = toIsoDay(cell)
  return day === null ? null : (parseInstant(day, profile.timeZone, edge) ?? day)
}

function toPrice(run: Run): unknown {
  const amount = toAmount(run.opłata_pln)
  return amount === null ? null : { amount, currency: profile.currency }
}
