import {
  type CsvCells,
  toCellDay,
  toCellDecimal,
  toCellText,
  toCellWhole,
  toCellWindow,
  toCellWord,
  translateWord,
} from '../catalogue/index.js'
import { profile } from './profile.js'
import { modes, semesters, states } from './vocabulary.js'

const dayFormat = 'DD/MM/YYYY'

/**
 * A row of the offerings export in the shape of an `OfferingRecord`. A run without a course year can be started at any
 * time. Enrolment opens at the start of its first day and closes at the end of its last one, local time.
 */
export function toOffering(run: CsvCells, languages: readonly string[]): unknown {
  const id = toCellText(run.codi_edicio)
  return {
    localId: id,
    code: id,
    session: toSession(run),
    startDate: toCellDay(run.data_inici, dayFormat),
    endDate: toCellDay(run.data_fi, dayFormat),
    mode: toCellWord(run.modalitat, modes),
    languages,
    place: toPlace(run),
    state: toCellWord(run.estat, states),
    application: toWindow(run),
    capacity: { maximum: toCellWhole(run.places), enrolled: toCellWhole(run.inscrits) },
    price: toPrice(run),
  }
}

function toSession(run: CsvCells): unknown {
  const year = toCellText(run.curs)
  if (year === null) return null
  return {
    name: `Curs ${year}, ${translateWord(run.semestre ?? '', semesters)}`,
    startDate: toCellDay(run.periode_inici, dayFormat),
    endDate: toCellDay(run.periode_fi, dayFormat),
  }
}

// An edition that names no days takes enrolments at any time.
function toWindow(run: CsvCells): unknown {
  const cells = { first: run.inscripcio_inici, last: run.inscripcio_fi }
  return toCellWindow(cells, dayFormat, profile.timeZone) ?? { opensAt: null, closesAt: null }
}

function toPlace(run: CsvCells): unknown {
  const [name, city] = [toCellText(run.campus), toCellText(run.municipi)]
  return name === null && city === null ? null : { name, city, countryCode: 'ES' }
}

function toPrice(run: CsvCells): unknown {
  const amount = toCellDecimal(run.preu_eur)
  return amount === null ? null : { amount, currency: profile.currency }
}
