import { type ASTNode, Kind, parse, print, visit } from 'graphql'
import type { RandomOperation } from './generate-operation.js'

const removable: ReadonlySet<string> = new Set([
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.FRAGMENT_DEFINITION,
  Kind.DIRECTIVE,
  Kind.ARGUMENT,
  Kind.OBJECT_FIELD,
  Kind.VARIABLE_DEFINITION,
])

/**
 * Takes away one part after the other for as long as the operation keeps failing.
 *
 * @param isFailing - Whether an operation is valid and still fails; asked at most `maximumTries` times.
 */
export async function shrinkOperation(
  operation: RandomOperation,
  isFailing: (smaller: RandomOperation) => Promise<boolean>,
  maximumTries = 600,
): Promise<RandomOperation> {
  let smallest = operation
  let tries = 0
  for (let at = 0; at < countRemovable(smallest.query) && tries < maximumTries; ) {
    const query = withoutPart(smallest.query, at)
    tries += 1
    if (query !== undefined && (await isFailing({ ...smallest, query }))) {
      smallest = { ...smallest, query }
      // What stood before may be removable now.
      at = 0
    } else {
      at += 1
    }
  }
  return smallest
}

function countRemovable(query: string): number {
  let count = 0
  visit(parse(query), {
    enter: (node) => {
      if (removable.has(node.kind)) count += 1
    },
  })
  return count
}

/** The text without its part number `at`; undefined when no GraphQL is left. */
function withoutPart(query: string, at: number): string | undefined {
  let seen = -1
  const smaller: ASTNode = visit(parse(query), {
    enter: (node) => {
      if (!removable.has(node.kind)) return undefined
      seen += 1
      return seen === at ? null : undefined
    },
  })
  try {
    const text = print(smaller)
    parse(text)
    return text
  } catch {
    return undefined
  }
}
