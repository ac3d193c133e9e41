import { expect, test } from 'vitest'
import type { SizeResult } from './measure-size.js'
import { toTable } from './size-table.js'

const small: SizeResult = {
  learners: 100_000,
  events: 1_000_000,
  generateSeconds: 20,
  rollUpSeconds: 30,
  rollUpPhases: { factsSeconds: 15, indexesSeconds: 2, cellsSeconds: 13 },
  spilledMb: 1,
  databaseMb: 900,
  hubMemoryMb: 400,
  postgresMemoryMb: 200,
  batchSeconds: 2,
  rollupQueryP95Ms: 4,
  matrixP95Ms: 6,
  duckDbTotalsMs: 8,
  duckDbMatrixMs: 9,
  totalsRatio: 2,
  matrixRatio: 1.5,
}

test('the table of two sizes has the growth of every figure from the smaller to the larger', () => {
  const large: SizeResult = { ...small, events: 10_000_000, rollUpSeconds: 270, batchSeconds: 3 }
  const lines = toTable([small, large]).split('\n')
  expect(lines[0]).toMatch(/1\.0 M events\s.*10\.0 M events\s.*growth/)
  expect(lines.find((line) => line.includes('roll up, s'))).toMatch(/30\.0\D+270\.0\D+9\.0×/)
  expect(lines.find((line) => line.includes('further events'))).toMatch(/2\.00\D+3\.00\D+1\.5×/)
})
