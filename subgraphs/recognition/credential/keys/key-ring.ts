import { invariant } from '../invariant.js'
import type { KeyEntry } from './key-manifest.js'
import type { Signer, SigningAlgorithm } from './signer.js'

/** The keys of one issuing body at this moment. */
export interface KeyRing {
  readonly isTest: boolean
  /** Base64 DER. */
  readonly anchors: readonly string[]
  /** Every key that was ever published and not withdrawn by `at`, oldest first: for key sets and DID documents. */
  published(at: Date): readonly KeyEntry[]
  /** All keys, the withdrawn ones too: what they sealed has to fail by name. */
  readonly entries: readonly KeyEntry[]
  /** The newest key of this algorithm that signs at `at`. */
  signer(algorithm: SigningAlgorithm, at: Date): Signer
  /** Whether any key of this algorithm signs at `at`. */
  has(algorithm: SigningAlgorithm, at: Date): boolean
}

/** A ring over keys of any origin; `signers` by key id may lack those that no longer sign. */
export function createKeyRing(ring: {
  readonly isTest: boolean
  readonly anchors: readonly string[]
  readonly entries: readonly KeyEntry[]
  readonly signers: ReadonlyMap<string, Signer>
}): KeyRing {
  const { isTest, anchors, entries, signers } = ring
  const timed = entries.map(toTimed)
  const find = (algorithm: SigningAlgorithm, at: Date) =>
    timed.findLast(
      ({ entry, signsFrom, signsUntil }) =>
        entry.algorithm === algorithm &&
        signsFrom <= at.getTime() &&
        at.getTime() < signsUntil &&
        signers.has(entry.keyId),
    )?.entry
  return {
    isTest,
    anchors,
    entries,
    published: (at) =>
      entries.filter(
        (entry) => new Date(entry.publishedFrom) <= at && !isBefore(entry.withdrawnAt, at),
      ),
    signer: (algorithm, at) => {
      const signer = signers.get(find(algorithm, at)?.keyId ?? '')
      invariant(signer, `no ${algorithm} key signs at ${at.toISOString()}`)
      return signer
    },
    has: (algorithm, at) => find(algorithm, at) !== undefined,
  }
}

/** An entry with its times as numbers: they are compared for every signature. */
function toTimed(entry: KeyEntry) {
  const ends = [entry.signsUntil, entry.withdrawnAt].map((end) =>
    end === null ? Number.POSITIVE_INFINITY : Date.parse(end),
  )
  return { entry, signsFrom: Date.parse(entry.signsFrom), signsUntil: Math.min(...ends) }
}

function isBefore(instant: string | null, at: Date): boolean {
  return instant !== null && new Date(instant) <= at
}
