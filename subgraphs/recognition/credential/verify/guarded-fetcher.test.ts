import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGuardedFetcher, isPublicAddress } from './guarded-fetcher.js'

let server: Server
let origin: string
let asked = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1
    if (request.url === '/redirect') response.writeHead(302, { location: '/list' }).end()
    else if (request.url === '/large') response.end('x'.repeat(2_000))
    else if (request.url !== '/silent') response.end('a list')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('the guarded fetcher', () => {
  const fetcher = () =>
    createGuardedFetcher({
      allowedOrigins: new Set([
        origin,
        'https://127.0.0.1',
        'https://localhost',
        'http://plain.example',
      ]),
      privateOrigins: new Set([origin]),
      timeoutMs: 2_000,
      maxBytes: 1_000,
    })

  it('reads from an origin that is allowed', async () => {
    expect(await fetcher()(`${origin}/list`)).toBe('a list')
  })

  it.each([
    ['another origin', 'https://other.example/list', 'origin is not allowed'],
    ['no URL', 'list', 'origin is not allowed'],
    ['a file', 'file:///etc/passwd', 'origin is not allowed'],
    ['plain http', 'http://plain.example/list', 'only https is asked'],
    ['a private address', 'https://127.0.0.1/list', 'address is private'],
    ['a name of a private address', 'https://localhost/list', 'address is private'],
  ])('does not even connect for %s', async (_what, url, message) => {
    const before = asked
    await expect(fetcher()(url)).rejects.toThrow(message)
    expect(asked).toBe(before)
  })

  it.each([
    ['follows no redirect', '/redirect', 'status 302'],
    ['reads no more than its limit', '/large', 'answer is too large'],
    ['waits no longer than its deadline', '/silent', /timeout|abort/i],
  ])('%s', async (_what, path, message) => {
    await expect(fetcher()(`${origin}${path}`)).rejects.toThrow(message)
  })

  it.each([
    ['93.184.216.34', true],
    ['2606:2800:220:1::1', true],
    ['10.0.0.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['::1', false],
    ['fd00::1', false],
    ['::ffff:127.0.0.1', false],
    ['no address', false],
  ])('takes %s for public: %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic)
  })
})
