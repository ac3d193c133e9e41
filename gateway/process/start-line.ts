import type { SubgraphEntry } from '../engine/supergraph-model.js'

/** What a started gateway tells whoever started it. */
export interface StartFacts {
  readonly url: string
  readonly port: number
  /** Null when the explorer is off. */
  readonly explorerUrl: string | null
  /** Process ids of the workers; empty when one process does everything. */
  readonly workers: readonly number[]
  readonly subgraphs: readonly SubgraphEntry[]
}

/** Prints where a gateway listens, as one line of JSON or for people. */
export function formatStart(facts: StartFacts, isJson: boolean): string {
  if (isJson) return `${JSON.stringify(facts)}\n`
  const { url, explorerUrl, workers, subgraphs } = facts
  const lines = [`gateway: serves at ${url}`]
  if (explorerUrl !== null) lines.push(`  explorer   ${explorerUrl}`)
  lines.push(`  subgraphs  ${subgraphs.map(({ name }) => name).join(', ')}`)
  if (workers.length > 0) lines.push(`  workers    ${workers.length} processes`)
  return `${lines.join('\n')}\n`
}

/** @param url - Of the GraphQL endpoint. */
export function toExplorerUrl(url: string, isExplorerEnabled: boolean): string | null {
  return isExplorerEnabled ? new URL('/explorer', url).href : null
}
