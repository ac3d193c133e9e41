import { join } from 'node:path'
import { loadMemberRegister } from '../../../schema/index.js'
import { createTestCluster } from '../../setup/test-cluster.js'
import { formatTable } from '../format-table.js'
import { parseStatisticsBenchArguments, usage } from './arguments.js'
import { measureSize, type SizeResult } from './measure-size.js'

const root = new URL('../../../..', import.meta.url).pathname
try {
  const args = parseStatisticsBenchArguments(process.argv.slice(2))
  if (args.isHelp) process.stdout.write(usage)
  else await run(args.learners, args.rounds, args.isJson)
} catch (error) {
  process.stderr.write(
    `bench:statistics: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exitCode = 1
}

async function run(sizes: readonly number[], rounds: number, isJson: boolean): Promise<void> {
  const cluster = await createTestCluster()
  const interrupt = (): void => void cluster.drop().finally(() => process.exit(130))
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    const results: SizeResult[] = []
    for (const learners of sizes) {
      results.push(
        await measureSize({
          databaseUrl: cluster.url,
          databaseName: `bench_${learners}`,
          register: loadMemberRegister(join(root, 'schema/register/members.json')),
          dataDirectory: join(root, 'subgraphs/recognition/data'),
          learners,
          rounds,
          note: (text) => void process.stderr.write(`${text}\n`),
        }),
      )
    }
    process.stdout.write(toTable(results))
    const last = results.at(-1)
    if (isJson && last) process.stdout.write(`${JSON.stringify({ ...last, sizes: results })}\n`)
  } finally {
    await cluster.drop()
  }
}

function toTable(results: readonly SizeResult[]): string {
  const row = (name: string, read: (result: SizeResult) => number, digits: number) => [
    name,
    ...results.map((result) => read(result).toFixed(digits)),
    growth(results.map(read)),
  ]
  const lines = [
    ['', ...results.map(({ events }) => `${(events / 1e6).toFixed(1)} M events`), 'growth'],
    row('generate, s', (each) => each.generateSeconds, 1),
    row('roll up, s', (each) => each.rollUpSeconds, 1),
    row('memory here, MB', (each) => each.hubMemoryMb, 0),
    row('memory of Postgres, MB', (each) => each.postgresMemoryMb, 0),
    row('10,000 further events, s', (each) => each.batchSeconds, 2),
    row('pathways with quartiles, p95 ms', (each) => each.rollupQueryP95Ms, 1),
    row('matrix with marginals, p95 ms', (each) => each.matrixP95Ms, 1),
    row('DuckDB, pathways, ms', (each) => each.duckDbTotalsMs, 1),
    row('DuckDB, matrix, ms', (each) => each.duckDbMatrixMs, 1),
    row('DuckDB / hub, pathways', (each) => each.totalsRatio, 1),
    row('DuckDB / hub, matrix', (each) => each.matrixRatio, 1),
  ]
  return `${formatTable(lines)}\n`
}

/** The largest size over the smallest. */
function growth(values: readonly number[]): string {
  const [first = Number.NaN] = values
  return values.length < 2 ? '' : `${((values.at(-1) ?? Number.NaN) / first).toFixed(1)}×`
}
