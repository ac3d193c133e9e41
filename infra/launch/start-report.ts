import type { HubAnswer } from './hub-client.js'
import type { RunningHub } from './start-hub.js'

/** One line of the table at the end of a start. */
export interface MemberRow {
  readonly slug: string
  readonly name: string
  readonly countryCode: string
  /** The gateway's own finding, or `not started`. */
  readonly state: string
  readonly reason: string | null
  /** Offerings it has; null when it gave no count. */
  readonly offerings: number | null
  readonly url: string
}

/** Everything a person or a program wants to know of a hub that has just come up. */
export interface StartReport {
  readonly gatewayUrl: string
  readonly explorerUrl: string
  readonly recognitionUrl: string
  readonly members: readonly MemberRow[]
}

/** The query of the start report: small enough to paste, and it shows what the hub is for. */
export const exampleQuery = `{ courseOfferings(filter: {text: "artificial intelligence", openForApplication: true}, first: 20) { totalCount edges { node { title institution { name } opportunity { ects microCredential { title } pathways { edges { node { title } } } } } } } }`

/** Brings together how each member was started, how the gateway sees it, and how many offerings it has. */
export async function buildStartReport(
  hub: RunningHub,
  ask: (query: string) => Promise<HubAnswer>,
): Promise<StartReport> {
  const states = new Map(hub.gateway.listMembers().map((status) => [status.slug, status]))
  const counts = await countOfferings(
    hub.members.map(({ member }) => member.slug),
    ask,
  )
  return {
    gatewayUrl: hub.gateway.url,
    explorerUrl: new URL('/', hub.gateway.url).href,
    recognitionUrl: hub.recognitionUrl,
    members: hub.members.map((launched) => {
      const { slug, names, countryCode, endpoint } = launched.member
      const seen = states.get(slug)
      return {
        slug,
        name: names.en ?? slug,
        countryCode,
        state: launched.kind === 'failed' ? 'not started' : (seen?.state ?? 'unknown'),
        reason: launched.kind === 'failed' ? launched.reason : (seen?.reason ?? null),
        offerings: counts.get(slug) ?? null,
        url: launched.kind === 'started' ? launched.running.url : endpoint,
      }
    }),
  }
}

export function formatStartReport(report: StartReport): string {
  const rows = report.members.map(({ slug, name, countryCode, state, offerings, url, reason }) => {
    const cells = [
      slug.padEnd(13),
      countryCode.padEnd(4),
      shorten(name, 38).padEnd(40),
      state.padEnd(13),
      String(offerings ?? '–').padStart(9),
    ]
    return `  ${cells.join('')}  ${url}${reason === null ? '' : `\n    ${reason}`}`
  })
  const head = `  ${'member'.padEnd(17)}${'name'.padEnd(40)}${'state'.padEnd(13)}offerings  subgraph`
  return [
    '',
    head,
    ...rows,
    '',
    `  GraphQL       ${report.gatewayUrl}`,
    `  explorer      ${report.explorerUrl}`,
    `  recognition   ${report.recognitionUrl}`,
    '',
    '  Paste this into the explorer:',
    '',
    `  ${exampleQuery}`,
    '',
  ].join('\n')
}

/** One aliased count for each member; a count that fails is left open, the table is no place to fail. */
async function countOfferings(
  slugs: readonly string[],
  ask: (query: string) => Promise<HubAnswer>,
): Promise<ReadonlyMap<string, number>> {
  const fields = slugs.map(
    (slug) =>
      `${slug}: courseOfferings(first: 1, filter: {institutions: ["${slug}"]}) { totalCount }`,
  )
  const answer = await ask(`{ ${fields.join(' ')} }`).catch(() => undefined)
  const counts = new Map<string, number>()
  for (const [slug, field] of Object.entries(answer?.data ?? {})) {
    if (typeof field !== 'object' || field === null || !('totalCount' in field)) continue
    if (typeof field.totalCount === 'number') counts.set(slug, field.totalCount)
  }
  return counts
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}
