/**
 * The text by which titles are ordered: accents removed, lower case, runs of other characters than letters and
 * digits made one space. Stored by every member, so that Postgres and the merge see the same bytes.
 */
export function toSortText(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 200)
}

const specialFolds: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ł', 'l'],
  ['ı', 'i'],
])

/** Lower-cases and removes accents, also of letters Unicode does not decompose (`ø`, `ł`, `ß`). */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => specialFolds.get(letter) ?? letter)
}
