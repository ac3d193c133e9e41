import { join } from 'node:path'
import { createLifecycle, createLogger, type Lifecycle, stopOnSignals } from '../runtime/index.js'
import { type LaunchArguments, parseLaunchArguments, usage } from './arguments.js'
import { askHub } from './hub-client.js'
import { readHubConfig } from './hub-config.js'
import { toFailureLine } from './launch-failure.js'
import { createProgress } from './progress.js'
import { formatSmokeResult, isSmokePassed, runSmoke } from './smoke.js'
import { type RunningHub, startHub } from './start-hub.js'
import { buildStartReport, formatStartReport } from './start-report.js'

let lifecycle: Lifecycle | undefined
try {
  const args = parseLaunchArguments(process.argv.slice(2))
  if (args.mode === 'help') process.stdout.write(usage)
  else await launch(args)
} catch (error) {
  // After Ctrl-C during the start, things fail because they were stopped: that is not worth a line.
  const isStopping = lifecycle?.stopping.aborted ?? false
  await lifecycle?.stop()
  if (!isStopping) process.stderr.write(`${toFailureLine(error)}\n`)
  // Not exitCode alone: whatever a failed start left open must not keep the process.
  process.exit(isStopping ? 0 : 1)
}

async function launch(args: LaunchArguments): Promise<void> {
  const env = { ...process.env, ...args.overrides }
  const { config, gatewayConfig } = readHubConfig(env, process.cwd())
  const log = createLogger(config.logLevel, 'hub')
  const running = createLifecycle(log)
  lifecycle = running
  stopOnSignals(running, { signals: process, exit: (code) => process.exit(code) })
  const output = args.isJson ? process.stderr : process.stdout
  const progress = createProgress(
    (line) => output.write(`${line}\n`),
    () => performance.now(),
  )
  const hub = await startHub({
    config,
    gatewayConfig,
    lifecycle: running,
    progress,
    log,
    now: () => new Date(),
  })
  if (args.mode === 'smoke') {
    const isPassed = await smoke(hub, config.rootDirectory, args.isJson)
    await running.stop()
    process.exit(isPassed ? 0 : 1)
  }
  const report = await buildStartReport(hub)
  process.stdout.write(args.isJson ? `${JSON.stringify(report)}\n` : formatStartReport(report))
  const upMs = Math.round(performance.now())
  output.write(`  up after ${upMs} ms; Ctrl-C stops everything\n`)
}

async function smoke(hub: RunningHub, rootDirectory: string, isJson: boolean): Promise<boolean> {
  const results = await runSmoke(
    join(rootDirectory, 'schema', 'operations'),
    (query) => askHub(hub.gateway.url, query),
    {
      now: () => performance.now(),
      onResult: (result) => {
        if (!isJson) process.stdout.write(`${formatSmokeResult(result)}\n`)
      },
    },
  )
  const isPassed = isSmokePassed(results)
  if (isJson) process.stdout.write(`${JSON.stringify({ isPassed, results })}\n`)
  else process.stdout.write(`smoke: ${isPassed ? 'passed' : 'FAILED'}\n`)
  return isPassed
}
