import { type CursorPosition, comparePositions, parseCursor } from '../../../../schema/index.js'

interface Edge {
  readonly cursor: string
  readonly node: unknown
}

/** A page, as members answer with it. */
export interface Connection {
  readonly edges: readonly Edge[]
  readonly totalCount?: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean }
}

interface MergedConnection extends Connection {
  readonly totalCount: number
  readonly pageInfo: Connection['pageInfo'] & {
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

/** The first rows of all pages in the contract's order. Forward only: the bench asks for nothing else. */
export function mergeConnections(pages: readonly Connection[], first: number): MergedConnection {
  const heads = pages.map((page) => ({ page, next: 0, position: positionAt(page, 0) }))
  const edges: Edge[] = []
  while (edges.length < first) {
    let nearest: (typeof heads)[number] | undefined
    for (const head of heads) {
      if (head.position === null) continue
      const best = nearest?.position ?? null
      if (best === null || comparePositions(head.position, best) < 0) nearest = head
    }
    const edge = nearest?.page.edges[nearest.next]
    if (nearest === undefined || edge === undefined) break
    edges.push(edge)
    nearest.next += 1
    nearest.position = positionAt(nearest.page, nearest.next)
  }
  return {
    edges,
    totalCount: pages.reduce((sum, { totalCount = 0 }) => sum + totalCount, 0),
    pageInfo: {
      hasNextPage: heads.some(
        ({ page, next }) => next < page.edges.length || page.pageInfo.hasNextPage,
      ),
      hasPreviousPage: pages.some(({ pageInfo }) => pageInfo.hasPreviousPage),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

function positionAt({ edges }: Connection, index: number): CursorPosition | null {
  const edge = edges[index]
  return edge === undefined ? null : parseCursor(edge.cursor)
}
