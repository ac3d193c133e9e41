import { statSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Logger } from '../../infra/runtime/index.js'

export interface FileWatch {
  stop(): void
}

export interface WatchOptions {
  readonly files: readonly string[]
  /** In a folder every change counts. What is a file here is watched like one. */
  readonly folders?: readonly string[]
  /** Called once after a burst of changes; the files may still have their old contents. */
  readonly onChange: () => void
  /** How long it must be quiet before `onChange`. Default 150 ms. */
  readonly quietMs?: number
  readonly log: Logger
}

/**
 * Watches files by way of their folders: editors and deployments replace a file instead of writing to it, and a watch
 * on the file itself would stay with the one that is gone.
 */
export function watchFiles(options: WatchOptions): FileWatch {
  const { files, folders = [], onChange, quietMs = 150, log } = options
  let timer: NodeJS.Timeout | undefined
  /** Undefined: any name. */
  const namesIn = new Map<string, Set<string> | undefined>()
  const isFolder = (path: string): boolean => statSync(path).isDirectory()
  for (const file of [...files, ...folders.filter((path) => !isFolder(path))]) {
    const folder = dirname(file)
    namesIn.set(folder, (namesIn.get(folder) ?? new Set()).add(basename(file)))
  }
  for (const folder of folders.filter(isFolder)) namesIn.set(folder, undefined)
  const watchers = [...namesIn].map(([folder, names]) => {
    const watcher = watch(folder, (_event, name) => {
      // Kubernetes swaps a whole mounted folder by renaming the link `..data`.
      const isOurs = names === undefined || name === null || names.has(name)
      if (!isOurs && !name.startsWith('..')) return
      clearTimeout(timer)
      timer = setTimeout(onChange, quietMs)
    })
    watcher.on('error', (error) => {
      log.warn('a folder is no longer watched', { folder, error: String(error) })
    })
    return watcher
  })
  return {
    stop: () => {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
    },
  }
}
