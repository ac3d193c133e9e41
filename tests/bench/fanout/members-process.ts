import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRandomSource } from '../../conformance/random/random-source.js'
import { createFakeCatalogue } from '../../fixtures/members/fake-catalogue.js'
import { makeOfferings } from '../../fixtures/members/fake-offerings.js'
import type { MemberOrder } from './member-messages.js'

/**
 * Simulated members, near free: an honest catalogue answers a query when it is seen for the first time, afterwards the
 * same bytes are sent again, whatever the variables: those only tell pages apart. Arguments: how many members, how many
 * runs each has.
 */
const [, , count = '13', offerings = '200'] = process.argv
const sdl = readFileSync('schema/catalogue.graphql', 'utf8')
const random = createRandomSource(1)
let delayMs = 0
let spreadMs = 0
let hanging: ReadonlySet<string> = new Set()
let slowest = new Map<string, number>()

process.on('message', (order: MemberOrder) => {
  if (order.kind === 'behave') {
    delayMs = order.delayMs
    spreadMs = order.spreadMs
    hanging = new Set(order.hanging)
    process.send?.({})
    return
  }
  process.send?.({ slowest })
  slowest = new Map()
})
process.on('disconnect', () => process.exit(0))

async function startMember(slug: string, seed: number): Promise<string> {
  const catalogue = createFakeCatalogue({
    slug,
    sdl,
    offerings: makeOfferings(slug, Number(offerings), seed),
  })
  const answers = new Map<string, Buffer>()

  async function answer(query: string, variables: Record<string, unknown>): Promise<Buffer> {
    const known = answers.get(query)
    if (known !== undefined) return known
    const fresh = Buffer.from(JSON.stringify(await catalogue.answer(query, variables)))
    answers.set(query, fresh)
    return fresh
  }

  async function respond(body: string, response: ServerResponse, arrivedAt: number) {
    const { query, variables = {} } = JSON.parse(body) as {
      query: string
      variables?: Record<string, unknown>
    }
    const bytes = await answer(query, variables)
    const isCheck = query.includes('_service')
    if (hanging.has(slug) && !isCheck) return
    const waitMs = delayMs + spreadMs * random.next()
    if (waitMs > 0 && !isCheck) await new Promise((resolve) => setTimeout(resolve, waitMs))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length })
    response.end(bytes)
    const tag = variables.from
    if (typeof tag !== 'string') return
    slowest.set(tag, Math.max(slowest.get(tag) ?? 0, performance.now() - arrivedAt))
  }

  const server = createServer((request, response) => {
    const arrivedAt = performance.now()
    readBody(request, (body) => {
      respond(body, response, arrivedAt).catch(() => response.destroy())
    })
  })
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

function readBody(request: IncomingMessage, onBody: (body: string) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => onBody(Buffer.concat(chunks).toString()))
}

const urls: [string, string][] = []
for (let index = 0; index < Number(count); index += 1) {
  const slug = `sim${index + 1}`
  urls.push([slug, await startMember(slug, index + 1)])
}
process.send?.({ urls })
