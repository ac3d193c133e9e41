import { randomBytes, randomInt } from 'node:crypto'
import type { CredentialId } from '../../../../schema/index.js'
import { type CredentialSource, type Issuance, toCredentialUrn } from '../credential-source.js'
import { invariant } from '../invariant.js'
import type { IssuerIdentity } from '../keys/issuer-identity.js'
import { toInstant, toNumericDate } from './compact-jws.js'
import { encodeText } from './encode-text.js'
import { type JsonTemplate, prepareTemplate } from './json-template.js'

/** The JSON texts a document consists of. Only what is given may stand in them. */
export type WriteDocument = (
  source: CredentialSource,
  issuance: Issuance,
  issuer: IssuerIdentity,
) => readonly string[]

/** The texts of one document, each to be written with its own blanks filled. */
export interface CastDocument {
  readonly templates: readonly JsonTemplate[]
  /** What fills the blanks all texts have in common; further marks of the caller's follow. */
  readonly values: readonly string[]
}

/** The one text of a document that has one, encoded. */
export function encodeOne({ templates, values }: CastDocument): string {
  const [template] = templates
  invariant(template, 'a document has a text')
  return template.encode(values)
}

interface Mould {
  readonly source: CredentialSource
  readonly issuer: IssuerIdentity
  readonly list: string | null
  readonly templates: readonly JsonTemplate[]
}

/** Moulds kept for one definition: awards of it may differ in size, level or grading scale. */
const mouldsPerDefinition = 16

/**
 * Writes documents of many awards of one definition: what they have in common is built and turned into JSON once, by the
 * same `write` as without a mould and with marks where they differ, so that the bytes are the same.
 *
 * @param ownMarks - Marks in what `write` returns that the caller fills.
 */
export function createMoulds(
  write: WriteDocument,
  ownMarks: readonly string[] = [],
): (source: CredentialSource, issuance: Issuance, issuer: IssuerIdentity) => CastDocument {
  const known = new WeakMap<CredentialSource['definition'], Mould[]>()
  return (source, issuance, issuer) => {
    const values = toValues(source, issuance)
    // What one document in many has is left where it is, and such a mould is for one document.
    const isCommon =
      issuance.holderKey === null && issuance.supersedes === null && issuance.validUntil === null
    if (!isCommon) return { templates: prepare(source, issuance, issuer), values }
    const moulds = known.get(source.definition) ?? []
    const list = issuance.status?.list ?? null
    let mould = moulds.find((one) => fits(one, source, issuer, list))
    if (mould === undefined) {
      mould = { source, issuer, list, templates: prepare(source, issuance, issuer) }
      known.set(source.definition, [mould, ...moulds.slice(0, mouldsPerDefinition - 1)])
    }
    return { templates: mould.templates, values }
  }

  function prepare(source: CredentialSource, issuance: Issuance, issuer: IssuerIdentity) {
    const sample = makeSample(source, issuance)
    const marks = [...toValues(sample.source, sample.issuance), ...ownMarks]
    const templates = write(sample.source, sample.issuance, issuer).map((text) =>
      prepareTemplate(text, marks),
    )
    // Compared once for every mould: what is sealed must never hang on marks that were thought to be unmistakable.
    const values = [...toValues(source, issuance), ...ownMarks]
    const isTrue = write(source, issuance, issuer).every(
      (text, number) => templates[number]?.encode(values) === encodeText(text),
    )
    invariant(isTrue, 'a document from a mould is the one that is written without it')
    return templates
  }
}

/** What differs between documents of one mould, as it stands in JSON. */
function toValues(
  { award, learner }: CredentialSource,
  { id, issuedAt, status }: Issuance,
): string[] {
  return [
    toCredentialUrn(id),
    toInstant(issuedAt),
    String(toNumericDate(issuedAt)),
    // Longer than any text that could hold it by chance, or absent.
    status === null ? absent : String(status.index),
    toJsonText(award.id),
    toJsonText(award.awardedOn),
    award.grade === null ? absent : toJsonText(award.grade.value),
    toJsonText(learner.givenName),
    toJsonText(learner.familyName),
    learner.dateOfBirth === null ? absent : toJsonText(learner.dateOfBirth),
  ]
}

/** Stands in no document, because JSON has no such character unescaped. */
const absent = '\u0000'

function toJsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** The same document with values drawn at random, so that they stand nowhere but where they were put. */
function makeSample(
  source: CredentialSource,
  issuance: Issuance,
): { readonly source: CredentialSource; readonly issuance: Issuance } {
  const { award, learner } = source
  const draw = () => randomBytes(16).toString('hex')
  return {
    source: {
      ...source,
      award: {
        ...award,
        id: draw() as typeof award.id,
        awardedOn: draw(),
        grade: award.grade && { ...award.grade, value: draw() },
      },
      learner: {
        givenName: draw(),
        familyName: draw(),
        dateOfBirth: learner.dateOfBirth && draw(),
      },
    },
    issuance: {
      ...issuance,
      id: draw() as CredentialId,
      // Of years that no document is about, to the second.
      issuedAt: new Date(randomInt(100_000_000_000, 250_000_000_000) * 1_000),
      status: issuance.status && {
        ...issuance.status,
        index: randomInt(10 ** 14, 2 * 10 ** 14),
      },
    },
  }
}

/** Whether everything that is not a blank is as in the source the mould was made of. */
function fits(
  mould: Mould,
  source: CredentialSource,
  issuer: IssuerIdentity,
  list: string | null,
): boolean {
  const { award, learner } = source
  const { award: others, learner: other } = mould.source
  return (
    mould.issuer === issuer &&
    mould.list === list &&
    mould.source.jurisdiction === source.jurisdiction &&
    mould.source.awardingBody === source.awardingBody &&
    mould.source.issuingBody === source.issuingBody &&
    isSame(mould.source.stacksInto, source.stacksInto) &&
    others.microCredentialId === award.microCredentialId &&
    others.ects === award.ects &&
    others.eqfLevel === award.eqfLevel &&
    others.supervision === award.supervision &&
    others.accreditation === award.accreditation &&
    others.grade?.scale === award.grade?.scale &&
    isSame(others.iscedF, award.iscedF) &&
    isSame(others.learningOutcomes, award.learningOutcomes) &&
    (other.dateOfBirth === null) === (learner.dateOfBirth === null)
  )
}

/** Awards read from the database have copies of their own. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
