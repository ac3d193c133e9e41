import { grafbaseRows } from './grafbase-rows.js'
import { hubRows, hubVariantRows } from './hub-rows.js'
import { nodeHttpRow } from './node-http-row.js'
import { nodePeerRows } from './node-peer-rows.js'
import type { Row } from './row.js'

/** The rows of the table, in its order. */
export const ordinaryRows: readonly Row[] = [
  ...hubRows,
  ...nodePeerRows,
  ...grafbaseRows,
  nodeHttpRow,
]

/** Every row there is: those, and variants for whoever asks. */
export const allRows: readonly Row[] = [...ordinaryRows, ...hubVariantRows]
