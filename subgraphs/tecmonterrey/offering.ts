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

const dayFormat = 'DD/MM/YYYY'

/**
 * A row of the offerings export in the shape of an `OfferingRecord`. A run without a period can be started at any time.
 * Applications open at the start of their first day and close at the end of the last one, local time.
 */
export function toOffering(run: CsvCells, languages: readonly string[]): unknown {
  const id = toCellText(run.clave_grupo)
  return {
    localId: id,
    code: id,
    session: toSession(run),
    startDate: toCellDay(run.inicio, dayFormat),
    endDate: toCellDay(run.fin, dayFormat),
    mode: toCellWord(run.modalidad, modes),
    languages,
    place: toPlace(run),
    state: toCellWord(run.estatus, states),
    application: toCellWindow(
      { first: run.inscripción_desde, last: run.inscripción_hasta },
      dayFormat,
      profile.timeZone,
    ),
    capacity: { maximum: toCellWhole(run.cupo), enrolled: toCellWhole(run.inscritos) },
    price: toPrice(run),
  }
}

function toSession(run: CsvCells): unknown {
  const name = toCellText(run.periodo)
  if (name === null) return null
  return {
    name,
    startDate: toCellDay(run.periodo_inicio, dayFormat),
    endDate: toCellDay(run.periodo_fin, dayFormat),
  }
}

function toPlace(run: CsvCells): unknown {
  const [name, city] = [toCellText(run.aula), toCellText(run.campus)]
  return name === null && city === null ? null : { name, city, countryCode: 'MX' }
}

function toPrice(run: CsvCells): unknown {
  const amount = toAmount(run.precio)
  return amount === null ? null : { amount, currency: profile.currency }
}
