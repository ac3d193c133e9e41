/** A node of a JSON-LD document. */
export interface ElmNode {
  readonly id: string
  readonly type: string
  readonly [property: string]: unknown
}

/** Makes the nodes of one document. */
export interface NodeFactory {
  /** A node with an id that no other node of the document, or of any other document, has. */
  node(type: string, properties: Readonly<Record<string, unknown>>): ElmNode
}

/**
 * A factory for the document `documentId`.
 *
 * Ids count up per type and carry the document's own: RDF merges nodes of the same id, so a copy elsewhere in the
 * document, or in another document of the same store, would fill in for what is missing here.
 */
export function createNodeFactory(documentId: string): NodeFactory {
  const counts = new Map<string, number>()
  return {
    node: (type, properties) => {
      const count = (counts.get(type) ?? 0) + 1
      counts.set(type, count)
      const kind = type.charAt(0).toLowerCase() + type.slice(1)
      const given = Object.entries(properties).filter(([, value]) => value !== undefined)
      return { id: `${documentId}#${kind}-${count}`, type, ...Object.fromEntries(given) }
    },
  }
}
