import { compareDecimals, multiplyDecimals } from '../decimal.js'
import type { CompiledRule } from './compile-rule.js'
import { listOutcomeTitles } from './outcome-keys.js'
import type { StackableAward } from './stack-evaluation.js'

/** Two awards, by their places, that never count together. */
export interface AwardConflict {
  readonly one: number
  readonly other: number
  /** The limit that says so; null for the same micro-credential or opportunity. */
  readonly limitId: string | null
}

/** Every pair of awards that never counts together, the smaller place first. */
export function findConflicts(
  compiled: CompiledRule,
  awards: readonly StackableAward[],
): readonly AwardConflict[] {
  const conflicts = findSame(awards)
  if (compiled.overlaps.length === 0) return conflicts
  const isSame = new Set(conflicts.map(({ one, other }) => `${one} ${other}`))
  const titles = awards.map(({ learningOutcomes }) => listOutcomeTitles(learningOutcomes))
  titles.forEach((left, one) => {
    titles.forEach((right, other) => {
      if (other <= one || isSame.has(`${one} ${other}`)) return
      const limitId = findOverlap(compiled, left, right)
      if (limitId !== null) conflicts.push({ one, other, limitId })
    })
  })
  return conflicts
}

function findSame(awards: readonly StackableAward[]): AwardConflict[] {
  const conflicts: AwardConflict[] = []
  const placesOf = new Map<string, number[]>()
  awards.forEach(({ microCredentialId, opportunityId }, other) => {
    const rivals = new Set<number>()
    for (const id of [microCredentialId, opportunityId]) {
      const places = placesOf.get(id)
      if (places === undefined) placesOf.set(id, [other])
      else {
        for (const place of places) rivals.add(place)
        places.push(other)
      }
    }
    for (const one of rivals) conflicts.push({ one, other, limitId: null })
  })
  return conflicts
}

function findOverlap(
  compiled: CompiledRule,
  left: ReadonlySet<string>,
  right: ReadonlySet<string>,
): string | null {
  const [fewer, more] = left.size <= right.size ? [left, right] : [right, left]
  let shared = 0
  for (const title of fewer) if (more.has(title)) shared += 1
  if (shared === 0) return null
  const broken = compiled.overlaps.find(({ percent }) => {
    const allowed = multiplyDecimals(percent, String(fewer.size))
    return compareDecimals(String(shared * 100), allowed) > 0
  })
  return broken?.id ?? null
}

/** Connected awards that all exclude each other, the usual case: one course taken twice. */
export function findCliques(conflictsWith: readonly (readonly number[])[]): readonly number[][] {
  const cliques: number[][] = []
  conflictsWith.forEach((others, index) => {
    const group = [index, ...others].sort((a, b) => a - b)
    if (others.length === 0 || group[0] !== index) return
    const isClique = group.every((member) => {
      const theirs = conflictsWith[member] ?? []
      return (
        theirs.length === others.length && group.every((x) => x === member || theirs.includes(x))
      )
    })
    if (isClique) cliques.push(group)
  })
  return cliques
}
