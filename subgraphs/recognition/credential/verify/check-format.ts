import { vcContextUrl } from '../issue/build-vc.js'
import { checkAnnexElements } from './annex-elements.js'
import { checkBadgeShape } from './badge-shape.js'
import { checkElmProfile } from './elm-profile.js'
import type { GraphCheck } from './graph/create-graph-check.js'
import type { ParsedCredential } from './parsed-credential.js'
import { type Check, type CheckPart, type CheckReason, combineParts } from './report.js'
import { holds, isJsonObject, type JsonObject, toList } from './strict-decoding.js'

export interface FormatDeps {
  /** Checks what a European credential says as a graph: JSON-LD, and SHACL where the Commission's shapes are at hand. */
  readonly checkGraph: GraphCheck
}

/** Checks form and completeness: syntax, JSON-LD, profile, SHACL shapes, Annex I. Only a graph has to be waited for. */
export function checkFormat(
  credential: ParsedCredential,
  deps: FormatDeps,
): Check | Promise<Check> {
  const { format, document } = credential
  return format === 'elm+jades' || format === 'elm'
    ? deps.checkGraph(document).then((graph) => checkForm(credential, graph))
    : checkForm(credential, [])
}

function checkForm(credential: ParsedCredential, graph: readonly CheckPart[]): Check {
  const parts: CheckPart[] = [syntaxPart(credential.faults)]
  switch (credential.format) {
    case 'elm+jades':
    case 'elm':
      parts.push(checkElmProfile(credential.document), ...graph)
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
  if (!holds(document.type, 'VerifiableCredential')) {
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
