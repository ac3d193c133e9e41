import { describe, expect, it } from 'vitest'
import { readMemberConfig } from './config.js'

const DATABASE_URL = 'postgres://hub@localhost/postgres'

describe('readMemberConfig', () => {
  it('needs nothing but the database and the keys of its callers', () => {
    expect(readMemberConfig({ DATABASE_URL, HUB_REQUEST_KEYS: 'keys.json' }, 'dcu')).toEqual({
      databaseUrl: DATABASE_URL,
      host: '127.0.0.1',
      port: undefined,
      registerFile: 'schema/register/members.json',
      dataDirectory: 'subgraphs/dcu/data',
      syncOnStart: true,
      logLevel: 'info',
      requestKeysFile: 'keys.json',
      isUnsignedAllowed: false,
    })
  })

  it.each([
    ['neither keys nor leave to do without', {}],
    ['both', { HUB_REQUEST_KEYS: 'keys.json', HUB_ALLOW_UNSIGNED: 'true' }],
    ['leave to do without in production', { HUB_ALLOW_UNSIGNED: 'true', HUB_MODE: 'production' }],
  ])('does not start with %s', (_what, environment) => {
    expect(() => readMemberConfig({ DATABASE_URL, ...environment }, 'dcu')).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    )
  })

  it('takes a hub to tell of syncs, and wants its address with the key', () => {
    const keys = { DATABASE_URL, HUB_ALLOW_UNSIGNED: 'true', HUB_WEBHOOK_KEY: 'key.json' }
    const config = readMemberConfig({ ...keys, HUB_URL: 'https://hub.example' }, 'dcu')
    expect(config).toMatchObject({ hubUrl: 'https://hub.example', webhookKeyFile: 'key.json' })
    expect(() => readMemberConfig(keys, 'dcu')).toThrow(/HUB_URL: needs the address of a gateway/)
    expect(() => readMemberConfig({ ...keys, HUB_URL: 'ftp://hub' }, 'dcu')).toThrow(
      /HUB_URL: must/,
    )
  })

  it('reports every problem at once, by variable and without the value', () => {
    const environment = {
      DATABASE_URL: 'mysql://root:secret@localhost',
      HUB_MEMBER_PORT: '70000',
      HUB_SYNC_ON_START: 'maybe',
    }
    const read = () => readMemberConfig(environment, 'dcu')
    expect(read).toThrow(/DATABASE_URL.*HUB_MEMBER_PORT.*HUB_SYNC_ON_START/)
    expect(read).not.toThrow(/secret/)
    expect(read).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })
})
