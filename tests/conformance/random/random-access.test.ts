import { type DocumentNode, type ExecutionResult, executeSync } from 'graphql'
import { describe, expect, test } from 'vitest'
import { type AccessRules, compileAccessRules } from '../../../gateway/index.js'
import { anonymousPrincipal, type Principal } from '../../../schema/index.js'
import type { WorldObject } from './graph-world.js'
import { allGraphs } from './graphs/all-graphs.js'
import { markSupergraph } from './mark-supergraph.js'
import { readRandomCount } from './random-count.js'
import { createRandomSource } from './random-source.js'
import { runSeeds } from './run-seeds.js'
import { type RunningGraph, startGraph } from './running-graph.js'

const { count, firstSeed } = readRandomCount(40)
const markings = 4

const learner: Principal = {
  ...anonymousPrincipal,
  kind: 'person',
  subjectId: 'somebody',
  grants: [{ role: 'learner', member: null }],
}
const callers: readonly Principal[] = [
  anonymousPrincipal,
  learner,
  { ...learner, scopes: ['s1'] },
  { ...learner, grants: [{ role: 'analyst', member: null }], scopes: ['s1', 's2'] },
]

describe.each(allGraphs)('Random access rules on the graph $name', (graph) => {
  test(
    `let through what local execution lets through, and not a datum more (${markings} × ${count})`,
    async () => {
      let denied = 0
      for (let marking = 0; marking < markings; marking += 1) {
        let sdl = ''
        const running = await startGraph(graph, undefined, (supergraphSdl) => {
          sdl = markSupergraph(supergraphSdl, createRandomSource(firstSeed + marking))
          return sdl
        })
        const rules = compileAccessRules(sdl)
        try {
          await runSeeds(
            running,
            async (operation, document) => {
              const caller = callers[operation.query.length % callers.length] ?? anonymousPrincipal
              const local = executeGuarded(running, rules, caller, document, operation.variables)
              const answer = await running.execute(operation, caller)
              if (answer.errors !== undefined) denied += 1
              const code = caller.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN'
              const other = answer.errors?.find(({ extensions }) => extensions.code !== code)
              if (other !== undefined) return `an error of another kind: ${other}`
              if ((local.errors === undefined) !== (answer.errors === undefined)) {
                return `errors locally: ${local.errors}, in the gateway: ${answer.errors}`
              }
              const [expected, given] = [local, answer].map(({ data }) => JSON.stringify(data))
              return given === expected ? undefined : `expected ${expected}\nbut got  ${given}`
            },
            { firstSeed: firstSeed + marking * 10_000, count, concurrency: 8 },
          )
        } finally {
          await running.stop()
        }
      }
      // Rules that deny nothing would prove nothing.
      expect(denied).toBeGreaterThan((markings * count) / 20)
    },
    markings * count * 400,
  )
})

/** Local execution in which a field or an object that the caller may not read is an error. */
function executeGuarded(
  { merged, world }: RunningGraph,
  rules: AccessRules,
  caller: Principal,
  document: DocumentNode,
  variableValues: Readonly<Record<string, unknown>>,
): ExecutionResult {
  const isDenied = (conditions: readonly number[]) =>
    conditions.some((condition) => !rules.isMet(condition, caller))

  function hide(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(hide)
    if (typeof value !== 'object' || value === null || !('__typename' in value)) return value
    const { __typename } = value as WorldObject
    return isDenied(rules.conditionsOfType(__typename)) ? new Error('hidden') : value
  }

  return executeSync({
    schema: merged.schema,
    document,
    variableValues,
    fieldResolver: (source: WorldObject | undefined, args, _context, info) => {
      const { name } = info.parentType
      if (isDenied(rules.conditionsOfField(name, info.fieldName))) throw new Error('denied')
      return hide(world.resolve(source, name, info.fieldName, args))
    },
  })
}
