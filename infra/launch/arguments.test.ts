import { expect, test } from 'vitest'
import { parseLaunchArguments } from './arguments.js'

test('serves with nothing overridden when there are no arguments', () => {
  expect(parseLaunchArguments([])).toEqual({ mode: 'serve', isJson: false, overrides: {} })
})

test('turns flags into the variables they stand for', () => {
  const args = ['--smoke', '--json', '--port', '0', '--subgraph-port-base', '5100', '--no-sample']
  expect(parseLaunchArguments(args)).toEqual({
    mode: 'smoke',
    isJson: true,
    overrides: {
      HUB_PORT: '0',
      HUB_SUBGRAPH_PORT_BASE: '5100',
      HUB_SYNC_ON_START: 'false',
    },
  })
})

test('prefers help over everything else', () => {
  expect(parseLaunchArguments(['--smoke', '--help']).mode).toBe('help')
})

test.each([[['--prot', '1']], [['--port']], [['serve']]])(
  'refuses %j and points to help',
  (args) => {
    expect(() => parseLaunchArguments(args)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringMatching(/--help lists the options/),
      }),
    )
  },
)
