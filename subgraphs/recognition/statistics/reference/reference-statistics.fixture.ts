import type { RecognitionEvent } from '../../domain/recognition-event.js'

/**
 * Figures computed the slow way: from raw events, in plain TypeScript, by names and not by keys, without a line of what
 * is under test. Cells by `period|view|population|codes`.
 */
export interface ReferenceFigures {
  readonly cells: ReadonlyMap<string, ReferenceCell>
  /** Units by `period|view|measure|codes|weeks`. */
  readonly durations: ReadonlyMap<string, number>
}

export interface ReferenceCell {
  readonly persons: number
  readonly units: number
  readonly boundedUnits: number
  readonly ects: number
  readonly boundedEcts: number
  readonly squaredEcts: number
}

/** One thing that is counted. */
interface Unit {
  readonly family: string
  readonly learner: string
  readonly date: string
  readonly populations: readonly string[]
  readonly codes: Readonly<Record<string, readonly string[]>>
  readonly ects: number
  readonly weeks: Readonly<Record<string, number>>
}

/** Breakdowns by family, as the definition of the published tables lists them. */
export type ReferenceViews = Readonly<
  Record<string, readonly { readonly kind: string; readonly view: readonly string[] }[]>
>

export function computeReference(
  events: readonly RecognitionEvent[],
  views: ReferenceViews,
): ReferenceFigures {
  const units = listUnits(events)
  const contributions = new Map<string, Map<string, { units: number; ects: number }>>()
  const durations = new Map<string, number>()
  for (const unit of units) {
    for (const { kind, view } of views[unit.family] ?? []) {
      for (const codes of combine(view, unit.codes)) {
        const place = `${kind} ${periodStart(kind, unit.date)}|${view.join(',') || 'total'}`
        for (const population of unit.populations) {
          const key = `${place}|${population}|${codes.join('/')}`
          const cell = contributions.get(key) ?? new Map<string, { units: number; ects: number }>()
          contributions.set(key, cell)
          const own = cell.get(unit.learner) ?? { units: 0, ects: 0 }
          cell.set(unit.learner, { units: own.units + 1, ects: own.ects + unit.ects })
        }
        for (const [measure, weeks] of Object.entries(unit.weeks)) {
          const key = `${place}|${measure}|${codes.join('/')}|${weeks}`
          durations.set(key, (durations.get(key) ?? 0) + 1)
        }
      }
    }
  }
  const cells = new Map([...contributions].map(([key, cell]) => [key, toCell([...cell.values()])]))
  return { cells, durations }
}

function toCell(persons: readonly { units: number; ects: number }[]): ReferenceCell {
  const sum = (read: (person: { units: number; ects: number }) => number) =>
    persons.reduce((total, person) => total + read(person), 0)
  return {
    persons: persons.length,
    units: sum(({ units }) => units),
    boundedUnits: sum(({ units }) => Math.min(3, units)),
    ects: sum(({ ects }) => ects),
    boundedEcts: sum(({ ects }) => Math.min(15_000, ects)),
    squaredEcts: sum(({ ects }) => ects * ects),
  }
}

function listUnits(events: readonly RecognitionEvent[]): Unit[] {
  const once = [...new Map(events.map((event) => [event.id, event])).values()]
  const corrected = new Set(once.map((event) => event.corrects))
  const counting = once.filter((event) => !corrected.has(event.id)).sort(inTime)
  const subjects = Map.groupBy(counting, (event) => `${subjectOf(event)}|${event.learnerId}`)
  return [...subjects.values()].flatMap((subject) => [
    ...journeysOf(subject),
    ...stacksOf(subject),
    ...awardsOf(subject),
    ...requestsOf(subject),
  ])
}

function journeysOf(events: readonly RecognitionEvent[]): Unit[] {
  const of = (kind: string) => events.filter((event) => event.fact.kind === kind)
  const [enrolled] = of('pathway.enrolled')
  if (enrolled?.fact.kind !== 'pathway.enrolled') return []
  const completed = of('pathway.completed')[0]
  const withdrawn = of('pathway.withdrawn').at(-1)
  const active = events.filter((event) => event.fact.kind !== 'pathway.withdrawn').at(-1)
  const isWithdrawn = withdrawn && active && withdrawn.occurredOn >= active.occurredOn
  const status = completed ? 'completed' : isWithdrawn ? 'withdrawn' : 'active'
  const shared = { learner: enrolled.learnerId, date: enrolled.occurredOn, ects: 0 }
  const codes = { pathway: [enrolled.fact.pathwayId], homeMember: [enrolled.homeMember ?? '_X'] }
  const weeks =
    status === 'completed' && completed
      ? { timeToComplete: weeksBetween(enrolled, completed) }
      : status === 'withdrawn' && withdrawn
        ? { timeToWithdraw: weeksBetween(enrolled, withdrawn) }
        : {}
  const steps = Map.groupBy(
    events.filter(({ fact }) => 'position' in fact),
    ({ fact }) => ('position' in fact ? fact.position : 0),
  )
  return [
    {
      ...shared,
      family: 'journey',
      populations: ['journey.started', `journey.${status}`],
      codes,
      weeks,
    },
    ...[...steps].map(([position, own]): Unit => {
      const isDone = own.some((event) => event.fact.kind === 'pathway.stepCompleted')
      const state = isDone ? ['completed'] : status === 'completed' ? [] : [status]
      return {
        ...shared,
        family: 'step',
        populations: ['step.started', ...state.map((each) => `step.${each}`)],
        codes: { ...codes, step: [String(position)] },
        weeks: {},
      }
    }),
  ]
}

