import { expect, test } from 'vitest'
import { type EnvReader, readEnv } from './read-env.js'

const build = (read: EnvReader) => ({
  host: read.string('HUB_HOST', { default: '127.0.0.1' }),
  port: read.integer('HUB_PORT', { default: 4000, min: 0, max: 65_535 }),
  explorer: read.boolean('HUB_EXPLORER', { default: true }),
  database: read.optionalUrl('DATABASE_URL', { schemes: ['postgres', 'postgresql'] }),
  level: read.oneOf('HUB_LOG', { default: 'warn', choices: ['info', 'warn'] }),
  origins: read.list('HUB_ORIGINS', { default: [] }),
})

test('gives the defaults when nothing is set, and takes an empty text for not set', () => {
  expect(readEnv({ HUB_PORT: '', HUB_EXPLORER: ' ' }, build)).toEqual({
    host: '127.0.0.1',
    port: 4000,
    explorer: true,
    database: undefined,
    level: 'warn',
    origins: [],
  })
})

test('reads each kind of value', () => {
  const env = {
    HUB_HOST: '::1',
    HUB_PORT: '0',
    HUB_EXPLORER: 'Off',
    DATABASE_URL: 'postgres://u:p@db/x',
    HUB_LOG: 'info',
    HUB_ORIGINS: 'https://a.example, ,https://b.example',
  }
  expect(readEnv(env, build)).toEqual({
    host: '::1',
    port: 0,
    explorer: false,
    database: 'postgres://u:p@db/x',
    level: 'info',
    origins: ['https://a.example', 'https://b.example'],
  })
})

test('lists every variable at fault in one failure, without the value of a URL', () => {
  const env = { HUB_PORT: '65536', HUB_EXPLORER: 'maybe', DATABASE_URL: 'db:secret', HUB_LOG: 'x' }
  expect(() => readEnv(env, build)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message:
        "HUB_PORT must be a whole number from 0 to 65535, not '65536'; HUB_EXPLORER must be true or false, not 'maybe'; DATABASE_URL must be a URL postgres://… or postgresql://…; HUB_LOG must be one of info, warn, not 'x'",
    }),
  )
})

test.each(['1.5', '1e3', '0x10', '+1', 'four'])('refuses %s as a whole number', (value) => {
  expect(() => readEnv({ HUB_PORT: value }, build)).toThrow('HUB_PORT')
})

test('freezes the result', () => {
  expect(Object.isFrozen(readEnv({}, build))).toBe(true)
})

test('reads pairs of key and URL, and refuses a pair without a URL', () => {
  const read = (value: string) =>
    readEnv({ PLACES: value }, (env) => ({ places: env.urlMap('PLACES', { schemes: ['redis'] }) }))
  expect(read('MX=redis://a:1?cluster=true, NO=redis://b:2').places).toEqual(
    new Map([
      ['MX', 'redis://a:1?cluster=true'],
      ['NO', 'redis://b:2'],
    ]),
  )
  expect(() => read('MX=http://a')).toThrow('PLACES must be pairs KEY=URL with a URL redis://…')
})
