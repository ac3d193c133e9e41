import { join } from 'node:path'
import { loadMemberRegister, type Principal } from '../../../schema/index.js'
import { createTestDatabase } from '../../../tests/setup/test-database.js'
import { loadReferenceData } from '../intake/load-reference-data.js'
import { readEvents } from '../store/outbox/read-events.js'
import {
  migrateAndSeed,
  openRecognitionDatabase,
  type RecognitionOrm,
} from '../store/recognition-database.js'
import { seedReferenceData } from '../store/reference-data.seeding.js'
import type { CommandResult } from './fault.js'
import { type Command, type CommandDeps, runCommand } from './run-command.js'

/** Commands over a database of this suite's own with the committed reference data. */
export interface TestCommands {
  readonly orm: RecognitionOrm
  readonly deps: CommandDeps
  /** Runs a command with a key of its own unless one is given. */
  run<Input extends object, Value>(
    principal: Principal,
    command: Command<Input, Value>,
    input: Input,
    idempotencyKey?: string,
  ): Promise<CommandResult<Value>>
  /** Kinds of all events so far, oldest first. */
  eventKinds(): Promise<readonly string[]>
  query(sql: string, parameters?: readonly unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** Opens them; close in `afterAll`. */
export async function openTestCommands(): Promise<TestCommands> {
  const root = new URL('../../..', import.meta.url).pathname
  const register = loadMemberRegister(join(root, 'schema/register/members.json'))
  const { data } = loadReferenceData(
    join(root, 'subgraphs/recognition/data'),
    new Map(register.members.map((member) => [member.slug, member.jurisdiction])),
  )
  const database = await createTestDatabase()
  const orm = await openRecognitionDatabase({
    databaseUrl: database.url,
    databaseName: new URL(database.url).pathname.slice(1),
  })
  await migrateAndSeed(orm, (em) => seedReferenceData(em, data))
  const deps: CommandDeps = {
    em: orm.em,
    now: () => new Date('2026-11-23T12:00:00Z'),
    onCommitted: async () => undefined,
  }
  let keys = 0
  return {
    orm,
    deps,
    run: (principal, command, input, idempotencyKey) => {
      keys += 1
      const key = idempotencyKey ?? `test-key-${keys}`
      return runCommand(deps, { principal, idempotencyKey: key, operation: 'test', input }, command)
    },
    eventKinds: async () => {
      const events = await readEvents(orm.em.fork(), 0n, 10_000)
      return events.map(({ fact }) => fact.kind)
    },
    query: (sql, parameters = []) => orm.em.fork().execute(sql, [...parameters]),
    close: async () => {
      await orm.close(true)
      await database.drop()
    },
  }
}

/** A registrar of this member. */
export function registrarOf(member: string): Principal {
  return {
    kind: 'person',
    subjectId: `registrar-${member}`,
    homeMember: member,
    grants: [{ role: 'registrar', member }],
    scopes: [],
    assurance: [],
  }
}

/** A learner whose id is `alliance:learner:<name>`. */
export function learnerNamed(name: string, homeMember: string | null = 'dcu'): Principal {
  return {
    kind: 'person',
    subjectId: name,
    homeMember,
    grants: [{ role: 'learner', member: null }],
    scopes: [],
    assurance: [],
  }
}
