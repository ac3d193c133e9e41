/** A part of the hub's address space that a subgraph answers itself, because what stands there is no GraphQL. */
export interface DocumentRoute {
  /** Starts with a slash and has one segment; everything below it belongs to the subgraph. */
  readonly prefix: string
  /** Name of the subgraph in the supergraph. */
  readonly subgraph: string
  /**
   * Whose token an `Authorization` header carries there: the hub's own, which the gateway checks and keeps, or one that
   * only the subgraph can read, because its protocol has it issue tokens itself.
   */
  readonly authorization: 'hub' | 'subgraph'
}

/** Documents, pages and protocols of subgraphs that the gateway offers under its own address. */
export const documentRoutes: readonly DocumentRoute[] = [
  { prefix: '/credentials', subgraph: 'recognition', authorization: 'hub' },
  { prefix: '/passport', subgraph: 'recognition', authorization: 'hub' },
  { prefix: '/statistics', subgraph: 'recognition', authorization: 'hub' },
  // OpenID4VCI: wallets come with tokens of the credential issuer.
  { prefix: '/wallet', subgraph: 'recognition', authorization: 'subgraph' },
  { prefix: '/.well-known', subgraph: 'recognition', authorization: 'hub' },
]
