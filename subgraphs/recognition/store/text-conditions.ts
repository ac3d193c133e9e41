import { foldText } from '../../../schema/index.js'

/** Words beyond this many are not looked for: a filter is a few words, not a document. */
const maximumWords = 16

/** One condition per word of `text` on the folded search text; none for no text. */
export function toTextConditions(
  text: string | null | undefined,
): readonly { searchText: { $like: string } }[] {
  const words = foldText(text ?? '').match(/[\p{L}\p{N}]+/gu) ?? []
  // Letters and digits only, so nothing in a word is a wildcard of LIKE.
  return words.slice(0, maximumWords).map((word) => ({ searchText: { $like: `%${word}%` } }))
}
