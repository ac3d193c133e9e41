/** The width at which our formatter breaks lines. */
const lineWidth = 100

/** Prints JSON as our formatter does, so that a generated file passes the lint like a written one. */
export function printJson(value: unknown): string {
  return print(JSON.parse(JSON.stringify(value)), '', '')
}

/**
 * Objects one property a line; lists of plain values on one line where they fit.
 *
 * @param before - What stands before the value on its line.
 */
function print(value: unknown, indent: string, before: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const isPlain = value.every((item) => typeof item !== 'object' || item === null)
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
    // One more for a comma behind it.
    if (isPlain && indent.length + before.length + line.length + 1 <= lineWidth) return line
    const items = value.map((item) => `${inner}${print(item, inner, '')}`)
    return `[\n${items.join(',\n')}\n${indent}]`
  }
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  const properties = entries.map(([name, item]) => {
    const key = `${JSON.stringify(name)}: `
    return `${inner}${key}${print(item, inner, key)}`
  })
  return `{\n${properties.join(',\n')}\n${indent}}`
}
