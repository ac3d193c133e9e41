import {
  type CsvCells,
  toCellDay,
  toCellText,
  toCellWhole,
  toCellWindow,
  toCellWord,
} from '../catalogue/index.js'
import { toAmount } from './amount.js'
import { profile } from './profile.js'
import { modes, states } from './vocabulary.js'

const dayFormat = 'DD.MM.YYYY'

/**
 * A row of the offerings export in the shape of an `OfferingRecord`. A run without a semester can be started at any time.
 * Applications open at the start of their first day and close at the end of the last one, local time.
 */
export function toOffering(run: CsvCells, languages: readonly string[]): unknown {
  const id = toCellText(run.kod_edycji)
  return {
    localId: id,
    code: id,
    session: toSession(run),
    startDate: toCellDay(run.od, dayFormat),
    endDate: toCellDay(run.do, dayFormat),
    mode: toCellWord(run.forma_zajęć, modes),
    languages,
    place: toPlace(run),
    state: toCellWord(run.stan, states),
    application: toCellWindow(
      { first: run.rekrutacja_od, last: run.rekrutacja_do },
      dayFormat,
      profile.timeZone,
    ),
    capacity: { maximum: toCellWhole(run.limit_miejsc), enrolled: toCellWhole(run.zapisani) },
    price: toPrice(run),
  }
}

function toSession(run: CsvCells): unknown {
  const name = toCellText(run.semestr)
  if (name === null) return null
  return {
    name,
    startDate: toCellDay(run.semestr_od, dayFormat),
    endDate: toCellDay(run.semestr_do, dayFormat),
  }
}

function toPlace(run: CsvCells): unknown {
  const [name, city] = [toCellText(run.sala), toCellText(run.miasto)]
  return name === null && city === null ? null : { name, city, countryCode: 'PL' }
}

function toPrice(run: CsvCells): unknown {
  const amount = toAmount(run.opłata_pln)
  return amount === null ? null : { amount, currency: profile.currency }
}
