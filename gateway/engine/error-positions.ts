/** Response keys and list indexes from the root of `data`. */
export type ResponsePath = readonly (string | number)[]

/** Remembers at which positions of an answer something failed, to tell whether a null is already explained. */
export interface ErrorPositions {
  add(path: ResponsePath): void
  /** Whether a failure at, above or below this position is known. */
  explains(path: ResponsePath): boolean
}

interface PositionNode {
  isFailure: boolean
  readonly children: Map<string | number, PositionNode>
}

/** Creates an empty set of positions; both operations cost the length of the path. */
export function createErrorPositions(): ErrorPositions {
  // Made with the first failure: most answers have none.
  let root: PositionNode | undefined
  return {
    add(path) {
      root ??= createNode()
      let node = root
      for (const key of path) {
        let child = node.children.get(key)
        if (child === undefined) {
          child = createNode()
          node.children.set(key, child)
        }
        node = child
      }
      node.isFailure = true
    },
    explains(path) {
      if (root === undefined) return path.length === 0
      let node = root
      for (const key of path) {
        if (node.isFailure) return true
        const child = node.children.get(key)
        if (child === undefined) return false
        node = child
      }
      return true
    },
  }
}

function createNode(): PositionNode {
  return { isFailure: false, children: new Map() }
}
