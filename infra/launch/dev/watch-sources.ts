import { watch } from 'node:fs'
import { join } from 'node:path'

const folders = ['gateway', 'infra', 'schema', 'subgraphs']
/** Editors write a file in several steps, and a checkout changes many: wait until it is quiet. */
const quietMs = 150

/** Calls `onChange` once after each burst of changes to code, contracts or data. Returns the way to stop. */
export function watchSources(rootDirectory: string, onChange: () => void): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const watchers = folders.map((folder) =>
    watch(join(rootDirectory, folder), { recursive: true }, (_event, name) => {
      if (name === null || !/\.(ts|json|graphql|csv|html|js|css)$/.test(name)) return
      if (/\.test\.ts$/.test(name)) return
      clearTimeout(timer)
      timer = setTimeout(onChange, quietMs)
    }),
  )
  return async () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
