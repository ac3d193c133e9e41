import { join } from 'node:path'
import { findFreePort } from '../../../../infra/runtime/index.js'
import { startPinned } from '../../process/start-pinned.js'
import type { Row } from './row.js'

/** The gateways that run on Node. */
export const nodePeerRows: readonly Row[] = [
  {
    name: 'apollo',
    title: '@apollo/gateway in Apollo Server',
    isPeer: true,
    start: async (setting) => {
      const port = await findFreePort()
      return startPinned(setting, {
        command: process.execPath,
        args: [
          join(setting.peersDirectory, 'apollo-gateway.mjs'),
          setting.supergraphFile,
          String(port),
        ],
        url: `http://127.0.0.1:${port}/`,
      })
    },
  },
  toHiveRow('hive', 'Hive Gateway, its planner in JavaScript', []),
  toHiveRow('hive-rust', 'Hive Gateway with its Rust planner', ['--hive-router-runtime']),
]

function toHiveRow(name: string, title: string, flags: readonly string[]): Row {
  return {
    name,
    title,
    isPeer: true,
    start: async (setting) => {
      const port = await findFreePort()
      const program = join(setting.peersDirectory, 'node_modules/@graphql-hive/gateway/dist/bin.js')
      const address = ['--host', '127.0.0.1', '--port', String(port)]
      return startPinned(setting, {
        command: process.execPath,
        args: [program, 'supergraph', setting.supergraphFile, ...flags, ...address],
        url: `http://127.0.0.1:${port}/graphql`,
      })
    },
  }
}
