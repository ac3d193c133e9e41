import {
  createLifecycle,
  createLogger,
  openCallers,
  stopOnSignals,
} from '../../infra/runtime/index.js'
import { HubError, loadMemberRegister } from '../../schema/index.js'
import { readMemberConfig } from './config.js'
import type { MemberDefinition } from './domain/member-definition.js'
import { openHubWebhook } from './hub-webhook.js'
import { startMember } from './start-member.js'

/**
 * Runs one member's subgraph as this process: starts it, says where it serves and stops it on a signal. A failure to
 * start is one line on standard error and exit code 1. All a member's `main.ts` does is
 * `await runMember(definition, process.env)`.
 */
export async function runMember(
  definition: MemberDefinition,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { slug } = definition.profile
  try {
    const config = readMemberConfig(environment, slug)
    const { members } = loadMemberRegister(config.registerFile)
    const registered = members.find((member) => member.slug === slug)
    if (!registered) throw new HubError('MEMBER_UNKNOWN', { member: slug })
    const log = createLogger(config.logLevel, slug)
    const lifecycle = createLifecycle(log)
    stopOnSignals(lifecycle, { signals: process, exit: (code) => process.exit(code) })
    const hub = await openHubWebhook(config)
    const running = await startMember({
      ...config,
      definition,
      registered,
      callers: await openCallers(config, log),
      port: config.port ?? Number(new URL(registered.endpoint).port),
      now: () => new Date(),
      log,
      ...(hub && { hub }),
    })
    await lifecycle.own(slug, running.stop)
    process.stdout.write(`${slug}: ${running.url}\n`)
  } catch (error) {
    process.stderr.write(`${slug}: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
