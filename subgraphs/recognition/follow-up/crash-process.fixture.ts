import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { silentLogger } from '../../../infra/runtime/index.js'
import { loadMemberRegister } from '../../../schema/index.js'
import { revokeAward } from '../commands/change-award-status.js'
import { makeAward } from '../commands/make-award.js'
import { registrarOf } from '../commands/open-commands.fixture.js'
import { publishRule } from '../commands/publish-rule.js'
import { runCommand } from '../commands/run-command.js'
import { loadReferenceData } from '../intake/load-reference-data.js'
import { migrateAndSeed, openRecognitionDatabase } from '../store/recognition-database.js'
import { seedReferenceData } from '../store/reference-data.seeding.js'
import { startFollowUp } from './start-follow-up.js'

/** What the test asks this process to do; each is asked again, with its key, until it is answered. */
export type CrashStep =
  | {
      readonly kind: 'award'
      readonly key: string
      readonly learnerId: string
      readonly member: string
      readonly microCredentialId: string
    }
  | {
      readonly kind: 'revoke'
      readonly key: string
      readonly member: string
      readonly awardId: string
    }
  | { readonly kind: 'publish'; readonly key: string; readonly index: number }
  | { readonly kind: 'settle'; readonly key: string }

/** Recognition's commands and follow-up over a database, told what to do line by line; made to be killed. */
async function serve(databaseUrl: string, root: string): Promise<void> {
  const data = join(root, 'subgraphs/recognition/data')
  const register = loadMemberRegister(join(root, 'schema/register/members.json'))
  const { data: reference } = loadReferenceData(
    data,
    new Map(register.members.map(({ slug, jurisdiction }) => [slug, jurisdiction])),
  )
  const rules = JSON.parse(readFileSync(join(data, 'sample-rules.json'), 'utf8')) as {
    description: string
    rule: object
  }[]
  const orm = await openRecognitionDatabase({ databaseUrl })
  await migrateAndSeed(orm, (em) => seedReferenceData(em, reference))
  const now = () => new Date()
  const followUp = startFollowUp({
    em: orm.em,
    now,
    log: silentLogger,
    pollMs: 20,
    evaluation: { threads: 1 },
  })
  const deps = { em: orm.em, now, onCommitted: async () => followUp.wake() }
  const operator = {
    ...registrarOf('dcu'),
    grants: [{ role: 'operator', member: null } as const],
  }

  const carryOut = async (step: CrashStep): Promise<unknown> => {
    const shared = { idempotencyKey: step.key, operation: step.kind }
    switch (step.kind) {
      case 'award': {
        const { learnerId, microCredentialId, member } = step
        const input = { award: { learnerId, microCredentialId, awardedOn: '2026-06-20' } }
        const request = { ...shared, principal: registrarOf(member), input }
        return runCommand(deps, request, (unit, given) => makeAward(unit, given))
      }
      case 'revoke': {
        const input = { awardId: step.awardId, expectedVersion: 1, reason: 'Crash test' }
        return runCommand(
          deps,
          { ...shared, principal: registrarOf(step.member), input },
          revokeAward,
        )
      }
      case 'publish': {
        const input = rules[step.index] ?? { description: '', rule: {} }
        const request = { ...shared, principal: operator, input }
        return runCommand(deps, request, (unit, given) => publishRule(unit, given))
      }
      case 'settle':
        return { isDone: await followUp.settle(20_000) }
    }
  }

  process.stdout.write('ready\n')
  for await (const line of createInterface({ input: process.stdin })) {
    const step = JSON.parse(line) as CrashStep
    const answer = await carryOut(step).catch(() => null)
    process.stdout.write(`${JSON.stringify({ key: step.key, answer })}\n`)
  }
}

const [, , databaseUrl, root] = process.argv
if (databaseUrl && root) await serve(databaseUrl, root)
