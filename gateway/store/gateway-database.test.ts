import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { createTestCluster, type TestCluster } from '../../tests/setup/test-cluster.js'
import { createGatewayDatabase } from './gateway-database.js'

let cluster: TestCluster

beforeAll(async () => {
  cluster = await createTestCluster()
})

afterAll(() => cluster.drop())

test('two gateways that start together on an empty server both get the migrated database', async () => {
  const open = () => createGatewayDatabase({ databaseUrl: cluster.url, log: silentLogger })
  const databases = [open(), open()]
  const counts = await Promise.all(
    databases.map((database) =>
      database.use((em) => em.execute('select count(*)::int as count from purge_log')),
    ),
  )
  expect(counts).toEqual([[{ count: 0 }], [{ count: 0 }]])
  await Promise.all(databases.map((database) => database.close()))
})

test('a server that does not answer fails the use with a code, and the next use tries again', async () => {
  const databaseUrl = 'postgres://nobody@127.0.0.1:1/none'
  const database = createGatewayDatabase({ databaseUrl, log: silentLogger })
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await expect(database.use(async () => {})).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    })
  }
  await database.close()
})

test('a mistake in a statement is not taken for a database that is down', async () => {
  const database = createGatewayDatabase({ databaseUrl: cluster.url, log: silentLogger })
  await expect(database.use((em) => em.execute('select nothing'))).rejects.not.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
  })
  await database.close()
})
