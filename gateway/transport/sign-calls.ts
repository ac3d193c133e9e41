import {
  createRequestSigner,
  deriveRequestKeys,
  type RequestKey,
} from '../../infra/runtime/index.js'
import { anonymousPrincipal, printPrincipal } from '../../schema/index.js'
import type { RequestContext } from '../engine/request-context.js'

/** Proves calls to one subgraph to be the gateway's, and tells it who asks. */
export interface CallSigner {
  /** Who asks, as this subgraph will see it. Two calls that differ in it may have different answers. */
  printCaller(context: Pick<RequestContext, 'principal'>): string
  /** The headers of one attempt; each works once. */
  sign(call: {
    readonly target: string
    readonly body: string
    readonly caller: string
  }): Readonly<Record<string, string>>
}

export interface CallSignerOptions {
  /** The gateway's root keys; the first one signs. */
  readonly rootKeys: readonly RequestKey[]
  /** Name of the subgraph, or slug of the member: its keys are its own. */
  readonly subgraph: string
  /** Whether it may know who asks. Members may not: they serve public data, and need not learn who reads it. */
  readonly isPersonal: boolean
}

export function createCallSigner(options: CallSignerOptions): CallSigner {
  const sign = createRequestSigner(deriveRequestKeys(options.rootKeys, options.subgraph))
  const anonymous = printPrincipal(anonymousPrincipal)
  return {
    printCaller: options.isPersonal
      ? ({ principal }) => printPrincipal(principal)
      : () => anonymous,
    sign: ({ target, body, caller }) => sign({ method: 'POST', target, body, principal: caller }),
  }
}
