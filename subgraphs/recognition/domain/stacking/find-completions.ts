import { compareCodePoints } from '../../../../schema/index.js'
import { compareDecimals, sumDecimals } from '../decimal.js'
import { CandidateClasses } from './candidate-classes.js'
import { type CompiledRule, compileRule } from './compile-rule.js'
import type {
  CompletionCandidate,
  CompletionOptions,
  CompletionSet,
  Completions,
} from './completion.js'
import { evaluateCompiled, findScale, maxAwards } from './evaluate-stack.js'
import { toFutureAward } from './future-award.js'
import { maxPlaces } from './scaled-ects.js'
import type { StackableAward } from './stack-evaluation.js'
import type { StackingRule } from './stacking-rule.js'

const defaultMaxSteps = 20_000

/**
 * The smallest sets of candidates that would complete the stack: every set of fewer was ruled out. A grade condition is
 * taken as met by what is still to be earned.
 *
 * Candidates that are the same to the rule are looked at once; sets are tried from small to large, and only those that
 * could close every gap are evaluated. `maxSteps` counts evaluations.
 */
export function findCompletions(
  rule: StackingRule,
  awards: readonly StackableAward[],
  candidates: readonly CompletionCandidate[],
  options: CompletionOptions,
): Completions {
  const compiled = compileRule(rule)
  const { maxSets = 5, maxSize = 6, maxSteps = defaultMaxSteps } = options
  const now = evaluateCompiled(compiled, awards, options)
  if (now.kind === 'DECIDED' && now.outcome === 'FULFILLED') return { kind: 'ALREADY_FULFILLED' }
  const held = awards.filter(({ awardedOn }) => awardedOn <= options.date)
  const future = candidates.map(toFutureAward)
  if (held.length + future.length > maxAwards) return undecided('TOO_MANY_CANDIDATES', maxAwards)
  const scale = findScale(compiled, [...held, ...future])
  if (scale === null) return undecided('TOO_PRECISE', maxPlaces)
  const classes = new CandidateClasses(
    { compiled, held, future, scale, date: options.date },
    maxSteps * 50,
  )
  if (!classes.couldComplete(classes.largestGains())) return { kind: 'NONE' }

  let steps = 0
  for (let size = 1; size <= Math.min(maxSize, future.length); size += 1) {
    const found: CompletionSet[] = []
    for (const picked of classes.setsOf(size)) {
      steps += 1
      if (steps > maxSteps) return undecided('SEARCH_BOUND_EXCEEDED', maxSteps)
      const [sample = []] = classes.expand(picked, 1)
      const isComplete = completes(compiled, held, sample, options)
      if (isComplete === null) return undecided('SEARCH_BOUND_EXCEEDED', maxSteps)
      // One more than asked for tells whether that was all.
      if (isComplete) found.push(...classes.expand(picked, maxSets + 1).map(toSet))
    }
    if (classes.isExhausted) return undecided('SEARCH_BOUND_EXCEEDED', maxSteps)
    if (found.length === 0) continue
    found.sort(compareSets)
    const isAll = found.length <= maxSets
    return { kind: 'FOUND', size, sets: found.slice(0, maxSets), isAll }
  }
  if (future.length <= maxSize) return { kind: 'NONE' }
  const everything = completes(compiled, held, future, options)
  return everything === false ? { kind: 'NONE' } : undecided('SETS_TOO_LARGE', maxSize)
}

function undecided(
  code: Extract<Completions, { kind: 'UNDECIDED' }>['code'],
  limit: number,
): Completions {
  return { kind: 'UNDECIDED', code, limit }
}

/** Whether the stack is fulfilled with these on top, on the day the last of them is awarded; null for undecided. */
function completes(
  compiled: CompiledRule,
  held: readonly StackableAward[],
  added: readonly StackableAward[],
  options: CompletionOptions,
): boolean | null {
  const { usedElsewhere } = options
  const context = usedElsewhere === undefined ? {} : { usedElsewhere }
  const date = lastDay(added, options.date)
  const after = evaluateCompiled(compiled, [...held, ...added], { ...context, date })
  return after.kind === 'UNDECIDED' ? null : after.outcome === 'FULFILLED'
}

function lastDay(added: readonly StackableAward[], date: string): string {
  return added.reduce((last, { awardedOn }) => (awardedOn > last ? awardedOn : last), date)
}

function toSet(added: readonly StackableAward[]): CompletionSet {
  const members = added.map((award) => ({
    opportunityId: award.opportunityId,
    microCredentialId: award.microCredentialId,
    awardingMember: award.awardingMember,
    ects: award.ects,
    expectedOn: award.awardedOn,
  }))
  members.sort(
    (a, b) =>
      compareCodePoints(a.expectedOn, b.expectedOn) ||
      compareCodePoints(a.opportunityId, b.opportunityId),
  )
  return {
    members,
    totalEcts: sumDecimals(added.map(({ ects }) => ects)),
    completedOn: lastDay(added, ''),
  }
}

function compareSets(a: CompletionSet, b: CompletionSet): number {
  const credits = compareDecimals(a.totalEcts, b.totalEcts)
  if (credits !== 0) return credits
  const day = compareCodePoints(a.completedOn, b.completedOn)
  if (day !== 0) return day
  const idsOf = (set: CompletionSet) =>
    set.members.map(({ opportunityId }) => opportunityId).join(' ')
  return compareCodePoints(idsOf(a), idsOf(b))
}
