import { parseArgs } from 'node:util'
import { HubError, loadMemberRegister } from '../../../schema/index.js'
import { type GenerateProgress, generateHistories } from '../../../subgraphs/recognition/index.js'

const usage = `npm run generate -- [options]: writes synthetic learning histories into the recognition database

  --learners N        how many learners, default 1000; about ten events each
  --seed N            the same seed gives the same histories, default 7
  --starts-on DATE    first enrolment, ISO date, default 2021-08-01
  --days N            days over which enrolments are spread, default 1700
  --no-roll-up        write events only; the recognition subgraph rolls them up when it runs
  --json              the report as JSON, as the last line on standard output
  --help              this text

DATABASE_URL names the Postgres server; the database hub_recognition in it is created when missing. One seed can be
written once. Exit code 0 when all is written, 1 on failure. Ctrl-C while writing leaves nothing behind; while rolling up it
leaves the events, and the recognition subgraph rolls up the rest when it runs.
`

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => stopping.abort(new HubError('SHUTTING_DOWN')))
}
process.exitCode = await generate(process.argv.slice(2), process.env).catch((error: unknown) => {
  process.stderr.write(`generate: ${describe(error)}\n`)
  return 1
})

async function generate(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const { values: flags } = parseArgs({
    args: [...args],
    options: {
      learners: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '7' },
      'starts-on': { type: 'string', default: '2021-08-01' },
      days: { type: 'string', default: '1700' },
      'no-roll-up': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (flags.help) {
    process.stdout.write(usage)
    return 0
  }
  const databaseUrl = env.DATABASE_URL
  if (databaseUrl === undefined) {
    throw new HubError('CONFIG_INVALID', { message: 'DATABASE_URL: must name a Postgres server' })
  }
  const report = await generateHistories({
    databaseUrl,
    register: loadMemberRegister(env.HUB_REGISTER ?? 'schema/register/members.json'),
    dataDirectory: env.HUB_RECOGNITION_DATA ?? 'subgraphs/recognition/data',
    learners: readWhole('--learners', flags.learners, 1, 10_000_000),
    seed: readWhole('--seed', flags.seed, 0, 2_147_483_647),
    startsOn: readDate(flags['starts-on']),
    days: readWhole('--days', flags.days, 1, 10_000),
    rollUp: !flags['no-roll-up'],
    signal: stopping.signal,
    onProgress: showProgress,
  })
  process.stdout.write(
    flags.json
      ? `${JSON.stringify(report)}\n`
      : `${report.events} events of ${report.learners} synthetic learners, seed ${report.seed}${report.rolledUp ? '' : '; not rolled up'}\n`,
  )
  return 0
}

function readWhole(flag: string, text: string, low: number, high: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= low && value <= high) return value
  throw new HubError('BAD_USER_INPUT', { message: `${flag} is a whole number, ${low}–${high}` })
}

function readDate(text: string): string {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
  if (isDate) return text
  throw new HubError('BAD_USER_INPUT', { message: '--starts-on is an ISO date' })
}

function showProgress(progress: GenerateProgress): void {
  process.stderr.write(`${progress.done} ${describeStep(progress)}\n`)
}

function describeStep(progress: GenerateProgress): string {
  switch (progress.step) {
    case 'generating':
      return `events up to ${progress.upTo}`
    case 'events':
      return 'events read'
    case 'indexes':
      return 'indexes made'
    case 'roll-up':
      return `learners rolled up, the last of ${progress.reportingYear}, ${progress.family}`
  }
}

function describe(error: unknown): string {
  if (error instanceof HubError) return `${error.code}: ${error.message}`
  if (error instanceof Error && 'code' in error && error.code === '23505') {
    return 'this seed is in the database already'
  }
  return error instanceof Error ? error.message : String(error)
}
