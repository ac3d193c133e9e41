import { hashText } from './random-source.js'

/** Text that is easily damaged on its way: quotes, line ends, separators, pairs of surrogates. */
const tails = ['', ' a', '"', '\\', '\n', '\u2028', '😀', '</x>', '$v1']

/** A value of a scalar that only the seed decides; custom scalars get what their name suggests. */
export function inventLeaf(scalar: string, field: string, seed: string): unknown {
  const hash = hashText(seed)
  switch (scalar) {
    case 'Int':
      return (hash % 2_001) - 1_000
    case 'Float':
      return ((hash % 4_001) - 2_000) / 8
    case 'Boolean':
      return hash % 2 === 0
    case 'JSON':
      return [{ b: hash % 10, a: [null, 'x'] }, ['y', 1.5], 'text', hash % 7, false][hash % 5]
    case 'Date':
    case 'DateTime':
      return new Date((hash % 40_000) * 86_400_000).toISOString()
    default:
      return `${field} ${hash.toString(36)}${tails[hash % tails.length]}`
  }
}
