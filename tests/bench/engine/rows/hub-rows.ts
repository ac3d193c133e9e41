import { fileURLToPath } from 'node:url'
import { findFreePort } from '../../../../infra/runtime/index.js'
import { startPinned } from '../../process/start-pinned.js'
import type { Row } from './row.js'

const gatewayMain = fileURLToPath(new URL('../../../../gateway/main.js', import.meta.url))

const noSharing = { HUB_COALESCING: 'false' }
const undiciPools = { HUB_OWN_SOCKETS: 'false' }

/** Our gateway, as `npm run gateway -- --supergraph` starts it, in one process. */
export const hubRows: readonly Row[] = [
  toRow('hub', 'this gateway', {}),
  toRow('hub-no-sharing', 'this gateway, sharing of equal requests and fetches off', noSharing),
]

/** The same with undici in place of our own HTTP client. */
export const hubVariantRows: readonly Row[] = [
  toRow('hub-undici', 'this gateway with undici for plain HTTP, too', undiciPools),
  toRow('hub-undici-no-sharing', 'the same, sharing off', { ...undiciPools, ...noSharing }),
]

function toRow(name: string, title: string, env: Readonly<Record<string, string>>): Row {
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
        env: { ...env, HUB_MODE: 'production', HUB_RATE_ANONYMOUS: '0', HUB_LOG_LEVEL: 'warn' },
        url: `http://127.0.0.1:${port}/graphql`,
      })
    },
  }
}
