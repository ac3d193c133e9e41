import { expect, it } from 'vitest'
import { chooseGradingTable } from './choose-grading-table.js'
import type { Cycle, GradingTable } from './grading-table.js'

const tableOf = (iscedF: string, cycle: Cycle): GradingTable => ({
  version: '1',
  referenceGroup: { member: 'uis', iscedF, cycle },
  scale: 'A–F',
  rows: [],
  failing: [],
  years: [],
  sampleSize: 0,
  synthetic: true,
})
const tables = [
  tableOf('06', 'FIRST'),
  tableOf('0613', 'FIRST'),
  tableOf('0612', 'FIRST'),
  tableOf('0613', 'SECOND'),
]

it.each([
  ['the narrowest field that covers an award', 6, ['0613'], '0613', 'FIRST'],
  ['a broad field where there is no other', 6, ['0688'], '06', 'FIRST'],
  ['the first of several equally narrow fields', 6, ['0613', '0612'], '0612', 'FIRST'],
  ['the cycle of the award', 7, ['0613'], '0613', 'SECOND'],
] as const)('chooses %s', (_, eqfLevel, iscedF, field, cycle) => {
  const chosen = chooseGradingTable(tables, { eqfLevel, iscedF })
  expect(chosen?.referenceGroup).toMatchObject({ iscedF: field, cycle })
})

it.each([
  ['another cycle', 8, ['0613']],
  ['another field', 6, ['0311']],
  ['no level', null, ['0613']],
  ['no field', 6, []],
  ['a field named more broadly than any table', 6, ['0']],
] as const)('chooses none for %s', (_, eqfLevel, iscedF) => {
  expect(chooseGradingTable(tables, { eqfLevel, iscedF })).toBeNull()
})
