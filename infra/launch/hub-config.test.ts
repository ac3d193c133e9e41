import { expect, test } from 'vitest'
import { readHubConfig } from './hub-config.js'

test('lists the faults of launcher and gateway together', () => {
  const env = { HUB_PORT: 'x', HUB_SUBGRAPH_PORT_BASE: '-1', REDIS_URL: 'localhost' }
  expect(() => readHubConfig(env, '/hub')).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/HUB_SUBGRAPH_PORT_BASE .*REDIS_URL .*HUB_PORT /),
    }),
  )
})
