import { formatTable } from '../format-table.js'
import type { SizeResult } from './measure-size.js'

/** A column for each size, and how much each figure grew from the smallest to the largest. */
export function toTable(results: readonly SizeResult[]): string {
  const row = (name: string, read: (result: SizeResult) => number, digits: number) => [
    name,
    ...results.map((result) => read(result).toFixed(digits)),
    growth(results.map(read)),
  ]
  const lines = [
    ['', ...results.map(({ events }) => `${(events / 1e6).toFixed(1)} M events`), 'growth'],
    row('generate, s', (each) => each.generateSeconds, 1),
    row('roll up, s', (each) => each.rollUpSeconds, 1),
    row('  facts', (each) => each.rollUpPhases.factsSeconds, 1),
    row('  indexes of facts', (each) => each.rollUpPhases.indexesSeconds, 1),
    row('  units and cells', (each) => each.rollUpPhases.cellsSeconds, 1),
    row('memory here, MB', (each) => each.hubMemoryMb, 0),
    row('memory of Postgres, MB', (each) => each.postgresMemoryMb, 0),
    row('spilled by Postgres, MB', (each) => each.spilledMb, 0),
    row('10,000 further events, s', (each) => each.batchSeconds, 2),
    row('pathways with quartiles, p95 ms', (each) => each.rollupQueryP95Ms, 1),
    row('matrix with marginals, p95 ms', (each) => each.matrixP95Ms, 1),
    row('DuckDB, pathways, ms', (each) => each.duckDbTotalsMs, 1),
    row('DuckDB, matrix, ms', (each) => each.duckDbMatrixMs, 1),
    row('DuckDB / hub, pathways', (each) => each.totalsRatio, 1),
    row('DuckDB / hub, matrix', (each) => each.matrixRatio, 1),
  ]
  return `${formatTable(lines)}\n`
}

/** The largest size over the smallest. */
function growth(values: readonly number[]): string {
  const [first = Number.NaN] = values
  return values.length < 2 ? '' : `${((values.at(-1) ?? Number.NaN) / first).toFixed(1)}×`
}
