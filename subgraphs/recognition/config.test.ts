import { describe, expect, it } from 'vitest'
import { readRecognitionConfig } from './config.js'

describe('readRecognitionConfig', () => {
  it('needs nothing but a database and the keys of its callers, and fills in the rest', () => {
    const environment = {
      DATABASE_URL: 'postgres://hub@localhost/postgres',
      HUB_REQUEST_KEYS: 'keys.json',
    }
    expect(readRecognitionConfig(environment)).toEqual({
      databaseUrl: 'postgres://hub@localhost/postgres',
      host: '127.0.0.1',
      port: 4100,
      publicUrl: expect.stringMatching(/^http/),
      registerFile: 'schema/register/members.json',
      dataDirectory: 'subgraphs/recognition/data',
      assetsDirectory: 'subgraphs/recognition/pages/assets',
      hasPrivateOpenStatistics: false,
      credentials: {
        keyDirectory: '.data/credential-keys',
        allowsTestKeys: true,
        shapesDirectory: null,
        trustFile: null,
      },
      hasSampleRecords: false,
      evaluationThreads: 1,
      logLevel: 'info',
      requestKeysFile: 'keys.json',
      isUnsignedAllowed: false,
    })
  })

  it('allows no test keys in production', () => {
    const config = readRecognitionConfig({
      DATABASE_URL: 'postgres://localhost/x',
      HUB_REQUEST_KEYS: 'keys.json',
      HUB_MODE: 'production',
    })
    expect(config.credentials.allowsTestKeys).toBe(false)
  })

  it('lists all problems at once, by variable', () => {
    const read = () =>
      readRecognitionConfig({ HUB_RECOGNITION_PORT: '99999', HUB_LOG_LEVEL: 'loud' })
    expect(read).toThrow(/DATABASE_URL: .*HUB_RECOGNITION_PORT: .*HUB_LOG_LEVEL: /)
  })
})
