import {
  createRequestSigner,
  deriveRequestKeys,
  type RequestKey,
} from '../../infra/runtime/index.js'
import { printPrincipal } from '../../schema/index.js'
import type { AuditNote } from '../audit/audit-entry.js'
import type { DocumentRouteOptions } from '../http/document-route.js'
import type { Authenticator } from './authenticator.js'

/**
 * Signs forwarded requests for their subgraph, with who asks. Where the subgraph looks after its own tokens (those of
 * its protocols, not the hub's), it is told of nobody.
 *
 * @throws HubError `TOKEN_INVALID` or `ISSUER_UNAVAILABLE` for a token the hub itself should know.
 */
export function createDocumentProof(options: {
  readonly signingKeys: readonly RequestKey[] | undefined
  readonly authenticate: Authenticator | undefined
  /** Told what a known caller asks for. */
  readonly record?: ((note: AuditNote) => void) | undefined
}): DocumentRouteOptions['proveOrigin'] {
  const { signingKeys, authenticate, record } = options
  const signers = new Map<string, ReturnType<typeof createRequestSigner>>()

  function signerOf(subgraph: string, roots: readonly RequestKey[]) {
    const signer = signers.get(subgraph) ?? createRequestSigner(deriveRequestKeys(roots, subgraph))
    signers.set(subgraph, signer)
    return signer
  }

  return async ({ hub, route, method, target, body, authorization }) => {
    const isOurs = route.authorization !== 'subgraph'
    if (isOurs && authenticate !== undefined && authorization !== undefined) {
      hub.identify(await authenticate(authorization))
      const { principal, requestId } = hub
      // The path may hold ids of people's documents; where it leads is enough.
      const action = `${method} ${route.prefix}`
      record?.({ principal, action, targets: [], outcome: 'allowed', requestId })
    }
    if (signingKeys === undefined) return {}
    const sign = signerOf(route.subgraph, signingKeys)
    return sign({ method, target, body: body ?? '', principal: printPrincipal(hub.principal) })
  }
}
