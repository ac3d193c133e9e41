import { expect, test } from 'vitest'
import { type Logger, silentLogger } from '../../infra/runtime/index.js'
import { HubError } from '../../schema/index.js'
import type { GatewaySources } from './gateway-sources.js'
import { createReloader } from './reloader.js'

function setUp() {
  const lines: string[] = []
  const log: Logger = {
    ...silentLogger,
    info: (message) => lines.push(message),
    error: (message, fields) => lines.push(`${message}: ${fields?.error}`),
  }
  const applied: string[] = []
  const disk = { text: 'one', fault: undefined as Error | undefined, held: Promise.resolve() }
  const reloader = createReloader({
    first: { supergraphSdl: 'one' },
    load: async (): Promise<GatewaySources> => ({ supergraphSdl: disk.text }),
    apply: async ({ supergraphSdl }) => {
      await disk.held
      if (disk.fault !== undefined) throw disk.fault
      applied.push(supergraphSdl)
    },
    log,
  })
  return { disk, reloader, applied, lines }
}

test('applies what has changed, and nothing else', async () => {
  const { disk, reloader, applied, lines } = setUp()
  await reloader.request('SIGHUP')
  disk.text = 'two'
  await reloader.request('SIGHUP')
  await reloader.request('SIGHUP')
  expect(applied).toEqual(['two'])
  expect(lines).toEqual(['reload: nothing has changed', 'reloaded', 'reload: nothing has changed'])
})

test('logs a refusal in one line and tries again when asked', async () => {
  const { disk, reloader, applied, lines } = setUp()
  disk.text = 'two'
  disk.fault = new HubError('SUPERGRAPH_INVALID', { message: 'no query type\n  in Query' })
  await reloader.request('file change')
  expect(lines).toEqual([
    'reload refused, the old sources stay: SUPERGRAPH_INVALID: no query type; in Query',
  ])
  disk.fault = undefined
  await reloader.request('file change')
  expect(applied).toEqual(['two'])
})

test('requests during a reload become one reload after it, with the newest sources', async () => {
  const { disk, reloader, applied } = setUp()
  const gate = Promise.withResolvers<void>()
  disk.held = gate.promise
  disk.text = 'two'
  const first = reloader.request('a')
  const others = [reloader.request('b'), reloader.request('c'), reloader.request('d')]
  disk.text = 'three'
  gate.resolve()
  await Promise.all([first, ...others])
  expect(applied.at(-1)).toBe('three')
  expect(applied.length).toBeLessThanOrEqual(2)
})
