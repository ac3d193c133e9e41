import type { CheckPart, CheckReason } from './report.js'
import { isJsonObject, type JsonObject, textOf, toList } from './strict-decoding.js'

type Demands = Readonly<Record<string, Readonly<Record<string, '1' | '+'>>>>

/** Mandatory properties by class, in the words of the JSON-LD context; `1`: exactly one, `+`: at least one. */
const mandatory: Demands = {
  Accreditation: { dcType: '1', title: '+', accreditingAgent: '1' },
  Address: { countryCode: '1' },
  AwardingProcess: { awardingBody: '+' },
  CreditPoint: { framework: '1', point: '1' },
  DisplayDetail: { image: '1', page: '1' },
  DisplayParameter: { title: '+', language: '+', primaryLanguage: '1', individualDisplay: '+' },
  EuropeanDigitalCredential: {
    credentialProfiles: '+',
    displayParameter: '1',
    issuer: '1',
    credentialSubject: '1',
    issued: '1',
    validFrom: '1',
    credentialSchema: '+',
  },
  Evidence: { dcType: '1' },
  GradingScheme: { title: '+' },
  Identifier: { notation: '1' },
  IndividualDisplay: { language: '1', displayDetail: '+' },
  LearningAchievement: { title: '+', awardedBy: '1' },
  LearningAchievementSpecification: { title: '+' },
  LearningActivity: { title: '+', awardedBy: '1' },
  LearningActivitySpecification: { title: '+' },
  LearningAssessment: { title: '+', grade: '1', awardedBy: '1' },
  LearningAssessmentSpecification: { title: '+' },
  LearningEntitlement: { title: '+', awardedBy: '1' },
  LearningOutcome: { title: '+' },
  LegalIdentifier: { notation: '1', spatial: '1' },
  Location: { address: '+' },
  MediaObject: { content: '1', contentEncoding: '1', contentType: '1' },
  Note: { noteLiteral: '+' },
  Organisation: { legalName: '+', location: '+' },
  Person: { hasClaim: '+' },
  Qualification: { title: '+' },
  ResultCategory: { label: '1', count: '1' },
  ShortenedGrading: { percentageLower: '1', percentageEqual: '1', percentageHigher: '1' },
  WebResource: { contentURL: '1' },
}

/** What further profiles, by the identifier in `credentialSchema`, demand of a class. */
const profileDemands: Readonly<Record<string, Demands>> = {
  'http://data.europa.eu/snb/model/ap/edc-issued-by-mandate': {
    EuropeanDigitalCredential: { evidence: '+' },
    Evidence: { evidenceStatement: '1' },
  },
  'http://data.europa.eu/snb/model/ap/edc-accredited': {
    EuropeanDigitalCredential: { evidence: '+' },
    Evidence: { accreditation: '1' },
  },
}

const maxFaults = 20

/**
 * Checks the mandatory properties of the European Digital Credential profiles in the JSON tree. It needs no shapes and
 * sees what SHACL cannot: RDF merges nodes of one id, so a property missing here may be supplied by a copy there.
 *
 * @see European Learning Model v3, EDC application profile 1.1.0, cardinalities of 2023-06-05.
 */
export function checkElmProfile(document: JsonObject): CheckPart {
  const faults = [...missingProperties(document), ...missingEidas(document)].slice(0, maxFaults)
  if (faults.length > 0) return { name: 'PROFILE', status: 'fail', reasons: faults }
  const message = 'It has every mandatory property of its European profile.'
  return { name: 'PROFILE', status: 'pass', reasons: [{ code: 'PROFILE_COMPLETE', message }] }
}

function missingProperties(document: JsonObject): readonly CheckReason[] {
  const demands: readonly Demands[] = [
    mandatory,
    ...toList(document.credentialSchema).flatMap((schema) => {
      const demand = isJsonObject(schema) ? ownEntry(profileDemands, schema.id) : undefined
      return demand === undefined ? [] : [demand]
    }),
  ]
  const faults: CheckReason[] = []
  const described = collectDescribed(document)
  const queue: { readonly node: JsonObject; readonly path: string }[] = [
    { node: document, path: '' },
  ]
  for (
    let item = queue.pop();
    item !== undefined && faults.length < maxFaults;
    item = queue.pop()
  ) {
    const { node, path } = item
    for (const [key, value] of Object.entries(node)) {
      for (const child of toList(value)) {
        if (isJsonObject(child))
          queue.push({ node: child, path: path === '' ? key : `${path}.${key}` })
      }
    }
    // A node that is only named here may be described elsewhere in the document.
    if (isReference(node) && described.has(textOf(node.id) ?? '')) continue
    for (const type of toList(node.type)) {
      for (const demand of demands) {
        for (const [property, count] of Object.entries(ownEntry(demand, type) ?? {})) {
          const fault = countFault(node, property, count, path)
          if (fault !== null) faults.push(fault)
        }
      }
    }
  }
  return faults
}

function countFault(
  node: JsonObject,
  property: string,
  count: '1' | '+',
  path: string,
): CheckReason | null {
  const found = toList(node[property]).filter((value) => value !== '').length
  const at = path === '' ? property : `${path}.${property}`
  if (found === 0) {
    return { code: 'PROPERTY_MISSING', message: 'This property is mandatory.', property: at }
  }
  if (count === '1' && found > 1) {
    return { code: 'PROPERTY_TWICE', message: 'There may be only one.', property: at }
  }
  return null
}

function missingEidas({ issuer }: JsonObject): readonly CheckReason[] {
  if (!isJsonObject(issuer) || toList(issuer.eIDASIdentifier).length === 1) return []
  const message = 'The issuer has exactly one legal identifier.'
  return [{ code: 'PROPERTY_MISSING', message, property: 'issuer.eIDASIdentifier' }]
}

/** A row of a table by a name from a document, which might be that of something every object has. */
function ownEntry<Row>(table: Readonly<Record<string, Row>>, name: unknown): Row | undefined {
  return typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined
}

/** Whether a node says no more than its id and type. */
function isReference(node: JsonObject): boolean {
  return 'id' in node && Object.keys(node).every((key) => key === 'id' || key === 'type')
}

function collectDescribed(document: JsonObject): ReadonlySet<string> {
  const ids = new Set<string>()
  const queue: unknown[] = [document]
  for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if (isJsonObject(value) && typeof value.id === 'string' && !isReference(value))
      ids.add(value.id)
    // One by one: a call with as many arguments as a hostile document has values overflows the stack.
    for (const child of Object.values(value)) if (child !== undefined) queue.push(child)
  }
  return ids
}
