import { readFile } from 'node:fs/promises'
import { type ErrorCode, HubError, parseMemberRegister } from '../../schema/index.js'
import { parseSupergraph } from '../engine/supergraph-model.js'
import { catalogueSubgraph } from '../member-fan-out.js'

/** The files a gateway serves, as texts, so that they can be compared and sent to workers. */
export interface GatewaySources {
  readonly supergraphSdl: string
  /** Absent when the supergraph has no subgraph behind which members could stand, or there is no register. */
  readonly members?: { readonly registerText: string; readonly catalogueSdl: string }
}

export interface SourceFiles {
  readonly supergraphFile: string
  readonly registerFile: string | undefined
  readonly catalogueFile: string
}

/**
 * Reads what a gateway serves, and checks what can be checked without starting anything.
 *
 * @throws HubError `SUPERGRAPH_INVALID`, `REGISTER_INVALID` or `CONFIG_INVALID`, naming the file.
 */
export async function loadSources(files: SourceFiles): Promise<GatewaySources> {
  const { supergraphFile, registerFile, catalogueFile } = files
  const supergraphSdl = await readSource(supergraphFile, 'supergraph', 'SUPERGRAPH_INVALID')
  const { subgraphs } = parseSupergraph(supergraphSdl)
  const hasCatalogue = subgraphs.some(({ name }) => name === catalogueSubgraph)
  if (registerFile === undefined || !hasCatalogue) return { supergraphSdl }
  const registerText = await readSource(registerFile, 'register', 'REGISTER_INVALID')
  parseMemberRegister(registerText, registerFile)
  const catalogueSdl = await readSource(catalogueFile, 'contract', 'CONFIG_INVALID')
  return { supergraphSdl, members: { registerText, catalogueSdl } }
}

/** Whether two sets of sources are the same, text by text. */
export function areSameSources(one: GatewaySources, other: GatewaySources): boolean {
  return (
    one.supergraphSdl === other.supergraphSdl &&
    one.members?.registerText === other.members?.registerText &&
    one.members?.catalogueSdl === other.members?.catalogueSdl
  )
}

async function readSource(file: string, what: string, code: ErrorCode): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? cause.code : cause
    const message = `the ${what} ${file} cannot be read: ${reason === 'ENOENT' ? 'there is no such file' : reason}`
    throw new HubError(code, { message, cause })
  }
}
