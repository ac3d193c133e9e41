import { type FieldNode, print } from 'graphql'

/** Where the value of a client's field lies in the data collected from subgraphs, and back. */
export interface DataKeys {
  /** The key under which subgraphs are asked for this field. */
  of(field: FieldNode): string
  /** The client's response key for a data key; the key itself when the client did not ask for it. */
  toResponseKey(dataKey: string): string
}

const prefix = 'hub_alias_'

/**
 * Gives each combination of response key, field and arguments a data key of its own. Mostly it is the response key. It is
 * another one when the response key
 * - is an alias and the name of some field: `{ id: sku }` would overwrite the key that entities are looked up by;
 * - is an alias and begins with an underscore, as the planner's own aliases and `__typename` do;
 * - is a property every JavaScript object has: where data is missing, `constructor` would still be found;
 * - is that of a field some `@requires` asks for with arguments: the planner (0.0.38) may fetch it with those under the
 *   same key, and the client would be given the required value;
 * - means different fields or arguments under different type conditions: the planner panics on some of these, which
 *   ends the process (graphql-hive/router issue 1311).
 *
 * @param requiredWithArguments - Names of the fields that some `@requires` asks for with arguments.
 */
export function createDataKeys(
  fieldNames: ReadonlySet<string>,
  requiredWithArguments: ReadonlySet<string>,
): DataKeys {
  const keys = new Map<string, string>()
  const signatures = new Map<string, string>()
  const responseKeys = new Map<string, string>()

  function choose(field: FieldNode, responseKey: string, signature: string): string {
    const isAlias = field.alias !== undefined && responseKey !== field.name.value
    const isRisky = isAlias
      ? fieldNames.has(responseKey) || responseKey.startsWith('_') || responseKey.startsWith(prefix)
      : requiredWithArguments.has(responseKey)
    if (!isRisky && !(responseKey in Object.prototype) && !signatures.has(responseKey)) {
      signatures.set(responseKey, signature)
      return responseKey
    }
    return `${prefix}${keys.size}_${responseKey.replace(/^_+/, '')}`
  }

  return {
    of(field) {
      const responseKey = field.alias?.value ?? field.name.value
      const signature = `${responseKey} ${field.name.value}${printArguments(field)}`
      const known = keys.get(signature)
      if (known !== undefined) return known
      const key = choose(field, responseKey, signature)
      keys.set(signature, key)
      responseKeys.set(key, responseKey)
      return key
    },
    toResponseKey: (dataKey) => responseKeys.get(dataKey) ?? dataKey,
  }
}

function printArguments({ arguments: list }: FieldNode): string {
  if (list === undefined || list.length === 0) return ''
  const printed = list.map((argument) => print(argument))
  return `(${printed.sort().join(',')})`
}
