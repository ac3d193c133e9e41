import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { createEngine } from '../engine/engine.js'
import { parseOperationShape } from '../engine/operation-shape.js'
import { defaultOperationLimits } from '../engine/operation-size.js'
import { readFanOutContract } from '../fanout/fan-out-contract.js'
import { catalogueSdl } from '../fanout/open-fan-out.fixture.js'
import { compileCost } from './compile-cost.js'
import { readCostModel } from './cost-model.js'
import { defaultLimitsConfig } from './limits-config.js'

const directory = 'schema/operations'
const supergraphSdl = readFileSync('schema/supergraph.graphql', 'utf8')
const { apiSchema } = createEngine({
  supergraphSdl,
  openClient: () => ({ execute: () => Promise.reject(new Error('nobody is asked')) }),
  log: silentLogger,
})
const model = readCostModel(supergraphSdl)
const { strategies } = readFanOutContract(catalogueSdl)
const tools = {
  schema: apiSchema,
  model,
  defaultListSize: defaultLimitsConfig.defaultListSize,
  // All thirteen members, whatever the filter says.
  findWidth: (name: string) => {
    const strategy = strategies.get(name)
    return strategy && (() => ('membersPath' in strategy ? 13 : 1))
  },
  fanOutGraph: model.graphOf('catalogue'),
}

function costOf(query: string, variables: Record<string, unknown> = {}): number {
  const { operation, fragments } = parseOperationShape(
    parse(query),
    undefined,
    defaultOperationLimits,
  )
  return compileCost(operation, fragments, tools)(variables)
}

test.each(readdirSync(directory).filter((name) => name.endsWith('.graphql')))(
  'the example %s costs a fraction of what one request may',
  (name) => {
    const cost = costOf(readFileSync(join(directory, name), 'utf8'), { first: 20 })
    expect(cost).toBeGreaterThan(0)
    expect(cost).toBeLessThan(defaultLimitsConfig.costLimit / 10)
  },
)

test('the largest page of every member with a page of runs in every row is refused', () => {
  const page = (inner: string) => `{ learningOpportunities(first: 100) { nodes { id ${inner} } } }`
  expect(costOf(page(''))).toBe(13 * 101)
  expect(costOf(page('offerings(first: 100) { nodes { id } }'))).toBeGreaterThan(
    defaultLimitsConfig.costLimit,
  )
})

test('asking one member costs a thirteenth of asking all', () => {
  expect(costOf('{ learningOpportunity(id: "dcu:opportunity:a") { id } }')).toBe(1)
  expect(costOf('{ institutions { id } }')).toBe(13)
})
