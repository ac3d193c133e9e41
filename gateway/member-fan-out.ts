import type { Logger, RequestKey } from '../infra/runtime/index.js'
import type { MemberRegister } from '../schema/index.js'
import type { GatewayConfig } from './config.js'
import type { SubgraphClient } from './engine/subgraph-client.js'
import type { AnswerMemo } from './fanout/answer-memo.js'
import { createFanOutClient } from './fanout/fan-out-client.js'
import { createWidthFinder } from './fanout/find-width.js'
import type { CreateMemberAsker } from './fanout/member-asker.js'
import type { WidthFinder } from './limits/compile-cost.js'
import { createMemberDirectory, type MemberDirectory } from './registry/member-directory.js'
import { createAddressGuard } from './transport/address-guard.js'
import { createMemberClient } from './transport/member-client.js'
import { createRequestPrinter } from './transport/print-request-body.js'
import { createCallSigner } from './transport/sign-calls.js'

/** Name of the logical subgraph behind which the members stand. */
export const catalogueSubgraph = 'catalogue'

/** The members as one subgraph. */
export interface MemberFanOut {
  readonly client: SubgraphClient
  readonly directory: MemberDirectory
  /** How many members a root field asks. */
  readonly findWidth: WidthFinder
}

export interface MemberFanOutOptions {
  readonly config: GatewayConfig
  readonly register: MemberRegister
  readonly catalogueSdl: string
  /** Root keys; without any, calls are not signed. */
  readonly signingKeys?: readonly RequestKey[] | undefined
  /** Keeps members' answers; absent: every answer is fetched. */
  readonly createAsker?: CreateMemberAsker
  /** Remembers merged answers; see `AnswerMemo`. */
  readonly memo?: AnswerMemo
  readonly log: Logger
}

/** Wires directory, member clients and fan-out. Members are asked only after `directory.start()`. */
export function createMemberFanOut(options: MemberFanOutOptions): MemberFanOut {
  const { config, register, catalogueSdl, signingKeys, log } = options
  const callBudget = {
    concurrency: config.limits.memberConcurrency,
    callsPerSecond: config.limits.memberCallsPerSecond,
  }
  // In development members run on this machine.
  const addressGuard =
    config.mode === 'production' ? createAddressGuard(config.limits.memberNetworks) : undefined
  // One for all: most members are asked the same.
  const print = createRequestPrinter()
  const directory = createMemberDirectory({
    register,
    catalogueSdl,
    createMemberClient: (member) =>
      createMemberClient(member, {
        maximumBodyBytes: config.answerLimitBytes,
        timeoutMs: config.memberTimeoutMs,
        isCoalescing: config.isCoalescingEnabled,
        print,
        callBudget,
        ...(addressGuard && { addressGuard }),
        hasOwnSockets: config.hasOwnSockets,
        ...(signingKeys && {
          signer: createCallSigner({
            rootKeys: signingKeys,
            subgraph: member.slug,
            isPersonal: false,
          }),
        }),
        log,
      }),
    log,
  })
  const client = createFanOutClient({
    catalogueSdl,
    directory,
    memberTimeoutMs: config.memberTimeoutMs,
    ...(options.createAsker && { createAsker: options.createAsker }),
    ...(options.memo && { memo: options.memo }),
    log,
  })
  return {
    client,
    directory,
    findWidth: createWidthFinder(catalogueSdl, directory),
  }
}
