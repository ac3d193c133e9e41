import { type AuditResult, serverAudits } from 'graphql-http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestHub, type TestHub } from '../../hub/start-test-hub.js'
import { fetchSigned } from '../../setup/fetch-signed.js'

let hub: TestHub

beforeAll(async () => {
  hub = await startTestHub()
}, 120_000)
afterAll(() => hub?.stop())

/** Results by status; what is not `ok` with its id and reason. */
async function audit(
  url: string,
  fetchFn: typeof fetch = fetchWithPreflight,
): Promise<{ readonly ok: number; readonly others: readonly string[] }> {
  const results: AuditResult[] = []
  for (const one of serverAudits({ url, fetchFn })) results.push(await one.fn())
  const others = results.flatMap((result) =>
    result.status === 'ok'
      ? []
      : [`${result.status} ${result.id} ${result.name}: ${result.reason}`],
  )
  return { ok: results.length - others.length, others }
}

/** As every client of the hub must: requests without a JSON body say that they are not made by a foreign page. */
const fetchWithPreflight: typeof fetch = (input, init) =>
  fetch(input, { ...init, headers: { 'apollo-require-preflight': 'yes', ...init?.headers } })

test('the gateway passes all 61 audits of GraphQL over HTTP', async () => {
  expect(await audit(hub.gateway.url)).toEqual({ ok: 61, others: [] })
})

test('without a header that rules out foreign pages, the gateway only lacks what the audits call optional: GET', async () => {
  const { ok, others } = await audit(hub.gateway.url, fetch)
  expect(ok).toBe(58)
  for (const other of others) expect(other).toMatch(/^notice \w+ MAY .*GET/)
})

/** As the gateway asks a subgraph: signed. */
function fetchAsGateway(subgraph: string): typeof fetch {
  return (input, { method, body, headers } = {}) =>
    fetchSigned(String(input), {
      subgraph,
      ...(method !== undefined && { method }),
      ...(typeof body === 'string' && { body }),
      headers: Object.fromEntries(
        new Headers({ 'apollo-require-preflight': 'yes', ...(headers as Record<string, string>) }),
      ),
    })
}

test('recognition and all thirteen members pass all 61 audits', async () => {
  const subgraphs = [['recognition', hub.recognition] as const, ...hub.members]
  expect(subgraphs).toHaveLength(14)
  const results = await Promise.all(
    subgraphs.map(([name, { url }]) => audit(url, fetchAsGateway(name))),
  )
  for (const result of results) expect(result).toEqual({ ok: 61, others: [] })
})
