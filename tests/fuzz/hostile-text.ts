import type { RandomSource } from '../conformance/random/random-source.js'

/** Pieces that have broken parsers, databases, consoles and people's assumptions. */
export const hostilePieces: readonly string[] = [
  '',
  '\u0000',
  '\uFEFF',
  '\u202E',
  '\uD800',
  '💥'.repeat(50),
  '"""',
  '\\u0000',
  '\\u{110000}',
  '#',
  '...',
  '@skip(if: $x)',
  '@include(if: "yes")',
  '{'.repeat(200),
  '}'.repeat(5),
  '['.repeat(300),
  '__proto__',
  'constructor',
  '__typename',
  '__schema { types { name fields { name type { ofType { ofType { name } } } } } }',
  '_entities(representations: [{ __typename: "Award", id: "dcu:award:1" }]) { __typename }',
  '_service { sdl }',
  '99999999999999999999999999',
  '-1',
  '1e400',
  'NaN',
  '$undefined',
  "' OR 1=1 --",
  '{{7*7}}',
  '../../../../etc/passwd',
  '%00%2e%2e%2f',
  '<script>alert(1)</script>',
  '\r\nset-cookie: a=b',
]

/** Changes a text in one to four places: drops, doubles, swaps, inserts. */
export function mutateText(text: string, random: RandomSource): string {
  let changed = text
  for (let left = random.below(4) + 1; left > 0; left -= 1) {
    const at = random.below(changed.length + 1)
    const length = random.below(12)
    const before = changed.slice(0, at)
    const after = changed.slice(at)
    switch (random.below(5)) {
      case 0:
        changed = before + after.slice(length)
        break
      case 1:
        changed = before + random.pick(hostilePieces) + after
        break
      case 2:
        changed = before + after.slice(0, length).repeat(random.below(20)) + after
        break
      case 3:
        changed =
          before +
          String.fromCharCode(random.below(random.chance(0.5) ? 128 : 65_536)) +
          after.slice(1)
        break
      default:
        changed = after + before
    }
  }
  return changed.slice(0, 100_000)
}

/** A JSON value of any shape, sometimes deep, sometimes long. */
export function anyValue(random: RandomSource, depth = 0): unknown {
  switch (random.below(depth > 4 ? 5 : 8)) {
    case 0:
      return null
    case 1:
      return random.pick([0, -1, 1.5, 2 ** 53, 1e308])
    case 2:
      return random.chance(0.5)
    case 3:
    case 4:
      return random.pick(hostilePieces)
    case 5:
      return Array.from({ length: random.below(random.chance(0.05) ? 5_000 : 5) }, () =>
        anyValue(random, depth + 3),
      )
    case 6: {
      let nested: unknown = random.pick(hostilePieces)
      for (let left = random.below(60); left > 0; left -= 1)
        nested = random.chance(0.5) ? [nested] : { a: nested }
      return nested
    }
    default: {
      const keys = ['id', 'filter', 'first', 'after', 'query', 'extensions', 'toString']
      return Object.fromEntries(
        Array.from({ length: random.below(5) }, () => [
          random.pick(keys),
          anyValue(random, depth + 1),
        ]),
      )
    }
  }
}
