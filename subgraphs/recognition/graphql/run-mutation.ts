import type { CommandResult } from '../commands/fault.js'
import { type Command, runCommand } from '../commands/run-command.js'
import type { RequestContext } from './request-context.js'

/** Carries out what a mutation asks for, once for its idempotency key. */
export function runMutation<Input extends object, Value>(
  { commands, principal }: RequestContext,
  operation: string,
  { idempotencyKey, ...input }: Input & { readonly idempotencyKey: string },
  command: Command<Input, Value>,
): Promise<CommandResult<Value>> {
  const request = { principal, idempotencyKey, operation, input: input as unknown as Input }
  return runCommand(commands, request, command)
}
