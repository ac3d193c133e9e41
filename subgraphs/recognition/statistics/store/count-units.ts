import type { CellCounter, CountedUnit, UnitPlace } from '../domain/cell-counter.js'
import { type Family, families } from '../domain/statistics-family.js'
import type { Statements } from './statistics-connection.js'
import { dimensionColumns, durationColumns, listColumns } from './unit-columns.js'

/** Units read at once: a few milliseconds of counting, while Postgres prepares the next ones. */
const pageSize = 2_000

/** A uuid as text. */
const keyLength = 36
/** Places remembered at once: more than the catalogue has, and no more memory than the cells take. */
const mostPlaces = 50_000

// Codes are ids, numbers, URIs and titles: none holds a control character.
const betweenFields = '\u001e'
const betweenCodes = '\u001f'

/**
 * Reads units in the order of their learners and counts them, a page at a time: what is kept is the cells.
 *
 * @param from - SQL of the units, with `is_after`: false for units that are to be taken away again.
 * @returns How many learners the units are of.
 */
export async function countUnits(
  statements: Statements,
  family: Family,
  from: string,
  counter: CellCounter,
): Promise<number> {
  await statements.query(
    `declare counted_unit no scroll cursor for
     select ${lineOf(family)} as line from ${from} u order by u.learner_key`,
  )
  const readPage = () => statements.query<{ line: string }>(`fetch ${pageSize} from counted_unit`)
  const parse = createUnitParser(family)
  let learners = 0
  let learner = ''
  let units: CountedUnit[] = []
  let next = readPage()
  for (;;) {
    const { rows } = await next
    const isLast = rows.length < pageSize
    if (!isLast) next = readPage()
    for (const { line } of rows) {
      const own = line.slice(0, keyLength)
      if (own !== learner) {
        counter.addLearner(units)
        units = []
        learner = own
        learners += 1
      }
      units.push(parse(line))
    }
    if (isLast) break
  }
  counter.addLearner(units)
  await statements.query('close counted_unit')
  return learners
}

/**
 * One text for each unit: a fifth of the time that a row of many columns takes to come over. What many units have in
 * common, the place, is the end of it.
 */
function lineOf(family: Family): string {
  const join = (list: string) => `array_to_string(${list}, E'\\x1f')`
  const codes = families[family].dimensions.map((dimension) => {
    const list = listColumns[dimension]
    return list ? join(list) : dimensionColumns[dimension]
  })
  const weeks = (durationColumns[family] ?? []).map(([, column]) => `coalesce(${column}::text, '')`)
  const fields = [
    'u.learner_key',
    'u.is_after::integer',
    family === 'award' ? 'u.ects_thousandths' : '0',
    ...weeks,
    'extract(month from u.month_on)',
    join('u.populations'),
    ...codes,
  ]
  return `concat_ws(E'\\x1e', ${fields.join(', ')})`
}

function createUnitParser(family: Family): (line: string) => CountedUnit {
  const measures = (durationColumns[family] ?? []).map(([measure]) => measure)
  const placeOf = createPlaceReader(family)
  const ownFields = 3 + measures.length
  return (line) => {
    const fields = line.split(betweenFields, ownFields)
    const [, isAfter, ects, ...weeks] = fields
    const ownLength = fields.reduce((sum, field) => sum + field.length, ownFields)
    return {
      isAfter: isAfter === '1',
      ects: Number(ects),
      weeks: measures.flatMap((measure, index) => {
        const duration = weeks[index] ?? ''
        return duration === '' ? [] : [[measure, Number(duration)] as const]
      }),
      place: placeOf(line.slice(ownLength)),
    }
  }
}

/** Gives the same object for the same text, as long as it remembers. */
function createPlaceReader(family: Family): (text: string) => UnitPlace {
  const { dimensions } = families[family]
  const toList = (text: string) => (text === '' ? [] : text.split(betweenCodes))
  const known = new Map<string, UnitPlace>()
  return (text) => {
    const remembered = known.get(text)
    if (remembered) return remembered
    const [month, populations = '', ...codes] = text.split(betweenFields)
    const place = {
      month: Number(month),
      populations: toList(populations),
      codes: Object.fromEntries(
        dimensions.map((dimension, index) => [dimension, toList(codes[index] ?? '')]),
      ),
    }
    if (known.size >= mostPlaces) known.clear()
    known.set(text, place)
    return place
  }
}
