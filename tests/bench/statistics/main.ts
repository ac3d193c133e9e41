import { join } from 'node:path'
import { createTestCluster } from '../../setup/test-cluster.js'
import { parseStatisticsBenchArguments, usage } from './arguments.js'
import { measureSize, type SizeResult } from './measure-size.js'
import { toTable } from './size-table.js'

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
          registerFile: join(root, 'schema/register/members.json'),
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
