import { parentPort, workerData } from 'node:worker_threads'
import { buildOfflineContexts } from '../../../json-ld/offline-contexts.js'
import { loadElmShapes } from '../../shacl-shapes.js'
import type { JsonObject } from '../../strict-decoding.js'
import { createGraphCheck } from '../create-graph-check.js'

const { shapesDirectory } = workerData as { readonly shapesDirectory: string | null }
const shapes = shapesDirectory === null ? null : await loadElmShapes(shapesDirectory)
// Validators are built when first asked, which must not count against the first document's deadline.
for (const validate of shapes?.validators.values() ?? []) await validate([])
const check = createGraphCheck({ contexts: buildOfflineContexts(shapes?.context), shapes })

parentPort?.on('message', (document: JsonObject) => {
  void check(document).then((parts) => parentPort?.postMessage(parts))
})
parentPort?.postMessage('ready')
