import type { CellCounter, CountedUnit } from '../domain/cell-counter.js'
import { type Family, families } from '../domain/statistics-family.js'
import type { Statements } from './statistics-connection.js'
import { dimensionColumns, durationColumns, listColumns } from './unit-columns.js'

/** Units read at once: a few milliseconds of counting, while Postgres prepares the next ones. */
const pageSize = 2_000

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
      const fields = line.split(betweenFields)
      if (fields[0] !== learner) {
        counter.addLearner(units)
        units = []
        learner = fields[0] ?? ''
        learners += 1
      }
      units.push(parse(fields))
    }
    if (isLast) break
  }
  counter.addLearner(units)
  await statements.query('close counted_unit')
  return learners
}

/** One text for each unit: a fifth of the time that a row of many columns takes to come over. */
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
    'extract(month from u.month_on)',
    join('u.populations'),
    family === 'award' ? 'u.ects_thousandths' : '0',
    ...codes,
    ...weeks,
  ]
  return `concat_ws(E'\\x1e', ${fields.join(', ')})`
}

function createUnitParser(family: Family): (fields: readonly string[]) => CountedUnit {
  const { dimensions } = families[family]
  const measures = (durationColumns[family] ?? []).map(([measure]) => measure)
  const toList = (text: string) => (text === '' ? [] : text.split(betweenCodes))
  return ([, isAfter, month, populations = '', ects, ...rest]) => ({
    isAfter: isAfter === '1',
    month: Number(month),
    populations: toList(populations),
    ects: Number(ects),
    codes: Object.fromEntries(
      dimensions.map((dimension, index) => [dimension, toList(rest[index] ?? '')]),
    ),
    weeks: measures.flatMap((measure, index) => {
      const weeks = rest[dimensions.length + index] ?? ''
      return weeks === '' ? [] : [[measure, Number(weeks)] as const]
    }),
  })
}
