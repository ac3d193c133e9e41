import type { EntityManager } from '@mikro-orm/postgresql'
import { sharedPath } from './create-share.js'
import { readShared } from './read-shared.js'

/** Makes a reader of what somebody wants verified: a document itself, or a link of this hub that leads to one. */
export function createDocumentReader(deps: {
  readonly fork: () => EntityManager
  readonly publicUrl: string
  readonly now: () => Date
}): (text: string) => Promise<Uint8Array> {
  const base = `${deps.publicUrl}${sharedPath}/`
  return async (text) => {
    // Only links of our own are followed, and those are looked up, not fetched.
    if (!text.startsWith(base)) return Buffer.from(text)
    const [token = ''] = text.slice(base.length).split(/[/?#]/)
    const shared = await readShared(deps.fork(), token, deps.now())
    return Buffer.from(shared.kind === 'document' ? shared.document : '')
  }
}
