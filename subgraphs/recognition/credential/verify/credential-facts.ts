import { type StatusPurpose, statusPurposes, toStatusListUrl } from '../status/status-entry.js'
import type { ParsedCredential } from './parsed-credential.js'
import { isJsonObject, type JsonObject, textOf, toList } from './strict-decoding.js'

/** What a credential says, read the same way from every format. */
export interface CredentialFacts {
  readonly id: string | null
  /** Names the issuer goes by in the document. */
  readonly issuerIds: readonly string[]
  /** Who awarded: for each, the URIs and names it goes by. Empty when it does not say. */
  readonly awardingBodies: readonly (readonly string[])[]
  /** By what right the issuer issues for somebody else; null when it does not say. */
  readonly mandate: string | null
  readonly validFrom: unknown
  readonly validUntil: unknown
  /** The moment it was sealed as its seal or a claim says; undefined when none does. */
  readonly sealedAt: unknown
  /** The moment it was issued by its own account, which may lie ahead: documents are prepared. */
  readonly issuedAt: unknown
  /** The day the awarding body awarded, by its own account. */
  readonly awardedAt: unknown
  /** What was achieved, in every language it says it in. Read only when asked for: few checks do. */
  readonly readTitles: () => readonly string[]
  /** Null when it states none. */
  readonly eqfLevel: number | null
  readonly statuses: readonly StatusClaim[]
  /** References to accreditation records. */
  readonly accreditations: readonly string[]
}

export interface StatusClaim {
  readonly type: string
  readonly purpose: string
  readonly list: string
  /** As written; checked where it is used. */
  readonly index: string
}

/** Reads a parsed credential. Anything may be missing or of the wrong kind: nothing here has been checked. */
export function readFacts({ format, document, seal }: ParsedCredential): CredentialFacts {
  switch (format) {
    case 'elm+jades':
    case 'elm':
      // JAdES has `sigT` until version 1.1.1 of ETSI TS 119 182-1, `iat` since.
      return readEuropeanFacts(document, seal?.header.sigT ?? seal?.header.iat)
    case 'dc+sd-jwt':
      return readSdJwtFacts(document)
    case 'vc+jwt':
    case 'openbadge+jwt':
    case 'vc':
      return readVcFacts(document, seal?.header.sigT ?? seal?.header.iat ?? document.iat)
  }
}

function readVcFacts(document: JsonObject, sealedAt: unknown): CredentialFacts {
  const subject = toList(document.credentialSubject).find(isJsonObject) ?? {}
  const claims = isJsonObject(subject.microCredential) ? subject.microCredential : subject
  const achievement = isJsonObject(subject.achievement) ? subject.achievement : {}
  const issuerId = isJsonObject(document.issuer) ? document.issuer.id : document.issuer
  const awarding = claims.awardingBody ?? achievement.creator
  return {
    id: textOf(document.id) ?? null,
    issuerIds: texts([issuerId]),
    awardingBodies: awarding === undefined ? [] : [namesOf(awarding)],
    mandate: textOf(claims.mandate) ?? null,
    validFrom: document.validFrom ?? document.issuanceDate,
    validUntil: document.validUntil ?? document.expirationDate,
    sealedAt,
    issuedAt: document.validFrom ?? document.issuanceDate,
    awardedAt: claims.awardedOn ?? document.awardedDate,
    readTitles: () => wordsOf(claims.title ?? achievement.name),
    eqfLevel: levelOf(claims),
    statuses: withSuspension(readStatuses(document.credentialStatus)),
    accreditations: accreditationOf(claims),
  }
}

function readSdJwtFacts(document: JsonObject): CredentialFacts {
  const { iat, nbf, exp } = document
  return {
    id: textOf(document.jti) ?? null,
    issuerIds: texts([document.iss]),
    awardingBodies: document.awardingBody === undefined ? [] : [namesOf(document.awardingBody)],
    mandate: textOf(document.mandate) ?? null,
    validFrom: nbf ?? iat,
    validUntil: exp,
    sealedAt: iat,
    issuedAt: iat ?? nbf,
    awardedAt: document.awardedOn,
    readTitles: () => wordsOf(document.title),
    eqfLevel: levelOf(document),
    statuses: [
      ...readStatuses(document.credentialStatus),
      ...toList(document.status).map(() => unsupportedStatus('TokenStatusList')),
    ],
    accreditations: accreditationOf(document),
  }
}

function accreditationOf(claims: JsonObject): readonly string[] {
  return isJsonObject(claims.qualityAssurance) ? texts([claims.qualityAssurance.accreditation]) : []
}

