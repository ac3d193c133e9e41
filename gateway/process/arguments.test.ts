import { expect, test } from 'vitest'
import { readGatewayProcessConfig } from '../read-config.js'
import { parseGatewayArguments, usage } from './arguments.js'

test('flags stand for variables', () => {
  expect(
    parseGatewayArguments([
      ...['--supergraph', 'a.graphql', '--register', 'r.json', '--port', '0', '--host', '::1'],
      ...['--workers', '3', '--watch', '--json'],
    ]),
  ).toEqual({
    mode: 'serve',
    isJson: true,
    isForeign: true,
    overrides: {
      HUB_SUPERGRAPH: 'a.graphql',
      HUB_REGISTER: 'r.json',
      HUB_PORT: '0',
      HUB_HOST: '::1',
      HUB_WORKERS: '3',
      HUB_WATCH: 'true',
    },
  })
})

test('without flags it serves our own supergraph', () => {
  const args = parseGatewayArguments([])
  expect(args).toEqual({ mode: 'serve', isJson: false, isForeign: false, overrides: {} })
  const config = readGatewayProcessConfig({}, { cores: 2, isForeign: args.isForeign })
  expect(config).toMatchObject({
    supergraphFile: 'schema/supergraph.graphql',
    registerFile: 'schema/register/members.json',
    workers: 2,
    isWatching: false,
  })
})

test('our register does not apply to a supergraph named on the command line, one that is named does', () => {
  const facts = { cores: 1, isForeign: true }
  expect(readGatewayProcessConfig({}, facts).registerFile).toBeUndefined()
  expect(readGatewayProcessConfig({ HUB_REGISTER: 'r.json' }, facts).registerFile).toBe('r.json')
})

test.each([
  [['--supergaph', 'x'], /'--supergaph'/],
  [['file.graphql'], /file\.graphql/],
  [['--port'], /--port/],
  [['--supergraph', ''], /--supergraph needs a value/],
])('%j is refused with the reason and where to read on', (args, reason) => {
  expect(() => parseGatewayArguments(args)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(reason) }),
  )
  expect(() => parseGatewayArguments(args)).toThrow(/npm run gateway -- --help/)
})

test('the help names every flag there is', () => {
  for (const flag of ['supergraph', 'register', 'port', 'host', 'workers', 'watch', 'json']) {
    expect(usage).toContain(`--${flag}`)
  }
})
