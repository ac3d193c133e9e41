import { pathToFileURL } from 'node:url'

/** Threads of tests: compiled, as the tests themselves are not, and with time enough on a busy machine. */
export const testGraphThreads = {
  module: pathToFileURL('.build/subgraphs/recognition/credential/verify/graph/thread/main.js'),
  deadlineMs: 20_000,
}
