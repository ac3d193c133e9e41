import { hash } from 'node:crypto'
import { type Dimension, dimensions, sortDimensions } from './dimension.js'
import { type Release, releaseName } from './release.js'
import type { Population } from './statistics-family.js'

/** One cell: what is counted, when, and the code of every dimension it is broken down by. */
export interface CellPlace {
  readonly population: Population
  readonly release: Pick<Release, 'period' | 'number'>
  readonly codes: Readonly<Partial<Record<Dimension, string>>>
}

/**
 * The canonical name of a cell. Whatever the question, the same cell has the same name: the order of the breakdown does
 * not matter, nor whether a code came from a filter or a group. Another release of the same period is another cell: were
 * the noise the same, a figure that moves by one base would prove that somebody was added.
 *
 * @param soleMembers - The only member of a jurisdiction, by its code. "Ireland" and "the one member of Ireland" are the
 * same persons for everybody who can read the register, so they have to be one cell: two roundings would be two looks.
 */
export function canonicalCell(place: CellPlace, soleMembers: ReadonlyMap<string, string>): string {
  const { jurisdiction, ...rest } = place.codes
  const soleMember = jurisdiction === undefined ? undefined : soleMembers.get(jurisdiction)
  const codes =
    soleMember === undefined || (rest.awardingMember ?? soleMember) !== soleMember
      ? place.codes
      : { ...rest, awardingMember: soleMember }
  const parts = sortDimensions(Object.keys(codes) as Dimension[]).map(
    (dimension) => `${dimensions[dimension].code}=${codes[dimension]}`,
  )
  return [place.population, releaseName(place.release), ...parts].join('|')
}

/** Numbers that belong to a cell: the same for the same name, and not to be guessed without the secret. */
export interface CellNoise {
  /** A whole number from `-reach` to `reach`, each equally likely. */
  uniform(cell: string, reach: number): number
  /** A number from 0 up to, not with, 1, with 48 bits. */
  unit(cell: string, purpose: string): number
}

/** Noise under a secret, by HMAC-SHA-256. */
export function createCellNoise(secret: Uint8Array): CellNoise {
  const digest = createMac(secret)
  return {
    uniform: (cell, reach) => (digest(`round|${cell}`).readUIntBE(0, 6) % (2 * reach + 1)) - reach,
    unit: (cell, purpose) => digest(`${purpose}|${cell}`).readUIntBE(0, 6) / 2 ** 48,
  }
}

const blockBytes = 64

/**
 * HMAC-SHA-256 (RFC 2104) of one-shot digests: a table has hundreds of cells, and `createHmac` costs several times the
 * arithmetic for each.
 */
function createMac(secret: Uint8Array): (text: string) => Buffer {
  const block = Buffer.alloc(blockBytes)
  block.set(secret.length > blockBytes ? hash('sha256', secret, 'buffer') : secret)
  const inner = Buffer.from(block.map((byte) => byte ^ 0x36))
  const outer = Buffer.from(block.map((byte) => byte ^ 0x5c))
  const digest = (...parts: readonly Uint8Array[]) => hash('sha256', Buffer.concat(parts), 'buffer')
  return (text) => digest(outer, digest(inner, Buffer.from(text)))
}
