import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { stylesheetPath } from './page.js'
import { verifyPath } from './verify-page.js'

const assets = [
  { path: stylesheetPath, file: 'page.css', type: 'text/css; charset=utf-8' },
  { path: `${verifyPath}/page.js`, file: 'verify.js', type: 'text/javascript; charset=utf-8' },
] as const

/**
 * Serves the files that pages refer to, read once.
 *
 * @param directory - `subgraphs/recognition/pages/assets`.
 */
export async function addPageAssets(app: FastifyInstance, directory: string): Promise<void> {
  for (const { path, file, type } of assets) {
    const text = await readFile(join(directory, file), 'utf8')
    app.get(path, async (_request, reply) =>
      reply
        .headers({
          'content-type': type,
          'cache-control': 'public, max-age=3600',
          'x-content-type-options': 'nosniff',
        })
        .send(text),
    )
  }
}
