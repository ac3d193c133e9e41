import type { LookupAddress, lookup } from 'node:dns'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { openContext } from '../fanout/open-fan-out.fixture.js'
import { createAddressGuard, createGuardedConnector, ForbiddenAddress } from './address-guard.js'
import { createHttpSubgraphClient } from './http-subgraph-client.js'
import { answerWith, openUpstream, type Upstream } from './open-upstream.fixture.js'

const publicOnly = createAddressGuard([])

test.each([
  ['loopback', '127.0.0.1'],
  ['loopback, another', '127.8.8.8'],
  ['any address', '0.0.0.0'],
  ['private networks', '10.0.0.1'],
  ['private networks', '172.16.5.4'],
  ['private networks', '192.168.1.1'],
  ['carriers’ networks', '100.64.0.1'],
  ['metadata services', '169.254.169.254'],
  ['multicast', '224.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['reserved addresses', '240.0.0.1'],
  ['IPv6 loopback', '::1'],
  ['IPv6 any address', '::'],
  ['IPv6 link-local', 'fe80::1'],
  ['IPv6 unique local', 'fd00:ec2::254'],
  ['IPv4 in IPv6', '::ffff:127.0.0.1'],
  ['IPv4 in IPv6, in hexadecimal', '::ffff:a9fe:a9fe'],
  ['6to4 of a private address', '2002:0a00:0001::1'],
  ['NAT64', '64:ff9b::0a00:0001'],
  ['no address', 'localhost'],
])('%s are not called: %s', (_what, address) => {
  expect(publicOnly(address)).toBe(false)
})

test('public addresses are called, and networks that are allowed', () => {
  expect(['193.1.1.1', '2a00:1450::1'].map(publicOnly)).toEqual([true, true])
  const guard = createAddressGuard(['10.20.0.0/16', 'fd00::/8'])
  expect(['10.20.3.4', '10.21.3.4', 'fd12::1', '::ffff:10.20.3.4', '127.0.0.1'].map(guard)).toEqual(
    [true, false, true, true, false],
  )
  expect(() => createAddressGuard(['10.20.0.0'])).toThrow(
    /HUB_MEMBER_NETWORKS: '10.20.0.0' is no network/,
  )
})

describe('connections', () => {
  let upstream: Upstream
  beforeEach(async () => {
    upstream = await openUpstream()
    upstream.respond = answerWith(200, '{"data":{"a":1}}')
  })
  afterEach(() => upstream.close())

  const request = {
    query: '{ a }',
    operationName: undefined,
    operationType: 'query' as const,
    variables: {},
    representations: {},
  }
  function ask(url: string, networks: readonly string[], hasOwnSockets = true) {
    const client = createHttpSubgraphClient({
      name: 'catalogue',
      member: 'dcu',
      url,
      timeoutMs: 5_000,
      maximumBodyBytes: 1_000,
      addressGuard: createAddressGuard(networks),
      hasOwnSockets,
      log: silentLogger,
    })
    return client.execute(request, openContext()).finally(() => client.close())
  }

  test.each([
    ['an address', (url: string) => url],
    ['a name', (url: string) => url.replace('127.0.0.1', 'localhost')],
    ['an address in brackets', (url: string) => url.replace('127.0.0.1', '[::1]')],
    ['an address in disguise', (url: string) => url.replace('127.0.0.1', '2130706433')],
  ])(
    '%s that leads to this machine is refused with a code and without a word about it',
    async (_what, change) => {
      for (const hasOwnSockets of [true, false]) {
        const asked = ask(change(upstream.url), [], hasOwnSockets)
        const failure = await asked.catch((error: unknown) => error)
        expect(failure).toMatchObject({ code: 'ENDPOINT_FORBIDDEN', details: { member: 'dcu' } })
        expect(String(failure)).not.toMatch(/127|localhost|::1/)
      }
    },
  )

  test('an allowed network is asked', async () => {
    expect(await ask(upstream.url, ['127.0.0.0/8'])).toEqual({ data: { a: 1 } })
    const byName = upstream.url.replace('127.0.0.1', 'localhost')
    expect(await ask(byName, ['127.0.0.0/8', '::1/128'])).toEqual({ data: { a: 1 } })
  })

  test('a name that changes its address is checked again for every connection', async () => {
    const allowed: LookupAddress = { address: '127.0.0.1', family: 4 }
    const inside: LookupAddress = { address: '10.0.0.1', family: 4 }
    const answers = [[allowed], [inside], [allowed, inside], [], [allowed]]
    const resolve = ((
      _name: string,
      _options: object,
      done: (error: null, found: LookupAddress[]) => void,
    ) => {
      done(null, answers.shift() ?? [])
    }) as unknown as typeof lookup
    const connect = createGuardedConnector({
      guard: createAddressGuard(['127.0.0.0/8']),
      connect: { timeout: 5_000 },
      resolve,
    })
    const port = new URL(upstream.url).port
    const hostname = 'member.example'
    const outcomes: string[] = []
    while (answers.length > 0) {
      const outcome = await new Promise<string>((settled) =>
        connect({ hostname, host: hostname, protocol: 'http:', port }, (...[failure, socket]) => {
          socket?.destroy()
          settled(
            failure instanceof ForbiddenAddress ? 'forbidden' : socket ? 'connected' : 'failed',
          )
        }),
      )
      outcomes.push(outcome)
    }
    expect(outcomes).toEqual(['connected', 'forbidden', 'forbidden', 'forbidden', 'connected'])
  })
})
