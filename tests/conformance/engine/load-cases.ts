import { readdirSync } from 'node:fs'
import type { FederationCase } from './federation-case.js'

/** A case and where it is. */
export interface LoadedCase extends FederationCase {
  /** Name of its folder. */
  readonly name: string
  /** Path of a file beside its `case.ts`. */
  fileNamed(name: string): string
}

/** Where the cases are. */
export const casesFolder = new URL('../../fixtures/federation/', import.meta.url)

/** Reads every case below `tests/fixtures/federation/`, by folder name. */
export async function loadCases(): Promise<LoadedCase[]> {
  const cases: LoadedCase[] = []
  for (const entry of readdirSync(casesFolder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const { name } = entry
    const fileNamed = (file: string) => new URL(`${name}/${file}`, casesFolder).pathname
    const module: { readonly federationCase: FederationCase } = await import(fileNamed('case.ts'))
    cases.push({ ...module.federationCase, name, fileNamed })
  }
  return cases.sort((a, b) => (a.name < b.name ? -1 : 1))
}
