import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JWK } from 'jose'
import type { MemberRegister, RegisteredMember } from '../../schema/index.js'
import {
  type HubWebhook,
  type MemberDefinition,
  type RunningMember,
  startMember,
} from '../../subgraphs/catalogue/index.js'
import type { Callers, Lifecycle, Logger } from '../runtime/index.js'
import type { LaunchConfig } from './config.js'

/** A member at the end of the start: up in this process, somewhere else, or not started and why. */
export type LaunchedMember =
  | { readonly kind: 'started'; readonly member: RegisteredMember; readonly running: RunningMember }
  | { readonly kind: 'remote'; readonly member: RegisteredMember }
  | {
      readonly kind: 'failed'
      readonly member: RegisteredMember
      readonly reason: string
      readonly error: unknown
    }

interface MemberDeps {
  readonly config: LaunchConfig
  readonly databaseUrl: string
  readonly callersOf: (slug: string) => Callers
  readonly lifecycle: Lifecycle
  readonly log: Logger
  readonly now: () => Date
  /** Where members tell of their syncs, and what each signs with. */
  readonly webhook: Pick<HubWebhook, 'url' | 'isUp'> & { readonly keys: ReadonlyMap<string, JWK> }
}

/** Starts every member of the register that has a folder here, all at the same time; the others run elsewhere. */
export async function startMembers(
  register: MemberRegister,
  deps: MemberDeps,
  onStarted: (launched: LaunchedMember) => void,
): Promise<readonly LaunchedMember[]> {
  return Promise.all(
    register.members.map(async (member, index) => {
      const launched = await launchMember(member, memberPort(deps.config, index), deps)
      onStarted(launched)
      return launched
    }),
  )
}

/** Recognition has the base port itself, members the ones that follow. */
export function memberPort(config: LaunchConfig, index: number): number {
  return config.subgraphPortBase === 0 ? 0 : config.subgraphPortBase + 1 + index
}

/** Whether a member's folder is part of this build; a member without one is asked at its registered endpoint. */
export async function hasMemberFolder(slug: string): Promise<boolean> {
  const module = new URL(`../../subgraphs/${slug}/index.js`, import.meta.url)
  return access(module).then(
    () => true,
    () => false,
  )
}

async function launchMember(
  member: RegisteredMember,
  port: number,
  deps: MemberDeps,
): Promise<LaunchedMember> {
  const { config, databaseUrl, callersOf, lifecycle, log, now } = deps
  if (!(await hasMemberFolder(member.slug))) return { kind: 'remote', member }
  const { keys, ...webhook } = deps.webhook
  const key = keys.get(member.slug)
  try {
    const { definition } = (await import(
      fileURLToPath(new URL(`../../subgraphs/${member.slug}/index.js`, import.meta.url))
    )) as { definition: MemberDefinition }
    const running = await startMember({
      definition,
      registered: member,
      dataDirectory: join(config.rootDirectory, 'subgraphs', member.slug, 'data'),
      databaseUrl,
      host: config.host,
      port,
      callers: callersOf(member.slug),
      now,
      log: log.with({ subgraph: member.slug }),
      syncOnStart: config.syncOnStart,
      ...(key && { hub: { ...webhook, key } }),
    })
    await lifecycle.own(member.slug, running.stop)
    return { kind: 'started', member, running }
  } catch (error) {
    // One university's broken source or port must not keep the other twelve from serving.
    const reason = error instanceof Error ? error.message : String(error)
    // The start report shows it to a person.
    log.info('member did not start', { member: member.slug, error: reason })
    return { kind: 'failed', member, reason, error }
  }
}
