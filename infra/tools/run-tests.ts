import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countTests, summaryLine, type TestSummary } from './test-summary.js'

const directory = await mkdtemp(join(tmpdir(), 'hub-tests-'))
try {
  process.exitCode = await runTests(join(directory, 'report.json'), process.argv.slice(2))
} finally {
  await rm(directory, { recursive: true, force: true })
}

/**
 * Runs vitest with the filters and flags given, then prints the counts as the last line. Returns vitest's exit code, or
 * 1 when no test ran: a filter that matches nothing must not look like success.
 */
async function runTests(reportFile: string, args: readonly string[]): Promise<number> {
  const vitest = join(process.cwd(), 'node_modules', 'vitest', 'vitest.mjs')
  const options = [
    ...['run', '--config', 'infra/quality/vitest.config.ts'],
    // The default loader writes beside the packages, which may belong to somebody else.
    ...['--configLoader', 'runner'],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
  ]
  const child = spawn(process.execPath, [vitest, ...options, ...args], { stdio: 'inherit' })
  // Ctrl-C reaches vitest, too, and it stops the servers; we wait for it to finish.
  process.on('SIGINT', () => {})
  const [code] = (await once(child, 'exit')) as [number | null]
  const nothing: TestSummary = { passed: 0, failed: 0, skipped: 0 }
  const summary = await readFile(reportFile, 'utf8').then(countTests, () => nothing)
  process.stdout.write(`${summaryLine(summary)}\n`)
  if (code !== 0) return code ?? 1
  return summary.failed > 0 || summary.passed === 0 ? 1 : 0
}
