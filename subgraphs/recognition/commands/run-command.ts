import { createHash } from 'node:crypto'
import type { EntityManager } from '@mikro-orm/postgresql'
import { HubError, type Principal } from '../../../schema/index.js'
import { claimIdempotencyKey, keepAnswer } from '../store/idempotency.store.js'
import type { CommandResult, Fault } from './fault.js'
import { type Notes, openUnit, requireActor, type UnitOfWork, writeNotes } from './unit-of-work.js'

/** What a command does to the database; its value has to survive JSON. */
export type Command<Input, Value> = (
  unit: UnitOfWork,
  input: Input,
) => Promise<CommandResult<Value>>

export interface CommandDeps {
  readonly em: EntityManager
  readonly now: () => Date
  readonly newId?: () => string
  /** Told after a commit: what follows from it need not wait for a timer. */
  readonly onCommitted: () => Promise<void>
}

export interface CommandRequest<Input> {
  readonly principal: Principal
  /** Of the caller's own making; what was carried out under it once is answered from then on, not done again. */
  readonly idempotencyKey: string
  /** Names the command; a key serves one command only. */
  readonly operation: string
  readonly input: Input
}

const keyPattern = /^[\x21-\x7e]{8,128}$/

/**
 * Carries a command out in one transaction, or not at all. The same key with the same input gives the same answer
 * without doing it again, also after a crash between the commit and the answer.
 *
 * @throws HubError `UNAUTHENTICATED`, `IDEMPOTENCY_KEY_REUSED`, `BAD_USER_INPUT` for a key that is none.
 */
export async function runCommand<Input extends object, Value>(
  deps: CommandDeps,
  request: CommandRequest<Input>,
  command: Command<Input, Value>,
): Promise<CommandResult<Value>> {
  const actor = requireActor(request.principal)
  if (!keyPattern.test(request.idempotencyKey)) {
    throw new HubError('BAD_USER_INPUT', {
      message: 'idempotencyKey has to be 8–128 printable ASCII characters without spaces',
    })
  }
  try {
    const value = await deps.em.fork().transactional(async (em) => {
      const notes: Notes = { events: [], entries: [] }
      const unit = openUnit(em, actor, {
        now: deps.now(),
        notes,
        ...(deps.newId && { newId: deps.newId }),
      })
      const claim = {
        actor: actor.subjectId,
        key: request.idempotencyKey,
        operation: request.operation,
        inputDigest: digestOf(request.input),
        at: unit.now,
      }
      const earlier = await claimIdempotencyKey(em, claim)
      if (earlier !== null) return earlier.answer as Value
      const result = await command(unit, request.input)
      // Rolls the key back as well: a corrected input may use it again.
      if (!result.isDone) throw new Refusal(result.faults)
      await keepAnswer(em, claim, result.value)
      await writeNotes(em, notes)
      return result.value
    })
    await deps.onCommitted()
    return { isDone: true, value }
  } catch (error) {
    if (error instanceof Refusal) return { isDone: false, faults: error.faults }
    throw error
  }
}

/** Carries faults out of the transaction; that it is thrown is what rolls back. */
class Refusal extends Error {
  constructor(readonly faults: readonly Fault[]) {
    super('refused')
  }
}

/** The same for the same input, whatever the order of its fields. */
function digestOf(input: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(input)))
    .digest('base64url')
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined && each !== null)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, each]) => [key, sortKeys(each)]),
  )
}
