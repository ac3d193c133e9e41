import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  findFreePort,
  type RunningPostgres,
  silentLogger,
  startEmbeddedPostgres,
} from '../../../infra/runtime/index.js'
import type { LearnerId } from '../../../schema/index.js'
import { connectPostgres } from '../../../tests/setup/connect-postgres.js'
import { evaluateAllStacks } from '../domain/evaluate-all-stacks.js'
import { isSameStack } from '../domain/stack-transition.js'
import { findAwardsOfLearners } from '../store/award.store.js'
import { openRecognitionDatabase } from '../store/recognition-database.js'
import { findStackStates } from '../store/stack.store.js'
import type { CrashStep } from './crash-process.fixture.js'
import { loadStacks } from './load-stacks.js'

const root = new URL('../../..', import.meta.url).pathname
const program = join(root, '.build/subgraphs/recognition/follow-up/crash-process.fixture.js')

let directory: string
let port: number
let postgres: RunningPostgres
let child: ChildProcessByStdio<Writable, Readable, null> | undefined
let answers: Interface

// Durable: what was committed has to survive the kill, as it does in production.
const startPostgres = () =>
  startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres'), port, log: silentLogger })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hub-crash-'))
  await chmod(directory, 0o711)
  port = await findFreePort()
  postgres = await startPostgres()
}, 60_000)
afterAll(async () => {
  child?.kill('SIGKILL')
  await postgres?.stop()
  await rm(directory, { recursive: true, force: true })
})

async function startChild(): Promise<void> {
  child = spawn(process.execPath, [program, postgres.url, root], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  // A kill while we write is what this test is about.
  child.stdin.on('error', () => undefined)
  answers = createInterface({ input: child.stdout })
  await Promise.race([once(answers, 'line'), once(child, 'exit')])
}

async function killPostgres(): Promise<void> {
  const [pid] = (await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGKILL')
  await postgres.stop()
  postgres = await startPostgres()
}

/** Sends a step and waits for its answer; null when there was none, whatever became of the step. */
async function send(step: CrashStep): Promise<{ isDone: boolean; value?: { id: string } } | null> {
  if (!child || child.exitCode !== null || child.signalCode !== null) await startChild()
  const current = child
  const answer = new Promise<string | null>((resolve) => {
    answers.once('line', resolve)
    current?.once('exit', () => resolve(null))
  })
  current?.stdin.write(`${JSON.stringify(step)}\n`)
  const line = await answer
  return line === null ? null : JSON.parse(line).answer
}

/** Sends a step again and again until it is carried out, as a client with an idempotency key does. */
async function insist(step: CrashStep): Promise<{ value?: { id: string } }> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const answer = await send(step)
    if (answer?.isDone) return answer
    await pause(50)
  }
  throw new Error(`${step.key} was never carried out`)
}

const members = ['tuhh', 'dcu', 'aalborg', 'ktu'] as const
const learnerIds = ['a', 'b'].map((name) => `alliance:learner:crash-${name}` as LearnerId)

it('loses nothing and does nothing twice when process and database are killed at any point', async () => {
  const digitalLiteracy = 0
  await insist({ kind: 'publish', key: 'publish-0', index: digitalLiteracy })
  const made: { key: string; member: string; id: string }[] = []
  const kinds = ['ai-foundations', 'cybersecurity']
  let round = 0
  for (const learnerId of learnerIds) {
    for (const kind of kinds) {
      for (const member of members) {
        round += 1
        const key = `award-step-${round}`
        const microCredentialId = `alliance:microcredential:${member}-${kind}`
        const step = { kind: 'award', key, learnerId, member, microCredentialId } as const
        // Fixed places, so that every run is killed in different moments of the same steps.
        if (round % 6 === 2) {
          void send(step)
          await pause((round * 7) % 30)
          child?.kill('SIGKILL')
          await once(child as NonNullable<typeof child>, 'exit')
        }
        if (round % 9 === 4) {
          void send(step)
          await pause((round * 5) % 20)
          await killPostgres()
        }
        const { value } = await insist(step)
        made.push({ key, member, id: value?.id ?? '' })
        const earlier = round % 4 === 0 ? made.at(-3) : undefined
        if (earlier) {
          const { member: by, id: awardId } = earlier
          await insist({ kind: 'revoke', key: `revoke-step-${round}`, member: by, awardId })
        }
      }
    }
  }
  await insist({ kind: 'settle', key: 'settle-at-end' })

  const database = new URL(postgres.url)
  database.pathname = '/hub_recognition'
  const sql = await connectPostgres(database.href)
  const orm = await openRecognitionDatabase({ databaseUrl: postgres.url })
  try {
    const [count] = await sql.query('select count(*)::int as awards from award')
    expect(count).toEqual({ awards: made.length })
    expect(new Set(made.map(({ id }) => id)).size).toBe(made.length)
    const twice = await sql.query(
      `select fact->>'awardId' from outbox_event where kind like 'award.%'
       group by fact->>'awardId', kind having count(*) > 1`,
    )
    expect(twice).toEqual([])
    const untold = await sql.query(
      `select id from award where status = 'REVOKED' and not exists (select 1 from outbox_event
       where kind = 'award.revoked' and fact->>'awardId' = award.id)`,
    )
    expect(untold).toEqual([])
    // Every version of every state has its one transition and its one event.
    const gaps = await sql.query(
      `select learner_id from stack_state as state where version <>
         (select count(*) from stack_change as change where change.learner_id = state.learner_id
          and change.stacked_credential_id = state.stacked_credential_id)
       or version <> (select count(*) from outbox_event as event
          where event.learner_id = state.learner_id and kind like 'stack.%'
          and fact->>'stackedCredentialId' = state.stacked_credential_id)`,
    )
    expect(gaps).toEqual([])
    // And what was followed up step by step is what one look at everything gives.
    const em = orm.em.fork()
    const awards = await findAwardsOfLearners(em, learnerIds)
    const states = await findStackStates(em, learnerIds)
    const stacks = await loadStacks(em)
    const date = new Date().toISOString().slice(0, 10)
    expect(states.size).toBe(learnerIds.length)
    for (const id of learnerIds) {
      const known = states.get(id) ?? []
      const before = new Map(known.map((one) => [one.stackedCredentialId, one]))
      const completed = new Map(
        known.flatMap(({ stackedCredentialId, completedAt }) =>
          completedAt === null ? [] : [[stackedCredentialId, completedAt] as const],
        ),
      )
      const fresh = evaluateAllStacks(stacks, awards.get(id) ?? [], completed, date)
      for (const [stackId, evaluation] of fresh) {
        expect(isSameStack(before.get(stackId), evaluation)).toBe(true)
      }
    }
  } finally {
    await sql.close()
    await orm.close(true)
  }
}, 240_000)
