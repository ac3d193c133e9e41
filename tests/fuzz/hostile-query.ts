import type { RandomSource } from '../conformance/random/random-source.js'
import { hostilePieces, mutateText } from './hostile-text.js'

/** What honest clients ask, to start from. */
export interface Corpus {
  readonly operations: readonly string[]
  /** Operations that ask for what only its owner may see. */
  readonly probes: readonly string[]
}

const times = (count: number, print: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => print(at)).join(' ')

/** A document: honest, mutated, or made to hurt. */
export function hostileQuery(random: RandomSource, { operations, probes }: Corpus): string {
  const kind = random.below(100)
  if (kind < 8) return random.pick(operations)
  if (kind < 50) return mutateText(random.pick(random.chance(0.3) ? probes : operations), random)
  if (kind < 70) return random.pick(probes)
  return craft(random)
}

function craft(random: RandomSource): string {
  const piece = random.pick(hostilePieces)
  const size = random.below(300) + 1
  switch (random.below(12)) {
    case 0:
      return `{ ${'courseOfferings { nodes { opportunity { offerings { nodes '.repeat(size % 40)}{ id ${'} '.repeat(size)}`
    case 1:
      return `{ ${times(size, (at) => `a${at}: institutions { id }`)} }`
    case 2:
      return `{ ...F0 } ${times(size, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${(at * 7) % size} }`)}`
    case 3:
      return `{ institutions { id ${'@include(if: true) '.repeat(size)} } }`
    case 4:
      return `query ($a: ID! = ${JSON.stringify(piece)}, $a: Int) { courseOffering(id: $a) { id } }`
    case 5:
      return `{ courseOfferings(first: ${random.pick(['-1', '101', '2147483648', '1e9', '"1"', 'null', '[1]'])}) { nodes { id } } }`
    case 6:
      return `{ courseOfferings(after: ${JSON.stringify(piece)}, first: 1) { nodes { id } } }`
    case 7:
      return `{ ${random.pick(['courseOffering', 'learningOpportunity', 'institution', 'microCredential'])}(id: ${JSON.stringify(piece)}) { __typename } }`
    case 8:
      return `{ courseOfferings(filter: { text: ${JSON.stringify(piece)}, institutions: [${'"dcu",'.repeat(size % 50)}] }, first: 1) { totalCount } }`
    case 9:
      return `subscription { ${piece} }`
    case 10:
      return `{ __proto__: institutions { constructor: id toString: name } }`
    default:
      return `query ${piece.slice(0, 20)} { institutions { ${piece} } }`
  }
}
