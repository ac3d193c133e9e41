import { readdirSync } from 'node:fs'
import type { FederationCase } from './federation-case.js'

/** Reads every case below `tests/fixtures/federation/`, by folder name. */
export async function loadCases(): Promise<FederationCase[]> {
  const folder = new URL('../../fixtures/federation/', import.meta.url)
  const cases: FederationCase[] = []
  for (const name of readdirSync(folder).sort()) {
    if (name === 'README.md') continue
    const path = new URL(`${name}/case.ts`, folder).pathname
    const module: { readonly federationCase: FederationCase } = await import(path)
    cases.push(module.federationCase)
  }
  return cases
}
