import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Pool } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { loadMemberRegister, type Principal } from '../../../schema/index.js'
import {
  catchUpStatistics,
  createStatisticsService,
  defaultCatchUp,
  type PublicationContext,
  publishBreakdown,
  publishMobility,
  publishQuartiles,
  toPeriod,
} from '../../../subgraphs/recognition/index.js'
import { median } from '../median.js'
import { startCompanion } from '../process/companion.js'
import { startDuckDb } from './duckdb-yardstick.js'
import type { GenerateTask } from './generate-process.js'
import { startMemorySampler } from './memory-sampler.js'

/** What one size took. Times in the unit of their name; each question is a whole answer, disclosure included. */
export interface SizeResult {
  readonly learners: number
  readonly events: number
  readonly generateSeconds: number
  readonly rollUpSeconds: number
  /** Where that time went. */
  readonly rollUpPhases: RollUpPhases
  /** What Postgres put aside on disk for sorts and hashes during the roll-up, and the database after it. */
  readonly spilledMb: number
  readonly databaseMb: number
  /** Most memory of this process, and of all of Postgres' together, during the roll-up; no shared buffers. */
  readonly hubMemoryMb: number
  readonly postgresMemoryMb: number
  /** 10,000 further events, from the outbox into every cell. */
  readonly batchSeconds: number
  readonly rollupQueryP95Ms: number
  readonly matrixP95Ms: number
  readonly duckDbTotalsMs: number
  readonly duckDbMatrixMs: number
  /** How many times longer DuckDB takes, medians. */
  readonly totalsRatio: number
  readonly matrixRatio: number
}

/** Events to facts; indexes of the facts; facts to units and cells. */
export interface RollUpPhases {
  readonly factsSeconds: number
  readonly indexesSeconds: number
  readonly cellsSeconds: number
}

export interface MeasureOptions extends GenerateTask {
  readonly rounds: number
  readonly note: (text: string) => void
}

const reportingYear = 2023
const year = toPeriod('YEAR', reportingYear, 1)
const analyst: Principal = {
  kind: 'person',
  subjectId: 'bench',
  homeMember: null,
  grants: [{ role: 'analyst', member: null }],
  scopes: [],
  assurance: [],
}

/** Fills a database of its own and measures it from the first event to the last question. */
export async function measureSize(options: MeasureOptions): Promise<SizeResult> {
  const { databaseUrl, databaseName, learners, note } = options
  const generated = await generate(options)
  note(`${generated.events} events written in ${generated.seconds.toFixed(1)} s`)
  const url = new URL(databaseUrl)
  url.pathname = `/${databaseName}`
  const pool = new Pool({ connectionString: url.href, max: 4 })
  try {
    const memory = await startMemorySampler(pool)
    const spilled = await readSpilledMb(pool)
    const { seconds: rollUpSeconds, phases } = await timeCatchUp(pool, note)
    memory.stop()
    const spilledMb = (await readSpilledMb(pool)) - spilled
    const databaseMb = await readDatabaseMb(pool)
    note(
      `rolled up in ${rollUpSeconds.toFixed(1)} s: ${describePhases(phases)}; ${describeMemory(memory.peak)}, ${spilledMb} MB spilled, the database has ${databaseMb} MB`,
    )
    const service = await createStatisticsService({
      pool,
      register: loadMemberRegister(options.registerFile),
      now: () => new Date('2026-11-25T12:00:00Z'),
      random: randomBytes,
      budget: { cellsPerDay: 1_000_000_000 },
    })
    const questions = await timeQuestions(pool, await service.open(analyst), options.rounds)
    // Late news about learners who are there already: the hard case, every one of them changes cells of the past. What
    // was asked about is released, so that changes of it are noted, too.
    const batch = await writeBatch(pool, learners)
    const { seconds: batchSeconds, phases: batchPhases } = await timeCatchUp(pool, () => {})
    note(`${batch} further events in ${batchSeconds.toFixed(2)} s: ${describePhases(batchPhases)}`)
    return {
      learners,
      events: generated.events,
      generateSeconds: generated.seconds,
      rollUpSeconds,
      rollUpPhases: phases,
      spilledMb,
      databaseMb,
      hubMemoryMb: Math.round(memory.peak.hub),
      postgresMemoryMb: Math.round(memory.peak.postgres),
      batchSeconds,
      ...questions,
    }
  } finally {
    await pool.end()
  }
}

async function generate({
  databaseUrl,
  databaseName,
  registerFile,
  dataDirectory,
  learners,
}: GenerateTask): Promise<{ readonly events: number; readonly seconds: number }> {
  const startedAt = performance.now()
  const task: GenerateTask = { databaseUrl, databaseName, registerFile, dataDirectory, learners }
  const script = new URL('./generate-process.js', import.meta.url)
  const companion = startCompanion(script, [JSON.stringify(task)], [])
  try {
    const { events } = await companion.hello<{ events: number }>()
    return { events, seconds: secondsSince(startedAt) }
  } finally {
    await companion.stop()
  }
}

