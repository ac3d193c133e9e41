import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HubAnswer } from './hub-client.js'

/** What one example operation gave. */
export interface SmokeResult {
  readonly operation: string
  readonly rows: number
  readonly membersAsked: number
  readonly membersAnswered: number
  readonly tookMs: number
  /** Why it does not pass; empty when it does. */
  readonly faults: readonly string[]
}

/**
 * Runs every operation of a folder, one after the other, in the order of the file names. An operation passes when it
 * has no errors, at least one row, and an answer from every member it asked: at a fresh start all of them are up.
 */
export async function runSmoke(
  operationsDirectory: string,
  ask: (query: string) => Promise<HubAnswer>,
  deps: { readonly now: () => number; readonly onResult: (result: SmokeResult) => void },
): Promise<readonly SmokeResult[]> {
  const files = (await readdir(operationsDirectory)).filter((name) => name.endsWith('.graphql'))
  const results: SmokeResult[] = []
  for (const file of files.sort()) {
    const query = await readFile(join(operationsDirectory, file), 'utf8')
    const startedAt = deps.now()
    const judged = await ask(query).then(judgeAnswer, failedAnswer)
    const result = {
      operation: file.slice(0, -'.graphql'.length),
      ...judged,
      tookMs: Math.round(deps.now() - startedAt),
    }
    deps.onResult(result)
    results.push(result)
  }
  return results
}

/** Whether the hub passes: it has operations, and all of them pass. */
export function isSmokePassed(results: readonly SmokeResult[]): boolean {
  return results.length > 0 && results.every(({ faults }) => faults.length === 0)
}

export function formatSmokeResult(result: SmokeResult): string {
  const { operation, rows, membersAsked, membersAnswered, tookMs, faults } = result
  const verdict = faults.length === 0 ? 'ok    ' : 'FAILED'
  const members = membersAsked === 0 ? '–' : `${membersAnswered}/${membersAsked} members`
  const line = `  ${verdict} ${operation.padEnd(30)}${`${rows} rows`.padStart(10)}${members.padStart(16)}${String(tookMs).padStart(7)} ms`
  return [line, ...faults.map((fault) => `           ${fault}`)].join('\n')
}

function judgeAnswer(answer: HubAnswer) {
  const rows = Object.values(answer.data).reduce<number>((sum, root) => sum + countRows(root), 0)
  const asked = answer.members.filter(({ outcome }) => outcome !== 'skipped')
  const missing = asked.filter(({ outcome }) => outcome !== 'ok')
  const faults = [
    ...answer.errors,
    ...missing.map(({ member, outcome, reason }) => `${member}: ${outcome} ${reason ?? ''}`.trim()),
    ...(rows === 0 ? ['no rows'] : []),
  ]
  return {
    rows,
    membersAsked: asked.length,
    membersAnswered: asked.length - missing.length,
    faults,
  }
}

function failedAnswer(error: unknown) {
  const reason = error instanceof Error ? error.message : String(error)
  return { rows: 0, membersAsked: 0, membersAnswered: 0, faults: [reason] }
}

/** The rows of one root field: a connection's, a list's, or the one object. */
function countRows(root: unknown): number {
  if (root === null || root === undefined) return 0
  if (Array.isArray(root)) return root.length
  if (typeof root !== 'object') return 1
  if ('edges' in root && Array.isArray(root.edges)) return root.edges.length
  if ('nodes' in root && Array.isArray(root.nodes)) return root.nodes.length
  return 1
}
