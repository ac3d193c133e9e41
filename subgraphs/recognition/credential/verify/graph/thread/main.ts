import { parentPort, workerData } from 'node:worker_threads'
import { applicationProfiles } from '../../../issue/elm/build-european-credential.js'
import { buildOfflineContexts } from '../../../json-ld/offline-contexts.js'
import { loadElmShapes } from '../../shacl-shapes.js'
import type { JsonObject } from '../../strict-decoding.js'
import { createGraphCheck } from '../create-graph-check.js'

const { shapesDirectory } = workerData as { readonly shapesDirectory: string | null }
const shapes = shapesDirectory === null ? null : await loadElmShapes(shapesDirectory)
// Validators are built when first asked, which must not count against a document's deadline: those of our own credentials
// are built now.
const { generic, mandate, accredited } = applicationProfiles
await shapes?.check([generic, mandate], [])
await shapes?.check([generic, mandate, accredited], [])
const check = createGraphCheck({ contexts: buildOfflineContexts(shapes?.context), shapes })

parentPort?.on('message', (document: JsonObject) => {
  void check(document).then((parts) => parentPort?.postMessage(parts))
})
parentPort?.postMessage('ready')