function readEuropeanFacts(document: JsonObject, sealedAt: unknown): CredentialFacts {
  const issuer = isJsonObject(document.issuer) ? document.issuer : {}
  const subject = isJsonObject(document.credentialSubject) ? document.credentialSubject : {}
  const claims = toList(subject.hasClaim).filter(isJsonObject)
  const processes = claims.flatMap((claim) => toList(claim.awardedBy)).filter(isJsonObject)
  const evidence = toList(document.evidence).filter(isJsonObject)
  const specifications = claims.flatMap((claim) => toList(claim.specifiedBy)).filter(isJsonObject)
  const accreditations = [
    ...evidence.flatMap((entry) => toList(entry.accreditation)),
    ...specifications.flatMap((specification) => toList(specification.accreditation)),
  ].filter(isJsonObject)
  return {
    id: textOf(document.id) ?? null,
    issuerIds: texts([
      issuer.id,
      ...toList(issuer.eIDASIdentifier).map((entry) => isJsonObject(entry) && entry.notation),
    ]),
    awardingBodies: processes.flatMap((process) => toList(process.awardingBody)).map(namesOf),
    mandate: texts(evidence.map((entry) => entry.evidenceStatement))[0] ?? null,
    validFrom: document.validFrom ?? document.issuanceDate,
    validUntil: document.validUntil ?? document.expirationDate,
    sealedAt,
    issuedAt: sealedAt ?? document.issued ?? document.issuanceDate,
    awardedAt: processes.map(({ awardingDate }) => awardingDate)[0],
    readTitles: () => claims.flatMap(({ title }) => wordsOf(title)),
    eqfLevel: readEqfConcept(specifications),
    statuses: [
      ...readStatuses(document.credentialStatus),
      ...toList(document['cred:credentialStatus']).flatMap(readStatusLiteral),
    ],
    accreditations: [
      ...new Set(
        texts(
          accreditations
            .flatMap((entry) => toList(entry.identifier))
            .map((entry) => isJsonObject(entry) && entry.notation),
        ),
      ),
    ],
  }
}

function levelOf({ level }: JsonObject): number | null {
  const eqfLevel = isJsonObject(level) ? level.eqfLevel : null
  return typeof eqfLevel === 'number' ? eqfLevel : null
}

/** The level in the last part of a concept's URI: `http://data.europa.eu/snb/eqf/6`. */
function readEqfConcept(specifications: readonly JsonObject[]): number | null {
  const ids = specifications
    .flatMap(({ eqfLevel }) => toList(eqfLevel))
    .map((concept) => (isJsonObject(concept) ? textOf(concept.id) : textOf(concept)))
  const match = ids.map((id) => /\/eqf\/([1-8])$/.exec(id ?? '')).find((found) => found !== null)
  return match?.[1] === undefined ? null : Number(match[1])
}

/** A text, or its wordings by language. */
function wordsOf(value: unknown): readonly string[] {
  return texts(isJsonObject(value) ? Object.values(value).flatMap(toList) : toList(value))
}

/** Names of an organisation: its id, homepage and legal name in every language. */
function namesOf(organisation: unknown): readonly string[] {
  if (!isJsonObject(organisation)) return texts([organisation])
  const legalName = organisation.legalName ?? organisation.name
  const homepage = organisation.homepage ?? organisation.url
  const names: unknown[] = [
    organisation.id,
    isJsonObject(homepage) ? homepage.contentURL : homepage,
  ]
  if (isJsonObject(legalName)) names.push(...Object.values(legalName))
  else names.push(legalName)
  return texts(names)
}

function readStatuses(value: unknown): readonly StatusClaim[] {
  return toList(value).map((entry) => {
    if (!isJsonObject(entry)) return unsupportedStatus('unknown')
    return {
      type: textOf(entry.type) ?? 'unknown',
      purpose: textOf(entry.statusPurpose) ?? 'unknown',
      list: textOf(entry.statusListCredential) ?? '',
      index: indexOf(entry.statusListIndex),
    }
  })
}

/**
 * An Open Badge may carry one entry only. Where that is for revocation in a list of this hub's layout, the list of
 * suspensions lies beside it and is looked at, too.
 */
function withSuspension(statuses: readonly StatusClaim[]): readonly StatusClaim[] {
  const [only] = statuses
  if (statuses.length !== 1 || only?.purpose !== 'revocation') return statuses
  const match = /^(https?:\/\/[^/]+\/credentials\/status\/[^/]+)\/revocation$/.exec(only.list)
  if (match?.[1] === undefined) return statuses
  return [only, { ...only, purpose: 'suspension', list: toStatusListUrl(match[1], 'suspension') }]
}

/** Our way to name a place in both lists where a format allows one URI only: `<list>#<index>`. */
function readStatusLiteral(value: unknown): readonly StatusClaim[] {
  const text = isJsonObject(value) ? textOf(value['@value']) : textOf(value)
  const match = text === undefined ? null : /^(https?:\/\/.+)#(\d+)$/.exec(text)
  if (match?.[1] === undefined || match[2] === undefined) return [unsupportedStatus('anyURI')]
  const [, list, index] = match
  return statusPurposes.map((purpose: StatusPurpose) => ({
    type: 'BitstringStatusListEntry',
    purpose,
    list: toStatusListUrl(list, purpose),
    index,
  }))
}

/** The specification has text here; some write a number. */
function indexOf(value: unknown): string {
  return typeof value === 'number' ? value.toString() : (textOf(value) ?? '')
}

function unsupportedStatus(type: string): StatusClaim {
  return { type, purpose: 'unknown', list: '', index: '' }
}

function texts(values: readonly unknown[]): readonly string[] {
  return values.filter((value): value is string => typeof value === 'string' && value !== '')
}