function stacksOf(events: readonly RecognitionEvent[]): Unit[] {
  const [first] = events
  if (!first || !('stackedCredentialId' in first.fact)) return []
  const change = events.filter(({ fact }) => fact.kind !== 'stack.progressed').at(-1)
  return [
    {
      family: 'stack',
      learner: first.learnerId,
      date: first.occurredOn,
      populations: [
        'stack.started',
        ...(change?.fact.kind === 'stack.completed' ? ['stack.completed'] : []),
      ],
      codes: {
        stackedCredential: [first.fact.stackedCredentialId],
        homeMember: [first.homeMember ?? '_X'],
      },
      ects: 0,
      weeks: {},
    },
  ]
}

function awardsOf(events: readonly RecognitionEvent[]): Unit[] {
  const made = events.find(({ fact }) => fact.kind === 'award.made')
  if (made?.fact.kind !== 'award.made') return []
  if (events.some(({ fact }) => /^award.(revoked|superseded)$/.test(fact.kind))) return []
  const pause = events.filter(({ fact }) => /^award.(suspended|reinstated)$/.test(fact.kind)).at(-1)
  if (pause?.fact.kind === 'award.suspended') return []
  const { fact } = made
  const ects = Number(fact.ects) * 1000
  return [
    {
      family: 'award',
      learner: made.learnerId,
      date: made.occurredOn,
      populations: ['award.valid'],
      codes: {
        homeMember: [made.homeMember ?? '_X'],
        awardingMember: [fact.awardingMember],
        jurisdiction: [fact.jurisdictionCode],
        eqfLevel: [fact.eqfLevel === null ? '_U' : String(fact.eqfLevel)],
        iscedField: [...new Set(fact.iscedF.map((code) => code.slice(0, 2)))],
        sizeBand: [bandOf(ects)],
        skill: [...new Set(fact.skills)],
      },
      ects,
      weeks: {},
    },
  ]
}

function requestsOf(events: readonly RecognitionEvent[]): Unit[] {
  const made = events.find(({ fact }) => fact.kind === 'recognition.requested')
  if (made?.fact.kind !== 'recognition.requested') return []
  const decisions = events.filter(({ fact }) => fact.kind === 'recognition.decided')
  const last = decisions.at(-1)
  const decided = last?.fact.kind === 'recognition.decided' ? last.fact : null
  const outcomes = {
    RECOGNISED: 'recognised',
    PARTIAL: 'partial',
    REFUSED_SUBSTANTIAL_DIFFERENCE: 'refused',
  }
  const state = decided?.outcome ? outcomes[decided.outcome] : 'pending'
  const isAppealed = events.some(({ fact }) => fact.kind === 'recognition.appealed')
  return [
    {
      family: 'request',
      learner: made.learnerId,
      date: made.occurredOn,
      populations: ['made', state]
        .concat(decided?.outcome ? ['decided'] : [])
        .concat(isAppealed ? ['appealed'] : [])
        .concat(decided?.isAutomatic ? ['automatic'] : [])
        .map((each) => `request.${each}`),
      codes: {
        homeMember: [made.homeMember ?? '_X'],
        awardingMember: [made.fact.awardingMember],
        recognisingMember: [made.fact.recognisingMember],
      },
      ects: 0,
      weeks: decisions[0] ? { waitingTime: weeksBetween(made, decisions[0]) } : {},
    },
  ]
}

function subjectOf({ learnerId, fact }: RecognitionEvent): string {
  if ('pathwayId' in fact) return `${learnerId} ${fact.pathwayId}`
  if ('stackedCredentialId' in fact) return `${learnerId} ${fact.stackedCredentialId}`
  if ('requestId' in fact) return fact.requestId
  return 'credentialId' in fact ? fact.credentialId : fact.awardId
}

function inTime(left: RecognitionEvent, right: RecognitionEvent): number {
  if (left.occurredOn !== right.occurredOn) return left.occurredOn < right.occurredOn ? -1 : 1
  return left.sequence < right.sequence ? -1 : 1
}

function weeksBetween(from: RecognitionEvent, to: RecognitionEvent): number {
  const days = (Date.parse(to.occurredOn) - Date.parse(from.occurredOn)) / 86_400_000
  return Math.floor(Math.max(0, days) / 7)
}

function bandOf(ects: number): string {
  if (ects <= 0) return 'NONE'
  if (ects < 3_000) return 'UNDER_3'
  if (ects < 6_000) return '3_TO_5'
  if (ects < 10_000) return '6_TO_9'
  return ects < 30_000 ? '10_TO_29' : '30_AND_MORE'
}

function periodStart(kind: string, date: string): string {
  const [year = 0, month = 0] = date.split('-').map(Number)
  // Months since August of year 0; a quarter begins every third, a year every twelfth of them.
  const months = year * 12 + month - 8
  const length = { YEAR: 12, QUARTER: 3, MONTH: 1 }[kind] ?? 1
  const start = Math.floor(months / length) * length + 7
  return `${Math.floor(start / 12)}-${String((start % 12) + 1).padStart(2, '0')}-01`
}

function combine(view: readonly string[], codes: Unit['codes']): string[][] {
  return view.reduce<string[][]>(
    (lists, dimension) =>
      lists.flatMap((list) => (codes[dimension] ?? []).map((code) => [...list, code])),
    [[]],
  )
}
