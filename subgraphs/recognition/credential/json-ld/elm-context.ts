const prefixes = {
  cred: 'https://www.w3.org/2018/credentials#',
  elm: 'http://data.europa.eu/snb/model/elm/',
  adms: 'http://www.w3.org/ns/adms#',
  dc: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  rov: 'http://www.w3.org/ns/regorg#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

const elmClasses = [
  'Accreditation',
  'Address',
  'AwardingProcess',
  'CreditPoint',
  'DisplayDetail',
  'DisplayParameter',
  'EuropeanDigitalCredential',
  'Evidence',
  'GradingScheme',
  'Identifier',
  'IndividualDisplay',
  'LearningAchievement',
  'LearningAssessment',
  'LearningAssessmentSpecification',
  'LearningOutcome',
  'LegalIdentifier',
  'MediaObject',
  'Note',
  'Organisation',
  'Person',
  'Qualification',
  'ShaclValidator2017',
  'WebResource',
] as const

const links: Readonly<Record<string, string>> = {
  accreditation: 'elm:accreditation',
  accreditingAgent: 'elm:accreditingAgent',
  additionalNote: 'elm:additionalNote',
  address: 'elm:address',
  awardedBy: 'elm:awardedBy',
  awardingBody: 'elm:awardingBody',
  contentEncoding: 'elm:contentEncoding',
  contentType: 'elm:contentType',
  countryCode: 'elm:countryCode',
  credentialProfiles: 'elm:credentialProfiles',
  creditPoint: 'elm:creditPoint',
  creditReceived: 'elm:creditReceived',
  dcType: 'dc:type',
  displayDetail: 'elm:displayDetail',
  displayParameter: 'elm:displayParameter',
  eIDASIdentifier: 'elm:eidasLegalIdentifier',
  entryRequirement: 'elm:entryRequirement',
  eqfLevel: 'elm:EQFLevel',
  framework: 'elm:framework',
  grade: 'elm:grade',
  gradingScheme: 'elm:gradingScheme',
  hasClaim: 'elm:hasClaim',
  homepage: 'foaf:homepage',
  identifier: 'adms:identifier',
  image: 'elm:image',
  inScheme: 'skos:inScheme',
  individualDisplay: 'elm:individualDisplay',
  isPartOf: 'elm:isPartOf',
  language: 'dc:language',
  learningOutcome: 'elm:learningOutcome',
  learningSetting: 'elm:learningSetting',
  location: 'elm:location',
  mode: 'elm:mode',
  nqfLevel: 'elm:NQFLevel',
  primaryLanguage: 'elm:primaryLanguage',
  provenBy: 'elm:provenBy',
  relatedESCOSkill: 'elm:relatedESCOSkill',
  spatial: 'dc:spatial',
  specifiedBy: 'elm:specifiedBy',
  thematicArea: 'elm:ISCEDFCode',
}

const texts: Readonly<Record<string, string>> = {
  category: 'elm:category',
  description: 'dc:description',
  familyName: 'foaf:familyName',
  fullName: 'foaf:fullName',
  givenName: 'foaf:givenName',
  legalName: 'rov:legalName',
  noteLiteral: 'elm:noteLiteral',
  prefLabel: 'skos:prefLabel',
  title: 'dc:title',
}

const literals: Readonly<Record<string, readonly [string, string]>> = {
  awardingDate: ['elm:awardingDate', 'dateTime'],
  content: ['elm:content', 'string'],
  contentURL: ['elm:contentUrl', 'anyURI'],
  dateOfBirth: ['elm:dateOfBirth', 'dateTime'],
  evidenceStatement: ['elm:evidenceStatement', 'string'],
  isPartialQualification: ['elm:isPartialQualification', 'boolean'],
  page: ['elm:page', 'positiveInteger'],
  point: ['elm:point', 'string'],
  volumeOfLearning: ['elm:volumeOfLearning', 'duration'],
}

/**
 * The European Learning Model terms we emit, for machines that have no copy of the Commission's own context. Names and
 * meanings are those of ELM v3 (European Commission, CC BY 4.0). A document that uses other terms of ELM is reported as
 * not wholly readable, never as wrong.
 */
export function buildElmContext(): object {
  return {
    '@context': {
      ...prefixes,
      ...Object.fromEntries(elmClasses.map((name) => [name, `elm:${name}`])),
      Concept: 'skos:Concept',
      ConceptScheme: 'skos:ConceptScheme',
      Location: 'dc:Location',
      notation: 'skos:notation',
      ...mapValues(links, (id) => ({ '@id': id, '@type': '@id' })),
      ...mapValues(texts, (id) => ({ '@id': id, '@container': '@language' })),
      ...mapValues(literals, ([id, type]) => ({ '@id': id, '@type': `xsd:${type}` })),
    },
  }
}

function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  convert: (value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, convert(value)]))
}
