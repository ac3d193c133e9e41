import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { type CommandResult, type Fault, faultCodes } from '../commands/fault.js'
import { toEnum } from './to-enum.js'

const UserErrorCodeEnum = toEnum(faultCodes)
registerEnumType(UserErrorCodeEnum, {
  name: 'UserErrorCode',
  description: 'Why a mutation was not carried out.',
})

/** See `Fault`. */
@ObjectType('UserError', { description: 'One thing that is wrong with the input of a mutation.' })
export class UserErrorType {
  @Field(() => UserErrorCodeEnum, { description: 'Stable code.' })
  readonly code!: Fault['code']

  @Field(() => [String], { description: 'Names of the input’s fields down to the faulty one.' })
  readonly path!: readonly string[]

  @Field(() => String, { description: 'The fault in English words.' })
  readonly message!: string
}

/** The payload of a mutation: what was made under `name`, or every fault. */
export function toPayload<Name extends string, Value>(
  name: Name,
  result: CommandResult<Value>,
): { readonly [Key in Name]: Value | null } & { readonly userErrors: readonly Fault[] } {
  const value = result.isDone ? result.value : null
  return {
    [name]: value,
    userErrors: result.isDone ? [] : result.faults,
  } as { readonly [Key in Name]: Value | null } & { readonly userErrors: readonly Fault[] }
}
