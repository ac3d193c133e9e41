import {
  type CsvCells,
  toCellDay,
  toCellDecimal,
  toCellText,
  toCellWhole,
  toCellWindow,
  toCellWord,
} from '../catalogue/index.js'
import { profile } from './profile.js'
import { modes, states } from './vocabulary.js'

const dayFormat = 'DD-MM-YYYY'

/**
 * A row of the offerings export in the shape of an `OfferingRecord`. A run without a semester can be started at any time.
 * Applications open at the start of their first day and close at the end of the last one, local time.
 */
export function toOffering(run: CsvCells, languages: readonly string[]): unknown {
  const id = toCellText(run.udbud)
  return {
    localId: id,
    code: id,
    session: toSession(run),
    startDate: toCellDay(run.start, dayFormat),
    endDate: toCellDay(run.slut, dayFormat),
    mode: toCellWord(run.undervisningsform, modes),
    languages,
    place: toPlace(run),
    state: toCellWord(run.status, states),
    application: toCellWindow(
      { first: run.tilmelding_fra, last: run.tilmelding_til },
      dayFormat,
      profile.timeZone,
    ),
    capacity: { maximum: toCellWhole(run.pladser), enrolled: toCellWhole(run.tilmeldte) },
    price: toPrice(run),
  }
}

function toSession(run: CsvCells): unknown {
  const name = toCellText(run.semester)
  if (name === null) return null
  return {
    name,
    startDate: toCellDay(run.semester_start, dayFormat),
    endDate: toCellDay(run.semester_slut, dayFormat),
  }
}

function toPlace(run: CsvCells): unknown {
  const [name, city] = [toCellText(run.lokale), toCellText(run.by)]
  return name === null && city === null ? null : { name, city, countryCode: 'DK' }
}

function toPrice(run: CsvCells): unknown {
  const amount = toCellDecimal(run.pris_dkk)
  return amount === null ? null : { amount, currency: profile.currency }
}
