import { expect, test } from 'vitest'
import { readLaunchConfig } from './config.js'

test('serves on 4100 and up with embedded servers by default', () => {
  expect(readLaunchConfig({}, '/hub')).toMatchObject({
    host: '127.0.0.1',
    subgraphPortBase: 4100,
    databaseUrl: undefined,
    redisUrl: undefined,
    registerFile: '/hub/schema/register/members.json',
    documentsPath: undefined,
    syncOnStart: true,
  })
})
