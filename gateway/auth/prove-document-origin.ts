import {
  createRequestSigner,
  deriveRequestKeys,
  type RequestKey,
} from '../../infra/runtime/index.js'
import { printPrincipal } from '../../schema/index.js'
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
}): DocumentRouteOptions['proveOrigin'] {
  const { signingKeys, authenticate } = options
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
    }
    if (signingKeys === undefined) return {}
    const sign = signerOf(route.subgraph, signingKeys)
    return sign({ method, target, body: body ?? '', principal: printPrincipal(hub.principal) })
  }
}
