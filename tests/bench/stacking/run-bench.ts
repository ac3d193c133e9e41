import {
  compileStack,
  createStackEvaluator,
  evaluateStack,
} from '../../../subgraphs/recognition/index.js'
import { median } from '../median.js'
import { type StackingBenchArguments, targetLearners } from './arguments.js'
import { createSampleLearners, sampleDate, streamHistories } from './sample-learners.js'
import { buildSampleRule } from './sample-rule.js'
import type { ReEvaluationResult, StackingResult } from './stacking-result.js'

const awardCounts = [5, 10, 20, 40, 80, 160]
const warmUpRounds = 3
const rounds = 5
const batchSize = 500
/** Batches under way: one is read while the one before is evaluated. Bounds the memory. */
const batchesUnderWay = 2

/** Measures single evaluations by number of awards, then the re-evaluation of many learners. */
export async function runStackingBench(
  args: StackingBenchArguments,
  note: (text: string) => void,
): Promise<StackingResult> {
  const byAwards = measureEvaluations(args.samples, note)
  const forty = byAwards.find(({ awards }) => awards === 40)
  const reEvaluation = await measureReEvaluation(args, note)
  return {
    evaluate: { medianMs: forty?.medianMs ?? Number.NaN, p95Ms: forty?.p95Ms ?? Number.NaN },
    byAwards,
    reEvaluation,
  }
}

/** Each history is evaluated in several rounds, sizes taking turns; its time is the median of the rounds. */
function measureEvaluations(
  samples: number,
  note: (text: string) => void,
): StackingResult['byAwards'] {
  const rule = buildSampleRule(1)
  const context = { date: sampleDate }
  const { history } = createSampleLearners(7)
  const groups = awardCounts.map((awards) => ({
    awards,
    histories: Array.from({ length: samples }, (_, learner) => history(learner, awards).awards),
    times: Array.from({ length: samples }, (): number[] => []),
    undecided: 0,
  }))
  // Until the code is compiled, evaluations take several times as long; a running service is past that.
  for (let round = 0; round < warmUpRounds; round += 1) {
    for (const { histories } of groups) {
      for (const awards of histories) evaluateStack(rule, awards, context)
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const group of groups) {
      group.undecided = 0
      group.histories.forEach((awards, index) => {
        const startedAt = performance.now()
        const { kind } = evaluateStack(rule, awards, context)
        group.times[index]?.push(performance.now() - startedAt)
        if (kind === 'UNDECIDED') group.undecided += 1
      })
    }
    note(`evaluations: round ${round + 1} of ${rounds}`)
  }
  return groups.map(({ awards, times, undecided }) => {
    const typical = times.map(median).sort((a, b) => a - b)
    const p95Ms = typical[Math.floor(typical.length * 0.95)] ?? Number.NaN
    return {
      awards,
      medianMs: median(typical),
      p95Ms,
      maxMs: typical.at(-1) ?? Number.NaN,
      undecided,
    }
  })
}

/** Streams learners through the evaluator that follows a published rule, with the rule as it is after the change. */
async function measureReEvaluation(
  { learners, threads }: StackingBenchArguments,
  note: (text: string) => void,
): Promise<ReEvaluationResult> {
  const stacks = [compileStack(buildSampleRule(2))]
  const evaluator = createStackEvaluator({ threads })
  const outcomes = new Map<string, number>()
  const startRssMb = rssMb()
  let peakRssMb = startRssMb
  let done = 0
  let notedAt = performance.now()
  const startedAt = notedAt
  const underWay: ReturnType<typeof evaluator.evaluate>[] = []
  const finishOldest = async (): Promise<void> => {
    const evaluated = (await underWay.shift()) ?? []
    for (const [evaluation] of evaluated) {
      const outcome = evaluation?.kind === 'DECIDED' ? evaluation.outcome : 'UNDECIDED'
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    done += evaluated.length
    peakRssMb = Math.max(peakRssMb, rssMb())
    const now = performance.now()
    if (now - notedAt < 2_000) return
    notedAt = now
    const perSecond = Math.round((done * 1_000) / (now - startedAt))
    const share = Math.floor((done * 100) / learners)
    note(
      `re-evaluated ${done} of ${learners} learners (${share} %), ${perSecond} a second, ${rssMb()} MB`,
    )
  }
  for (const histories of streamHistories(learners, batchSize)) {
    underWay.push(evaluator.evaluate(stacks, histories, sampleDate))
    if (underWay.length >= batchesUnderWay) await finishOldest()
  }
  while (underWay.length > 0) await finishOldest()
  await evaluator.rest()
  const seconds = (performance.now() - startedAt) / 1_000
  return {
    learners,
    threads,
    seconds,
    secondsForMillion: (seconds * targetLearners) / learners,
    isExtrapolated: learners < targetLearners,
    peakRssMb,
    startRssMb,
    outcomes: Object.fromEntries([...outcomes].sort()),
  }
}

function rssMb(): number {
  return Math.round(process.memoryUsage.rss() / 1_048_576)
}
