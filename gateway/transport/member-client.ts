import type { RegisteredMember } from '../../schema/index.js'
import {
  createLayeredClient,
  type LayeredClient,
  type LayeredClientOptions,
} from './layered-client.js'

/** One member's subgraph: the port, a way around the circuit breaker for checks, and an end. */
export type MemberClient = LayeredClient

export type MemberClientOptions = Omit<
  LayeredClientOptions,
  'name' | 'member' | 'url' | 'dispatcher'
>

/** The client of one registered member, with a circuit breaker and a retry budget of its own. */
export function createMemberClient(
  member: RegisteredMember,
  options: MemberClientOptions,
): MemberClient {
  return createLayeredClient({
    ...options,
    name: 'catalogue',
    member: member.slug,
    url: member.endpoint,
  })
}
