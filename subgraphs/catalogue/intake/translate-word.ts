/**
 * The catalogue's word for one of a member's own, or the member's own when it is not among `words`: the validation
 * then names it with its record.
 */
export function translateWord(word: string, words: Readonly<Record<string, string>>): string {
  return Object.hasOwn(words, word) ? (words[word] ?? word) : word
}
