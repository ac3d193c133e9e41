type Schema = Readonly<Record<string, unknown>>

const noExample = Symbol('no example')

/**
 * The example of a schema in an OpenAPI document: its own one, else put together from those of its properties, through
 * references and combinations. Properties without any example are left out, and so is a schema inside itself.
 */
export function assembleExample(document: unknown, name: string): Record<string, unknown> {
  const { schemas } = (document as { components: { schemas: Record<string, Schema> } }).components
  const example = assemble({ $ref: `#/components/schemas/${name}` }, schemas, [])
  if (typeof example !== 'object' || example === null) throw new Error(`${name} has no example`)
  return example as Record<string, unknown>
}

function assemble(
  schema: Schema,
  schemas: Readonly<Record<string, Schema>>,
  open: readonly string[],
): unknown {
  if (schema.example !== undefined) return schema.example
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1) ?? ''
    const target = schemas[name]
    if (target === undefined || open.includes(name)) return noExample
    return assemble(target, schemas, [...open, name])
  }
  const parts = listOf(schema.allOf).map((part) => assemble(part, schemas, open))
  const chosen = listOf(schema.oneOf ?? schema.anyOf)
    .map((part) => assemble(part, schemas, open))
    .find((part) => part !== noExample)
  const own = new Map<string, unknown>()
  for (const [key, property] of Object.entries(
    (schema.properties ?? {}) as Record<string, Schema>,
  )) {
    const example = assemble(property, schemas, open)
    if (example !== noExample) own.set(key, example)
  }
  if (schema.items !== undefined) {
    const item = assemble(schema.items as Schema, schemas, open)
    return item === noExample ? noExample : [item]
  }
  const objects = [...parts, chosen, Object.fromEntries(own)].filter(isObject)
  const whole = Object.assign({}, ...objects)
  if (Object.keys(whole).length > 0) return whole
  return chosen !== undefined && !isObject(chosen) ? chosen : noExample
}

function listOf(schemas: unknown): readonly Schema[] {
  return Array.isArray(schemas) ? schemas : []
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
