import { readFile } from 'node:fs/promises'
import { type ErrorCode, HubError, parseMemberRegister } from '../../schema/index.js'
import { parseSupergraph } from '../engine/supergraph-model.js'
import { catalogueSubgraph } from '../member-fan-out.js'
import { loadTrustedDocuments } from './trusted-documents.js'

/** The files a gateway serves, as texts, so that they can be compared and sent to workers. */
export interface GatewaySources {
  readonly supergraphSdl: string
  /** Absent when the supergraph has no subgraph behind which members could stand, or there is no register. */
  readonly members?: { readonly registerText: string; readonly catalogueSdl: string }
  /** Operations clients may send by their hash alone. */
  readonly documents?: readonly string[]
}

export interface SourceFiles {
  readonly supergraphFile: string
  readonly registerFile: string | undefined
  readonly catalogueFile: string
  /** See `loadTrustedDocuments`. */
  readonly documentsPath?: string | undefined
}

/**
 * Reads what a gateway serves, and checks what can be checked without starting anything.
 *
 * @throws HubError `SUPERGRAPH_INVALID`, `REGISTER_INVALID` or `CONFIG_INVALID`, naming the file.
 */
export async function loadSources(files: SourceFiles): Promise<GatewaySources> {
  const { supergraphFile, registerFile, catalogueFile, documentsPath } = files
  const supergraphSdl = await readSource(supergraphFile, 'supergraph', 'SUPERGRAPH_INVALID')
  const { subgraphs } = parseSupergraph(supergraphSdl)
  const hasCatalogue = subgraphs.some(({ name }) => name === catalogueSubgraph)
  const documents = documentsPath === undefined ? [] : await loadTrustedDocuments(documentsPath)
  const shared = { supergraphSdl, ...(documents.length > 0 && { documents }) }
  if (registerFile === undefined || !hasCatalogue) return shared
  const registerText = await readSource(registerFile, 'register', 'REGISTER_INVALID')
  parseMemberRegister(registerText, registerFile)
  const catalogueSdl = await readSource(catalogueFile, 'contract', 'CONFIG_INVALID')
  return { ...shared, members: { registerText, catalogueSdl } }
}

/** Whether two sets of sources are the same, text by text. */
export function areSameSources(one: GatewaySources, other: GatewaySources): boolean {
  return (
    one.supergraphSdl === other.supergraphSdl &&
    one.members?.registerText === other.members?.registerText &&
    one.members?.catalogueSdl === other.members?.catalogueSdl &&
    areSameDocuments(one, other)
  )
}

/** Whether two sets of sources trust the same operations. */
export function areSameDocuments(one: GatewaySources, other: GatewaySources): boolean {
  const [texts = [], others = []] = [one.documents, other.documents]
  return texts.length === others.length && texts.every((text, index) => text === others[index])
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
