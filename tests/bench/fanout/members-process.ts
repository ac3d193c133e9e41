import { readFileSync } from 'node:fs'
import { createRandomSource } from '../../conformance/random/random-source.js'
import { createFakeCatalogue } from '../../fixtures/members/fake-catalogue.js'
import { makeOfferings } from '../../fixtures/members/fake-offerings.js'
import { type LeanRequest, startLeanServer, toLeanAnswer } from './lean-server.js'
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
    const fresh = toLeanAnswer(
      Buffer.from(JSON.stringify(await catalogue.answer(query, variables))),
    )
    answers.set(query, fresh)
    return fresh
  }

  async function respond({ body, arrivedAt, send }: LeanRequest): Promise<void> {
    const { query, variables = {} } = JSON.parse(body) as {
      query: string
      variables?: Record<string, unknown>
    }
    const bytes = answers.get(query) ?? (await answer(query, variables))
    const isCheck = query.includes('_service')
    if (hanging.has(slug) && !isCheck) return
    const waitMs = delayMs + spreadMs * random.next()
    if (waitMs > 0 && !isCheck) await new Promise((resolve) => setTimeout(resolve, waitMs))
    send(bytes)
    const tag = variables.from
    if (typeof tag !== 'string') return
    slowest.set(tag, Math.max(slowest.get(tag) ?? 0, performance.now() - arrivedAt))
  }

  const port = await startLeanServer((request) => {
    respond(request).catch((error: unknown) => {
      process.stderr.write(`member ${slug}: ${String(error)}\n`)
      process.exit(1)
    })
  })
  return `http://127.0.0.1:${port}/graphql`
}

const urls: [string, string][] = []
for (let index = 0; index < Number(count); index += 1) {
  const slug = `sim${index + 1}`
  urls.push([slug, await startMember(slug, index + 1)])
}
process.send?.({ urls })
