/**
 * Compares two strings by Unicode code point, as Postgres does under `COLLATE "C"` on UTF-8.
 * JavaScript's own `<` compares UTF-16 units and disagrees above U+FFFF.
 */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index)
    const b = right.charCodeAt(index)
    if (a === b) continue
    // Surrogates (U+D800–U+DFFF) stand for code points above every other unit, U+E000–U+FFFF included.
    const aIsSurrogate = a >= 0xd800 && a <= 0xdfff
    const bIsSurrogate = b >= 0xd800 && b <= 0xdfff
    if (aIsSurrogate !== bIsSurrogate) return aIsSurrogate ? 1 : -1
    return a - b
  }
  return left.length - right.length
}
