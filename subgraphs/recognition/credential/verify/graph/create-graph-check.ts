import type { OfflineContexts } from '../../json-ld/offline-contexts.js'
import { toQuads } from '../../json-ld/to-quads.js'
import type { CheckPart, CheckReason } from '../report.js'
import type { ElmShapes } from '../shacl-shapes.js'
import { isJsonObject, type JsonObject, textOf, toList } from '../strict-decoding.js'

/** Reads a document as a graph and checks it against its profiles: the parts JSON_LD and SHACL. */
export type GraphCheck = (document: JsonObject) => Promise<readonly CheckPart[]>

export interface GraphDeps {
  readonly contexts: OfflineContexts
  /** Null where the Commission's shapes are not at hand: the part SHACL is left out, and says so. */
  readonly shapes: ElmShapes | null
}

/**
 * A check that runs in this thread. How long it takes is the document's choice: where others wait for this thread, use
 * `startGraphThreads`.
 */
export function createGraphCheck(deps: GraphDeps): GraphCheck {
  return (document) => checkGraph(document, deps)
}

async function checkGraph(
  document: JsonObject,
  { contexts, shapes }: GraphDeps,
): Promise<readonly CheckPart[]> {
  const result = await toQuads(document, contexts)
  if (!result.ok) {
    // Without the Commission's context, a term we do not emit is a gap of ours and no fault of the document's.
    const isOurGap = result.code === 'UNKNOWN_TERM' && shapes === null
    const message = isOurGap
      ? `A term is not in the context at hand (${result.detail}).`
      : `It cannot be read as JSON-LD (${result.detail}).`
    const reasons = [{ code: result.code, message }]
    const status = isOurGap ? ('neutral' as const) : ('fail' as const)
    return [{ name: 'JSON_LD', status, reasons }, ...(shapes === null ? [shapesAbsent] : [])]
  }
  const read: CheckPart = {
    name: 'JSON_LD',
    status: 'pass',
    reasons: [{ code: 'JSON_LD_VALID', message: 'Every term has a meaning.' }],
  }
  return [read, shapes === null ? shapesAbsent : await checkShapes(document, result.quads, shapes)]
}

const shapesAbsent: CheckPart = {
  name: 'SHACL',
  status: 'unknown',
  reasons: [
    {
      code: 'SHAPES_ABSENT',
      message:
        'The European SHACL shapes are not at hand (HUB_ELM_SHAPES); mandatory properties were checked without them.',
    },
  ],
}

async function checkShapes(
  document: JsonObject,
  quads: Parameters<ElmShapes['check']>[1],
  shapes: ElmShapes,
): Promise<CheckPart> {
  const named = toList(document.credentialSchema).map(
    (schema) => (isJsonObject(schema) && textOf(schema.id)) || '',
  )
  const known = [...new Set(named)].filter((id) => shapes.profiles.has(id))
  if (known.length === 0) {
    const message = 'It names no profile whose shapes are at hand.'
    return { name: 'SHACL', status: 'unknown', reasons: [{ code: 'PROFILE_UNKNOWN', message }] }
  }
  const faults = await shapes.check(known, quads)
  const reasons: CheckReason[] = faults.map(({ message, property }) => ({
    code: 'SHAPE_VIOLATED',
    message,
    ...(property && { property }),
  }))
  if (reasons.length > 0) return { name: 'SHACL', status: 'fail', reasons: reasons.slice(0, 20) }
  const message = `It conforms to ${known.map((id) => id.slice(id.lastIndexOf('/') + 1)).join(', ')}.`
  return { name: 'SHACL', status: 'pass', reasons: [{ code: 'SHAPES_CONFORM', message }] }
}
