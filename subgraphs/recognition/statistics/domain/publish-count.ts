import type { CellNoise } from './cell-key.js'
import type { DisclosurePolicy } from './disclosure-policy.js'
import { geometricNoise } from './geometric-noise.js'

/** What a count needs beside the true number. */
export interface CountContext {
  readonly policy: DisclosurePolicy
  readonly noise: CellNoise
  /** Canonical name of the cell. */
  readonly cell: string
  /** How much one person can change the table the cell is part of; for differential privacy. */
  readonly tableSensitivity: number
}

/**
 * The published number for a count. Few persons are 0. Otherwise a number that belongs to the cell is added and the sum
 * rounded, halves up: a multiple of the base that is at most one base away from the truth.
 *
 * Why one base, and why exactly: all published counts are multiples of 5 and all their intervals end at multiples of 5.
 * Adding and subtracting marginals and cells, a reader's best lower bound for a cell is then itself a multiple of 5; as
 * it cannot exceed the truth, a cell of 1 to 4 cannot be told from an empty one.
 *
 * @param count - Persons, or units bounded by person.
 */
export function publishCount(count: number, persons: number, context: CountContext): number {
  const { policy, noise, cell, tableSensitivity } = context
  if (policy.differentialPrivacy) {
    const scale = tableSensitivity / policy.differentialPrivacy.epsilonPerTable
    return Math.max(0, count + geometricNoise(noise.unit(cell, 'geometric'), scale))
  }
  if (persons <= policy.zeroUpTo) return 0
  const moved = count + noise.uniform(cell, policy.perturbation)
  return Math.max(0, roundTo(moved, policy.roundingBase))
}

/** Rounds to a multiple of `base`, halves up: 2.5 becomes 5. */
export function roundTo(value: number, base: number): number {
  return Math.floor(value / base + 0.5) * base
}
