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
  const find = (algorithm: SigningAlgorithm, at: Date) =>
    entries.findLast(
      (entry) =>
        entry.algorithm === algorithm && signs(entry, at) && signers.get(entry.keyId) !== undefined,
    )
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

function signs(entry: KeyEntry, at: Date): boolean {
  return (
    new Date(entry.signsFrom) <= at &&
    !isBefore(entry.signsUntil, at) &&
    !isBefore(entry.withdrawnAt, at)
  )
}

function isBefore(instant: string | null, at: Date): boolean {
  return instant !== null && new Date(instant) <= at
}
