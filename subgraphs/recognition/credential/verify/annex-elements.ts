import { microCredentialCategory } from '../issue/elm/build-achievement.js'
import type { ParsedCredential } from './parsed-credential.js'
import type { CheckPart, CheckReason } from './report.js'
import { isJsonObject, type JsonObject, textOf, toList } from './strict-decoding.js'

/** A mandatory element of Annex I of Council Recommendation 2022/C 243/02. */
interface AnnexElement {
  readonly number: number
  readonly label: string
  /** Paths that must all lead to something. */
  readonly paths: readonly string[]
}

// `[]` after a name: in at least one entry of the list (a single value counts as a list of one).
const europeanElements: readonly AnnexElement[] = [
  {
    number: 1,
    label: 'identification of the learner',
    paths: ['credentialSubject.familyName', 'credentialSubject.givenName'],
  },
  {
    number: 2,
    label: 'title of the micro-credential',
    paths: [
      'displayParameter.title',
      'credentialSubject.hasClaim.title',
      'credentialSubject.hasClaim.specifiedBy.title',
    ],
  },
  { number: 3, label: 'country of the issuer', paths: ['issuer.location.address.countryCode'] },
  {
    number: 4,
    label: 'awarding body',
    paths: ['credentialSubject.hasClaim.awardedBy.awardingBody.legalName'],
  },
  {
    number: 5,
    label: 'date of issuing',
    paths: ['issued', 'credentialSubject.hasClaim.awardedBy.awardingDate'],
  },
  {
    number: 6,
    label: 'learning outcomes',
    paths: ['credentialSubject.hasClaim.specifiedBy.learningOutcome.title'],
  },
  {
    number: 7,
    label: 'notional workload',
    paths: ['credentialSubject.hasClaim.specifiedBy.creditPoint.point'],
  },
  {
    number: 9,
    label: 'type of assessment',
    paths: ['credentialSubject.hasClaim.provenBy.specifiedBy.title'],
  },
  {
    number: 10,
    label: 'form of participation',
    paths: ['credentialSubject.hasClaim.specifiedBy.mode.id'],
  },
  {
    number: 11,
    label: 'type of quality assurance',
    paths: ['credentialSubject.hasClaim.specifiedBy.accreditation.dcType.id'],
  },
]

const claimElements: readonly AnnexElement[] = [
  { number: 2, label: 'title of the micro-credential', paths: ['title'] },
  { number: 3, label: 'country of the issuer', paths: ['issuerCountry'] },
  { number: 4, label: 'awarding body', paths: ['awardingBody.legalName'] },
  { number: 5, label: 'date of issuing', paths: ['awardedOn'] },
  { number: 6, label: 'learning outcomes', paths: ['learningOutcomes.title'] },
  { number: 7, label: 'notional workload', paths: ['notionalWorkload.ects'] },
  { number: 9, label: 'type of assessment', paths: ['typeOfAssessment.label'] },
  { number: 10, label: 'form of participation', paths: ['formOfParticipation.label'] },
  { number: 11, label: 'type of quality assurance', paths: ['qualityAssurance.label'] },
]

const learnerElement: AnnexElement = {
  number: 1,
  label: 'identification of the learner',
  paths: ['familyName', 'givenName'],
}

/**
 * Checks that a micro-credential has every mandatory element of Annex I, by path, in the JSON itself: in RDF a copy of
 * a node elsewhere would hide that it is missing here. Level (element 8) is mandatory only where a level applies, so its
 * absence is a remark. A credential that does not say it is a micro-credential is only told what one would need.
 */
export function checkAnnexElements(credential: ParsedCredential): CheckPart {
  const { missing, isMicroCredential, hasLevel } = inspect(credential)
  const name = 'ANNEX_I'
  if (missing.length > 0) {
    const [status, code] = isMicroCredential
      ? (['fail', 'ANNEX_ELEMENT_MISSING'] as const)
      : (['neutral', 'NOT_A_MICRO_CREDENTIAL'] as const)
    return { name, status, reasons: missing.map((entry) => toReason(entry, code)) }
  }
  const reasons: CheckReason[] = [
    { code: 'ANNEX_COMPLETE', message: 'It has every mandatory element of Annex I.' },
  ]
  if (!hasLevel) {
    const message = 'It states no level; Annex I asks for one where one applies.'
    reasons.push({ code: 'LEVEL_ABSENT', message })
  }
  return { name, status: 'pass', reasons }
}

