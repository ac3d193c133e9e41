import type { PinnedPlace, RunningGateway } from '../../process/start-pinned.js'

/** What a row needs to start its gateway; the directory is its own and is removed afterwards. */
export interface RowSetting extends PinnedPlace {
  readonly supergraphFile: string
  /** URLs of the subgraphs by name. */
  readonly subgraphUrls: ReadonlyMap<string, string>
  /** Where the peers' package.json is. */
  readonly peersDirectory: string
  /** What each request body is answered with, for the row that only sends. */
  readonly expected: ReadonlyMap<string, string>
}

/** One line of the table. */
export interface Row {
  readonly name: string
  readonly title: string
  /** Whether it is one of the packages of `peers/package.json`. */
  readonly isPeer: boolean
  start(setting: RowSetting): Promise<RunningGateway>
}