function describeMemory({ hub, postgres }: { hub: number; postgres: number }): string {
  return `${hub.toFixed(0)} MB here and ${postgres.toFixed(0)} MB in Postgres at most`
}

async function timeCatchUp(
  pool: Pool,
  note: (text: string) => void,
): Promise<{ readonly seconds: number; readonly phases: RollUpPhases }> {
  const startedAt = performance.now()
  const ends = { events: 0, indexes: 0 }
  await catchUpStatistics(pool, {
    ...defaultCatchUp,
    random: randomBytes,
    now: () => new Date(),
    onProgress: (progress) => {
      const at = secondsSince(startedAt)
      const { step, done } = progress
      if (step !== 'roll-up') ends[step] = at
      const what = step === 'roll-up' ? `: ${progress.reportingYear}, ${progress.family}` : ''
      note(`  ${step} ${done}${what}, ${at.toFixed(0)} s`)
    },
  })
  const seconds = secondsSince(startedAt)
  const indexesEnd = Math.max(ends.events, ends.indexes)
  return {
    seconds,
    phases: {
      factsSeconds: ends.events,
      indexesSeconds: indexesEnd - ends.events,
      cellsSeconds: seconds - indexesEnd,
    },
  }
}

function describePhases({ factsSeconds, indexesSeconds, cellsSeconds }: RollUpPhases): string {
  const [facts, indexes, cells] = [factsSeconds, indexesSeconds, cellsSeconds].map((seconds) =>
    seconds.toFixed(1),
  )
  return `facts ${facts} s, their indexes ${indexes} s, units and cells ${cells} s`
}

async function readSpilledMb(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(
    'select temp_bytes::text as bytes from pg_stat_database where datname = current_database()',
  )
  return Math.round(Number(rows[0]?.bytes) / 2 ** 20)
}

async function readDatabaseMb(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(
    'select pg_database_size(current_database())::text as bytes',
  )
  return Math.round(Number(rows[0]?.bytes) / 2 ** 20)
}

/** Copies 10,000 events of the outbox under new ids and days, so that they are late news about the learners there. */
async function writeBatch(pool: Pool, learners: number): Promise<number> {
  const { rowCount } = await pool.query(
    `insert into outbox_event (id, kind, occurred_on, recorded_at, learner_id, home_member, fact)
     select 'late-' || id, kind, occurred_on + 1, now(), learner_id, home_member, fact
     from outbox_event where kind not like 'credential.%' and corrects is null
       and sequence % $1 = 0 order by sequence limit 10000`,
    [Math.max(1, Math.floor((learners * 8) / 10_000))],
  )
  return rowCount ?? 0
}

async function timeQuestions(pool: Pool, context: PublicationContext, rounds: number) {
  const directory = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  try {
    await exportUnits(pool, directory, 'journey', 'pathway, status, learner_key')
    await exportUnits(pool, directory, 'award', 'home_member, awarding_member, learner_key')
    const duckDb = await startDuckDb(directory)
    const times = { totals: [], matrix: [], duckTotals: [], duckMatrix: [] } as Record<
      'totals' | 'matrix' | 'duckTotals' | 'duckMatrix',
      number[]
    >
    for (let round = -3; round < rounds; round += 1) {
      const totals = await time(() => askTotals(context))
      const matrix = await time(() => publishMobility(context, year, 'LEARNERS'))
      const duck = round % 5 === 0 ? [await duckDb.askTotals(), await duckDb.askMatrix()] : []
      // The first rounds warm both up.
      if (round < 0) continue
      times.totals.push(totals)
      times.matrix.push(matrix)
      if (duck[0] !== undefined) times.duckTotals.push(duck[0])
      if (duck[1] !== undefined) times.duckMatrix.push(duck[1])
    }
    duckDb.stop()
    return {
      rollupQueryP95Ms: percentile(times.totals, 0.95),
      matrixP95Ms: percentile(times.matrix, 0.95),
      duckDbTotalsMs: median(times.duckTotals),
      duckDbMatrixMs: median(times.duckMatrix),
      totalsRatio: median(times.duckTotals) / median(times.totals),
      matrixRatio: median(times.duckMatrix) / median(times.matrix),
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Journeys by pathway with rate and quartiles: what a report shows first. */
async function askTotals(context: PublicationContext): Promise<void> {
  const request = { family: 'journey', groupBy: ['pathway'], filter: {}, period: year } as const
  const breakdown = await publishBreakdown(context, request)
  for (const row of breakdown.rows) row.share('journey.completed', 'journey.started')
  await publishQuartiles(context, breakdown, 'timeToComplete', 'journey.completed')
}

async function exportUnits(
  pool: Pool,
  directory: string,
  name: string,
  columns: string,
): Promise<void> {
  const client = await pool.connect()
  try {
    const copy = client.query(
      copyTo(
        `copy (select ${columns} from statistics_${name} where reporting_year = ${reportingYear})
         to stdout (format csv, header)`,
      ),
    )
    await pipeline(copy, createWriteStream(join(directory, `${name}.csv`)))
  } finally {
    client.release()
  }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1_000
}
