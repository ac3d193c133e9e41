import { grafbaseRows } from './grafbase-rows.js'
import { hubRows } from './hub-rows.js'
import { nodeHttpRow } from './node-http-row.js'
import { nodePeerRows } from './node-peer-rows.js'
import type { Row } from './row.js'

/** Every row there is, in the order of the table. */
export const allRows: readonly Row[] = [...hubRows, ...nodePeerRows, ...grafbaseRows, nodeHttpRow]
