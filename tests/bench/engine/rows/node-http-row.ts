import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '../../../../infra/runtime/index.js'
import { startPinned } from '../../process/start-pinned.js'
import type { Row } from './row.js'

const script = fileURLToPath(new URL('../node-http-process.js', import.meta.url))

/** Node's own server sending the bytes of the right answers: no gateway on Node can be faster than this. */
export const nodeHttpRow: Row = {
  name: 'node-http',
  title: 'bare node:http sending the same bytes',
  isPeer: false,
  start: async (setting) => {
    const port = await findFreePort()
    const answers = join(setting.directory, 'answers.json')
    await writeFile(answers, JSON.stringify([...setting.expected]))
    return startPinned(setting, {
      command: process.execPath,
      args: [script, answers, String(port)],
      url: `http://127.0.0.1:${port}/graphql`,
    })
  },
}
