import { parseInstant } from '../catalogue/index.js'
import { toAmount, toIsoDay, toText, toWhole } from './cell.js'
import { profile } from './profile.js'
import { modes, states, translate } from './vocabulary.js'

type Run = Readonly<Record<string, string>>

/**
 * A row of the offerings export in the shape of an `OfferingRecord`. A run without a periodo can be started at any time.
 * Applications open at the start of their first day and close at the end of the last one, local time.
 */
export function toOffering(run: Run, languages: readonly string[]): unknown {
  const id = toText(run.clave_grupo)
  const mode = toText(run.modalidad)
  return {
    localId: id,
    code: id,
    session: toSession(run),
    startDate: toIsoDay(run.inicio),
    endDate: toIsoDay(run.fin),
    mode: mode === null ? null : translate(mode, modes),
    languages,
    place: toPlace(run),
    state: translate(run.estatus ?? '', states),
    application: toWindow(run),
    capacity: { maximum: toWhole(run.cupo), enrolled: toWhole(run.inscritos) },
    price: toPrice(run),
  }
}

function toSession(run: Run): unknown {
  const name = toText(run.periodo)
  if (name === null) return null
  return { name, startDate: toIsoDay(run.periodo_inicio), endDate: toIsoDay(run.periodo_fin) }
}

function toPlace(run: Run): unknown {
  const [name, city] = [toText(run.aula), toText(run.campus)]
  return name === null && city === null ? null : { name, city, countryCode: 'MX' }
}

function toWindow(run: Run): unknown {
  const opensAt = toInstant(run.inscripción_desde, 'start')
  const closesAt = toInstant(run.inscripción_hasta, 'end')
  return opensAt === null && closesAt === null ? null : { opensAt, closesAt }
}

function toInstant(cell: string | undefined, edge: 'start' | 'end'): string | null {
  const day = toIsoDay(cell)
  return day === null ? null : (parseInstant(day, profile.timeZone, edge) ?? day)
}

function toPrice(run: Run): unknown {
  const amount = toAmount(run.precio)
  return amount === null ? null : { amount, currency: profile.currency }
}
