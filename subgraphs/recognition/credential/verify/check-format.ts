import { vcContextUrl } from '../issue/build-vc.js'
import type { OfflineContexts } from '../json-ld/offline-contexts.js'
import { toQuads } from '../json-ld/to-quads.js'
import { checkAnnexElements } from './annex-elements.js'
import { checkBadgeShape } from './badge-shape.js'
import { checkElmProfile } from './elm-profile.js'
import type { ParsedCredential } from './parsed-credential.js'
import { type Check, type CheckPart, type CheckReason, combineParts } from './report.js'
import type { ElmShapes } from './shacl-shapes.js'
import { isJsonObject, type JsonObject, textOf, toList } from './strict-decoding.js'

export interface FormatDeps {
  readonly contexts: OfflineContexts
  /** Null where the Commission's shapes are not at hand: the part SHACL is left out, and says so. */
  readonly shapes: ElmShapes | null
}

/** Checks form and completeness: syntax, JSON-LD, profile, SHACL shapes, Annex I. */
export async function checkFormat(credential: ParsedCredential, deps: FormatDeps): Promise<Check> {
  const parts: CheckPart[] = [syntaxPart(credential.faults)]
  switch (credential.format) {
    case 'elm+jades':
    case 'elm':
      parts.push(checkElmProfile(credential.document), ...(await checkGraph(credential, deps)))
      break
    case 'openbadge+jwt':
      parts.push(checkVcShape(credential.document), checkBadgeShape(credential.document))
      break
    case 'vc+jwt':
    case 'vc':
      parts.push(checkVcShape(credential.document))
      break
    case 'dc+sd-jwt':
      parts.push(checkSdJwtShape(credential.document))
      break
  }
  parts.push(checkAnnexElements(credential))
  return combineFormat(parts)
}

/** Shapes that are not at hand do not stand in the way: the profile was checked without them, and the report says so. */
function combineFormat(parts: readonly CheckPart[]): Check {
  const check = combineParts('FORMAT', parts)
  if (check.status !== 'unknown') return check
  const others = parts.filter((part) => part.name !== 'SHACL')
  return { ...check, status: combineParts('FORMAT', others).status }
}

function syntaxPart(faults: readonly CheckReason[]): CheckPart {
  if (faults.length > 0) return { name: 'SYNTAX', status: 'fail', reasons: faults }
  const reasons = [{ code: 'SYNTAX_VALID', message: 'It is well formed.' }]
  return { name: 'SYNTAX', status: 'pass', reasons }
}

async function checkGraph(
  { document }: ParsedCredential,
  { contexts, shapes }: FormatDeps,
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
  quads: Parameters<NonNullable<ReturnType<ElmShapes['validators']['get']>>>[0],
  shapes: ElmShapes,
): Promise<CheckPart> {
  const named = toList(document.credentialSchema).map(
    (schema) => (isJsonObject(schema) && textOf(schema.id)) || '',
  )
  const known = [...new Set(named)].filter((id) => shapes.validators.has(id))
  if (known.length === 0) {
    const message = 'It names no profile whose shapes are at hand.'
    return { name: 'SHACL', status: 'unknown', reasons: [{ code: 'PROFILE_UNKNOWN', message }] }
  }
  const reasons: CheckReason[] = []
  for (const profile of known) {
    for (const fault of (await shapes.validators.get(profile)?.(quads)) ?? []) {
      const code = 'SHAPE_VIOLATED'
      reasons.push({
        code,
        message: fault.message,
        ...(fault.property && { property: fault.property }),
      })
    }
  }
  if (reasons.length > 0) return { name: 'SHACL', status: 'fail', reasons: reasons.slice(0, 20) }
  const message = `It conforms to ${known.map((id) => id.slice(id.lastIndexOf('/') + 1)).join(', ')}.`
  return { name: 'SHACL', status: 'pass', reasons: [{ code: 'SHAPES_CONFORM', message }] }
}

/** The demands of VCDM 2.0 on every credential: context, type, issuer, subject, no leftovers of 1.1. */
function checkVcShape(document: JsonObject): CheckPart {
  const missing = (property: string, message: string): CheckReason => ({
    code: 'PROPERTY_MISSING',
    message,
    property,
  })
  const reasons: CheckReason[] = []
  const [first] = toList(document['@context'])
  const isOlder = first === 'https://www.w3.org/2018/credentials/v1'
  if (first !== vcContextUrl && !isOlder) {
    reasons.push(missing('@context', 'The first context is not that of verifiable credentials.'))
  }
  if (!toList(document.type).includes('VerifiableCredential')) {
    reasons.push(missing('type', 'The type VerifiableCredential is missing.'))
  }
  const issuer = isJsonObject(document.issuer) ? document.issuer.id : document.issuer
  if (typeof issuer !== 'string') reasons.push(missing('issuer', 'It has no issuer.'))
  const subjects = toList(document.credentialSubject)
  if (subjects.length === 0 || !subjects.every(isJsonObject)) {
    reasons.push(missing('credentialSubject', 'It says nothing about anybody.'))
  }
  if (!isOlder && 'issuanceDate' in document) {
    const message = 'Version 2.0 has validFrom instead.'
    reasons.push({ code: 'PROPERTY_FORBIDDEN', message, property: 'issuanceDate' })
  }
  return shapePart('DATA_MODEL', reasons)
}

/** The claims every SD-JWT VC has. */
function checkSdJwtShape(document: JsonObject): CheckPart {
  const reasons = ['vct', 'iss']
    .filter((claim) => typeof document[claim] !== 'string')
    .map((property) => ({ code: 'PROPERTY_MISSING', message: 'The claim is missing.', property }))
  return shapePart('DATA_MODEL', reasons)
}

function shapePart(name: string, reasons: readonly CheckReason[]): CheckPart {
  if (reasons.length > 0) return { name, status: 'fail', reasons }
  const message = 'It has what its data model demands.'
  return { name, status: 'pass', reasons: [{ code: 'DATA_MODEL_VALID', message }] }
}
