import type { RunningHub } from './start-hub.js'
import type { LaunchedMember } from './start-members.js'

/** One line of the table at the end of a start. */
export interface MemberRow {
  readonly slug: string
  readonly name: string
  readonly countryCode: string
  /** The gateway's own finding, or `not started`. */
  readonly state: string
  readonly reason: string | null
  /** Offerings in its store; null when it runs elsewhere or was not started. */
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
export async function buildStartReport(hub: RunningHub): Promise<StartReport> {
  const states = new Map(hub.gateway.listMembers().map((status) => [status.slug, status]))
  const counts = await Promise.all(hub.members.map(countOfferings))
  return {
    gatewayUrl: hub.gateway.url,
    explorerUrl: new URL('/', hub.gateway.url).href,
    recognitionUrl: hub.recognitionUrl,
    members: hub.members.map((launched, index) => {
      const { slug, names, countryCode, endpoint } = launched.member
      const seen = states.get(slug)
      return {
        slug,
        name: names.en ?? slug,
        countryCode,
        state: launched.kind === 'failed' ? 'not started' : (seen?.state ?? 'unknown'),
        reason: launched.kind === 'failed' ? launched.reason : (seen?.reason ?? null),
        offerings: counts[index] ?? null,
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

async function countOfferings(launched: LaunchedMember): Promise<number | null> {
  return launched.kind === 'started' ? launched.running.countOfferings() : null
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}
