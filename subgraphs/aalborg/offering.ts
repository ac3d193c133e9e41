import { parseInstant } from '../catalogue/index.js'
import { toAmount, toIsoDay, toText, toWhole } from './cell.js'
import { profile } from './profile.js'
import { modes, states, translate } from './vocabulary.js'

type Run = Readonly<Record<string, string>>

/**
 * A row of the offerings export in the shape of an `OfferingRecord`. A run without a semester can be started at any time.
 * Applications open at the start of their first day and close at the end of the last one, local time.
 */
export function toOffering(run: Run, languages: readonly string[]): unknown {
  const id = toText(run.udbud)
  const mode = toText(run.undervisningsform)
  return {
    localId: id,
    code: id,
    session: toSession(run),
    startDate: toIsoDay(run.start),
    endDate: toIsoDay(run.slut),
    mode: mode === null ? null : translate(mode, modes),
    languages,
    place: toPlace(run),
    state: translate(run.status ?? '', states),
    application: toWindow(run),
    capacity: { maximum: toWhole(run.pladser), enrolled: toWhole(run.tilmeldte) },
    price: toPrice(run),
  }
}

function toSession(run: Run): unknown {
  const name = toText(run.semester)
  if (name === null) return null
  return { name, startDate: toIsoDay(run.semester_start), endDate: toIsoDay(run.semester_slut) }
}

function toPlace(run: Run): unknown {
  const [name, city] = [toText(run.lokale), toText(run.by)]
  return name === null && city === null ? null : { name, city, countryCode: 'DK' }
}

function toWindow(run: Run): unknown {
  const opensAt = toInstant(run.tilmelding_fra, 'start')
  const closesAt = toInstant(run.tilmelding_til, 'end')
  return opensAt === null && closesAt === null ? null : { opensAt, closesAt }
}

function toInstant(cell: string | undefined, edge: 'start' | 'end'): string | null {
  const day = toIsoDay(cell)
  return day === null ? null : (parseInstant(day, profile.timeZone, edge) ?? day)
}

function toPrice(run: Run): unknown {
  const amount = toAmount(run.pris_dkk)
  return amount === null ? null : { amount, currency: profile.currency }
}
