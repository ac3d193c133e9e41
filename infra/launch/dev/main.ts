import { createLifecycle, createLogger, stopOnSignals } from '../../runtime/index.js'
import { readLaunchConfig } from '../config.js'
import { toFailureLine } from '../launch-failure.js'
import { createProgress } from '../progress.js'
import { startStores } from '../start-stores.js'
import { createRestarter } from './restarter.js'
import { watchSources } from './watch-sources.js'

// `npm run dev`: Postgres and Redis stay up here; the hub is a child that is rebuilt and restarted on every change.
const log = createLogger('warn', 'dev')
const lifecycle = createLifecycle(log)
stopOnSignals(lifecycle, { signals: process, exit: (code) => process.exit(code) })
const print = (line: string) => process.stdout.write(`${line}\n`)
try {
  const config = readLaunchConfig(process.env, process.cwd())
  const progress = createProgress(print, () => performance.now())
  const stores = await startStores(config, { lifecycle, progress, log })
  const restarter = createRestarter({
    rootDirectory: config.rootDirectory,
    args: process.argv.slice(2),
    env: { ...process.env, DATABASE_URL: stores.databaseUrl, REDIS_URL: stores.redisUrl },
    print,
  })
  await lifecycle.own('hub', restarter.stop, 30_000)
  await lifecycle.own('watcher', watchSources(config.rootDirectory, restarter.restart))
  restarter.restart()
} catch (error) {
  await lifecycle.stop()
  process.stderr.write(`${toFailureLine(error)}\n`)
  process.exit(1)
}
