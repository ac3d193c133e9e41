import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findFreePort } from '../../../../infra/runtime/index.js'
import { startPinned } from '../../process/start-pinned.js'
import { subgraphSdl } from '../workload/subgraph-sdl.js'
import type { Row, RowSetting } from './row.js'

/** The gateway in Rust, as npm ships it: `grafbase dev` composes the subgraphs itself. */
export const grafbaseRows: readonly Row[] = [
  toRow('grafbase', 'Grafbase (Rust), as it comes: equal fetches shared', true),
  toRow('grafbase-no-sharing', 'Grafbase (Rust), in-flight deduplication off', false),
]

const program = 'node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase'

function toRow(name: string, title: string, isSharing: boolean): Row {
  return {
    name,
    title,
    isPeer: true,
    start: async (setting) => {
      const port = await findFreePort()
      const config = await writeConfig(setting, isSharing)
      const address = ['--listen-address', `127.0.0.1:${port}`]
      return startPinned(setting, {
        command: join(setting.peersDirectory, program),
        // What it unpacks on its first start: two that share a home disturb each other.
        env: { HOME: setting.directory },
        args: ['--home', setting.directory, 'dev', '--config', config, ...address],
        url: `http://127.0.0.1:${port}/graphql`,
      })
    },
  }
}

async function writeConfig(
  { directory, subgraphUrls }: RowSetting,
  isSharing: boolean,
): Promise<string> {
  const parts = [`[traffic_shaping]\ninflight_deduplication = ${isSharing}\n`]
  for (const [name, sdl] of Object.entries(subgraphSdl)) {
    const schema = join(directory, `${name}.graphql`)
    await writeFile(schema, sdl)
    parts.push(
      `[subgraphs.${name}]\nurl = "${subgraphUrls.get(name)}"\nschema_path = "${schema}"\n`,
    )
  }
  const file = join(directory, 'grafbase.toml')
  await writeFile(file, parts.join('\n'))
  return file
}