interface Missing {
  readonly element: AnnexElement
  readonly path: string
}

function toReason({ element, path }: Missing, code: string): CheckReason {
  const message = `Annex I, element ${element.number} (${element.label}) is missing.`
  return { code, message, property: path }
}

function inspect({ format, document, disclosure }: ParsedCredential): {
  readonly missing: readonly Missing[]
  readonly isMicroCredential: boolean
  readonly hasLevel: boolean
} {
  if (format === 'elm' || format === 'elm+jades') {
    const level = 'credentialSubject.hasClaim.specifiedBy.eqfLevel'
    return {
      missing: missingFrom(document, europeanElements, ''),
      isMicroCredential: isEuropeanMicroCredential(document),
      hasLevel: has(document, level.split('.')),
    }
  }
  if (format === 'dc+sd-jwt') {
    // What the holder keeps back is not missing: it was signed, and is the holder's to show.
    const isWithheld = disclosure !== null && disclosure.withheld > 0
    const elements = isWithheld ? claimElements : [learnerElement, ...claimElements]
    return {
      missing: missingFrom(document, elements, ''),
      isMicroCredential: /micro-?credential/i.test(textOf(document.vct) ?? ''),
      hasLevel: has(document, ['level', 'eqf']),
    }
  }
  const subject = toList(document.credentialSubject).find(isJsonObject) ?? {}
  const claims = isJsonObject(subject.microCredential) ? subject.microCredential : null
  return {
    missing: [
      ...missingFrom(subject, [learnerElement], 'credentialSubject.'),
      ...missingFrom(claims ?? {}, claimElements, 'credentialSubject.microCredential.'),
    ],
    isMicroCredential:
      claims !== null || toList(document.type).includes('MicroCredentialCredential'),
    hasLevel: has(claims ?? {}, ['level', 'eqf']),
  }
}

function isEuropeanMicroCredential(document: JsonObject): boolean {
  const subject = isJsonObject(document.credentialSubject) ? document.credentialSubject : {}
  return toList(subject.hasClaim)
    .filter(isJsonObject)
    .flatMap((claim) => toList(claim.specifiedBy))
    .filter(isJsonObject)
    .flatMap(({ category }) => (isJsonObject(category) ? Object.values(category) : [category]))
    .some((word) => textOf(word)?.toLowerCase() === microCredentialCategory.toLowerCase())
}

function missingFrom(
  root: JsonObject,
  elements: readonly AnnexElement[],
  prefix: string,
): readonly Missing[] {
  const missing: Missing[] = []
  for (const element of elements) {
    for (const path of element.paths) {
      if (!has(root, segmentsOf(path))) missing.push({ element, path: `${prefix}${path}` })
    }
  }
  return missing
}

// The paths are the same for every document.
const knownSegments = new Map<string, readonly string[]>()

function segmentsOf(path: string): readonly string[] {
  const known = knownSegments.get(path)
  if (known !== undefined) return known
  const segments = path.split('.')
  knownSegments.set(path, segments)
  return segments
}

/** Whether the path leads to a value in every entry of every list on its way, and to none that is empty. */
function has(value: unknown, path: readonly string[], depth = 0): boolean {
  if (value === undefined || value === null) return false
  if (Array.isArray(value)) {
    for (const entry of value) {
      // A list in a list leads nowhere, and could nest deeper than the stack.
      if (Array.isArray(entry) || !has(entry, path, depth)) return false
    }
    return value.length > 0
  }
  const name = path[depth]
  if (name === undefined) return isFilled(value)
  return isJsonObject(value) && has(value[name], path, depth + 1)
}

function isFilled(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== ''
  if (!isJsonObject(value)) return true
  let isEmpty = true
  for (const name of Object.keys(value)) {
    if (value[name] === '') return false
    isEmpty = false
  }
  return !isEmpty
}
