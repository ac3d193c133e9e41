import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Path of a file of the real data for tests; `HUB_INTEROP_DATA` says where they are, default `../shared/data`. */
export function interopData(path: string): string {
  return resolve(root, process.env.HUB_INTEROP_DATA ?? '../shared/data', path)
}

/** Whether the real data are here; suites that need them are skipped otherwise, and say so in their name. */
export function isInteropDataPresent(path: string): boolean {
  return existsSync(path)
}
