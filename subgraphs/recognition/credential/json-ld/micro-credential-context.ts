import type { IssuerIdentity } from '../keys/issuer-identity.js'

/** Path of the context on the hub. A changed meaning gets a new number: what is issued is never re-issued. */
export const microCredentialContextPath = '/credentials/contexts/micro-credential-v1'

/** URL of the context, at the origin of the body that issues with it. */
export function microCredentialContextUrl(issuer: IssuerIdentity): string {
  return `${issuer.origin}${microCredentialContextPath}`
}

const elm = 'http://data.europa.eu/snb/model/elm/'
const dcterms = 'http://purl.org/dc/terms/'
const skos = 'http://www.w3.org/2004/02/skos/core#'
const foaf = 'http://xmlns.com/foaf/0.1/'
const xsd = 'http://www.w3.org/2001/XMLSchema#'

/**
 * The JSON-LD context of what we add to W3C VC 2.0 and Open Badges 3.0. Meanings come from the European Learning Model
 * where it has the term; the rest are ours. No term of the two base contexts is touched: theirs are protected.
 */
export function buildMicroCredentialContext(contextUrl: string): object {
  const own = `${contextUrl}#`
  const text = (id: string) => ({ '@id': id, '@container': '@language' })
  const link = (id: string) => ({ '@id': id, '@type': '@id' })
  const typed = (id: string, type: string) => ({ '@id': id, '@type': `${xsd}${type}` })
  return {
    '@context': {
      MicroCredentialCredential: `${own}MicroCredentialCredential`,
      MicroCredential: `${elm}LearningAchievement`,
      Learner: `${elm}Person`,
      Organisation: `${elm}Organisation`,
      microCredential: `${elm}hasClaim`,
      givenName: `${foaf}givenName`,
      familyName: `${foaf}familyName`,
      dateOfBirth: typed(`${elm}dateOfBirth`, 'date'),
      supersedes: link(`${own}supersedes`),
      identifier: `${dcterms}identifier`,
      title: text(`${dcterms}title`),
      summary: text(`${dcterms}description`),
      label: `${skos}prefLabel`,
      issuerCountry: `${own}issuerCountry`,
      issuingBody: `${own}issuingBody`,
      awardingBody: `${elm}awardingBody`,
      legalName: text('http://www.w3.org/ns/regorg#legalName'),
      country: `${elm}countryCode`,
      mandate: `${elm}evidenceStatement`,
      awardedOn: typed(`${elm}awardingDate`, 'date'),
      learningOutcomes: `${elm}learningOutcome`,
      skills: `${elm}relatedSkill`,
      notionalWorkload: `${own}notionalWorkload`,
      ects: typed(`${elm}point`, 'decimal'),
      hours: typed(`${own}hours`, 'decimal'),
      level: `${own}level`,
      eqfLevel: typed(`${own}eqfLevel`, 'integer'),
      eqf: link(`${elm}EQFLevel`),
      nqf: link(`${elm}NQFLevel`),
      nqfLabel: `${own}nqfLabel`,
      typeOfAssessment: `${own}typeOfAssessment`,
      formOfParticipation: `${elm}mode`,
      qualityAssurance: `${own}qualityAssurance`,
      agency: `${elm}accreditingAgent`,
      agencyCountry: `${own}agencyCountry`,
      accreditation: `${elm}accreditation`,
      fieldsOfStudy: { ...link(`${elm}ISCEDFCode`), '@container': '@set' },
      supervision: `${elm}idVerification`,
      stackability: `${own}stackability`,
      countsTowards: `${elm}isPartOf`,
      entryRequirements: text(`${elm}entryRequirement`),
      grade: `${elm}grade`,
      value: `${own}gradeValue`,
      scale: `${elm}gradingScheme`,
    },
  }
}
