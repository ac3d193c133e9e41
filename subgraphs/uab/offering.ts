import { parseInstant } from '../catalogue/index.js'
import { toDecimal, toIsoDay, toText, toWhole } from './cell.js'
import { profile } from './profile.js'
import { modes, semesters, states, translate } from './vocabulary.js'

type Run = Readonly<Record<string, string>>

/**
 * A row of the offerings export in the shape of an `OfferingRecord`. A run without a course year can be started at any
 * time. Enrolment opens at the start of its first day and closes at the end of its last one, local time.
 */
export function toOffering(run: Run, languages: readonly string[]): unknown {
  const id = toText(run.codi_edicio)
  const mode = toText(run.modalitat)
  return {
    localId: id,
    code: id,
    session: toSession(run),
    startDate: toIsoDay(run.data_inici),
    endDate: toIsoDay(run.data_fi),
    mode: mode === null ? null : translate(mode, modes),
    languages,
    place: toPlace(run),
    state: translate(run.estat ?? '', states),
    application: {
      opensAt: toInstant(run.inscripcio_inici, 'start'),
      closesAt: toInstant(run.inscripcio_fi, 'end'),
    },
    capacity: { maximum: toWhole(run.places), enrolled: toWhole(run.inscrits) },
    price: toPrice(run),
  }
}

function toSession(run: Run): unknown {
  const year = toText(run.curs)
  if (year === null) return null
  return {
    name: `Curs ${year}, ${translate(run.semestre ?? '', semesters)}`,
    startDate: toIsoDay(run.periode_inici),
    endDate: toIsoDay(run.periode_fi),
  }
}

function toPlace(run: Run): unknown {
  const [name, city] = [toText(run.campus), toText(run.municipi)]
  return name === null && city === null ? null : { name, city, countryCode: 'ES' }
}

function toInstant(cell: string | undefined, edge: 'start' | 'end'): string | null {
  const day = toIsoDay(cell)
  return day === null ? null : (parseInstant(day, profile.timeZone, edge) ?? day)
}

function toPrice(run: Run): unknown {
  const amount = toDecimal(run.preu_eur)
  return amount === null ? null : { amount, currency: profile.currency }
}
