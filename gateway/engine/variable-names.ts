import { type DocumentNode, Kind, visit } from 'graphql'

const prefix = 'hub_variable_'

/**
 * Gives the client's variables other names where plans have their own of that name: `$representations` and
 * `$__batch_reps_0` hold what entities are looked up by, and an operation can say each name only once.
 */
export function toPlanVariables(document: DocumentNode): DocumentNode {
  return visit(document, {
    [Kind.VARIABLE]: (node) => {
      const { value } = node.name
      if (!isTaken(value)) return undefined
      return { ...node, name: { ...node.name, value: `${prefix}${value}` } }
    },
  })
}

/** The client's name of a plan's variable. */
export function toClientVariable(name: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name
}

function isTaken(name: string): boolean {
  return name === 'representations' || name.startsWith('__') || name.startsWith(prefix)
}
