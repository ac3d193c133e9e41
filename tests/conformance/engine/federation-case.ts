import type { Principal } from '../../../schema/index.js'
/** One graph with operations on it: a folder of `tests/fixtures/federation/`, in its `case.ts`. */
export interface FederationCase {
  /** What the case is about, as a sentence part: `joins an entity over its key`. */
  readonly title: string
  readonly subgraphs: Readonly<Record<string, CaseSubgraph>>
  readonly operations: readonly CaseOperation[]
  readonly refusals?: readonly CaseRefusal[]
  /** Lines that the supergraph carries, whether or not the gateway acts on them. */
  readonly carried?: readonly string[]
  /** Why Apollo Gateway does not load the supergraph, and a part of its message. */
  readonly apolloRefuses?: { readonly why: string; readonly message: string }
  /** A ready-made supergraph, for what our composer refuses; `http://<subgraph>.test/` stands for each one's URL. */
  readonly supergraphSdl?: string
}

/** A subgraph; the harness adds the `@link` to Federation 2 with all its directives. */
export interface CaseSubgraph {
  readonly typeDefs: string
  /** Resolvers for `buildSubgraphSchema`; plain data needs none but `Query` and `__resolveReference`. */
  readonly resolvers: Readonly<Record<string, unknown>>
  /** Nobody listens at its URL. */
  readonly isDown?: boolean
  /** Replaces an answer on its way out: broken servers. */
  readonly respond?: (answer: unknown) => CaseResponse
}

export interface CaseResponse {
  readonly status: number
  readonly body: string
}

export interface CaseOperation {
  /** Who asks; nobody unless said. Peers enforce no access rules here. */
  readonly principal?: Principal
  /** What is asked, as a sentence part. */
  readonly title: string
  readonly query: string
  readonly operationName?: string
  readonly variables?: Readonly<Record<string, unknown>>
  readonly data: Readonly<Record<string, unknown>> | null
  /** In any order. Default: none. */
  readonly errors?: readonly ExpectedError[]
  /** Requests each subgraph gets; a subgraph left out is not checked. */
  readonly requests?: Readonly<Record<string, number>>
  /** Progressive overrides in force; default none. Labels by name, `percent(n)` when n is greater than `percentage`. */
  readonly overrides?: { readonly labels?: readonly string[]; readonly percentage?: number }
  /** Why Hive Gateway answers otherwise; without it, its data must be the same. */
  readonly hiveDiffers?: string
  /** The same for Apollo Gateway. */
  readonly apolloDiffers?: string
}

/** A document clients must not send; validation against the API schema refuses it. */
export interface CaseRefusal {
  readonly query: string
  /** A part of the message. */
  readonly message: string
}

export interface ExpectedError {
  readonly path?: readonly (string | number)[]
  readonly code: string
  readonly subgraph?: string
  /** A part of the message. */
  readonly message?: string
}

/** What the engine is to be told; `percentage` 100 reaches no `percent(n)`. */
export function toOverrideChoice(overrides: CaseOperation['overrides']) {
  return { labels: new Set(overrides?.labels), percentage: overrides?.percentage ?? 100 }
}
