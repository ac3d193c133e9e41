import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { findWallFaults } from './import-walls.js'
import { readSourceModules } from './source-module.js'

/** One check of `npm run check`; `details` is what to show when it fails. */
interface Check {
  readonly name: string
  readonly run: () => Promise<{ readonly isOk: boolean; readonly details: string }>
}

const root = process.cwd()

const checks: readonly Check[] = [
  { name: 'types', run: () => runTool('typescript/bin/tsc', ['-p', '.', '--noEmit']) },
  { name: 'lint', run: () => runTool('@biomejs/biome/bin/biome', ['check', '.']) },
  { name: 'import walls', run: checkWalls },
  {
    name: 'dead code',
    run: () =>
      runTool('knip/bin/knip.js', ['--config', 'infra/quality/knip.json', '--no-progress']),
  },
  { name: 'contract drift', run: () => runOurs('emit-contracts.js') },
  { name: 'error code drift', run: () => runOurs('emit-errors.js') },
]

process.exitCode = await runChecks()

/** Runs every check, also after one has failed, and prints a line for each. */
async function runChecks(): Promise<number> {
  const failed: string[] = []
  for (const { name, run } of checks) {
    const startedAt = performance.now()
    const { isOk, details } = await run()
    const tookMs = Math.round(performance.now() - startedAt)
    process.stdout.write(`${isOk ? 'ok    ' : 'FAILED'}  ${name.padEnd(18)}${tookMs} ms\n`)
    if (isOk) continue
    failed.push(name)
    process.stdout.write(`${details.trimEnd().replace(/^/gm, '        ')}\n`)
  }
  const verdict = failed.length === 0 ? 'all passed' : `${failed.join(', ')} failed`
  process.stdout.write(`checks: ${verdict}\n`)
  return failed.length === 0 ? 0 : 1
}

async function checkWalls() {
  const faults = findWallFaults(await readSourceModules(root))
  return { isOk: faults.length === 0, details: faults.join('\n') }
}

function runTool(program: string, args: readonly string[]) {
  return runNode([join(root, 'node_modules', program), ...args])
}

/** A process of its own: loading the subgraphs fills global metadata, and a fault there must not end the other checks. */
function runOurs(program: string) {
  return runNode([join(root, '.build', 'infra', 'tools', program), '--check'])
}

async function runNode(args: readonly string[]) {
  const child = spawn(process.execPath, [...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let details = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      details += text
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  return { isOk: code === 0, details }
}
