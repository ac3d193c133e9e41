import { fileURLToPath } from 'node:url'
import { findFreePort } from '../../../../infra/runtime/index.js'
import { startPinned } from '../../process/start-pinned.js'
import type { Row } from './row.js'

const gatewayMain = fileURLToPath(new URL('../../../../gateway/main.js', import.meta.url))

/** Our gateway, as `npm run gateway -- --supergraph` starts it, in one process. */
export const hubRows: readonly Row[] = [
  toRow('hub', 'this gateway', 'true'),
  toRow('hub-no-sharing', 'this gateway, sharing of equal fetches off', 'false'),
]

function toRow(name: string, title: string, isSharing: string): Row {
  return {
    name,
    title,
    isPeer: false,
    start: async (setting) => {
      const port = await findFreePort()
      const flags = ['--supergraph', setting.supergraphFile, '--port', `${port}`, '--workers', '1']
      return startPinned(setting, {
        command: process.execPath,
        // As `npm run gateway` does.
        args: ['--max-semi-space-size=64', gatewayMain, ...flags],
        env: { HUB_COALESCING: isSharing, HUB_LOG_LEVEL: 'warn', HUB_EXPLORER: 'false' },
        url: `http://127.0.0.1:${port}/graphql`,
      })
    },
  }
}
