import {
  type Callers,
  createRootKey,
  deriveRequestKeys,
  type RequestKey,
  toKeyRing,
} from '../../infra/runtime/index.js'

/** Root keys of this test process. */
export const testSigningKeys: readonly RequestKey[] = [createRootKey()]

/** For a subgraph under test: it answers whoever signs with `testSigningKeys`. */
export function testCallers(subgraph: string): Callers {
  return { kind: 'gateway', keys: toKeyRing(deriveRequestKeys(testSigningKeys, subgraph)) }
}
