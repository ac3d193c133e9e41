/**
 * Whether credits could be spread over several requirements at once if awards could be split. When not even that
 * works, no assignment of whole awards does.
 *
 * For every set of requirements, what can go to any of them must cover what they need together: by Hall's theorem (max
 * flow = min cut) that is all there is to check.
 *
 * @param supply - By the set of requirements (bits) that may be served: how much there is.
 * @param needs - The bit of each requirement and what is open there.
 */
export function canCoverTogether(
  supply: ReadonlyMap<number, number>,
  needs: readonly { readonly bit: number; readonly need: number }[],
): boolean {
  const open = needs.filter(({ need }) => need > 0)
  const sets = open.length <= exhaustiveUpTo ? 2 ** open.length : 0
  for (let set = 1; set < sets; set += 1) {
    let bits = 0
    let need = 0
    for (let index = 0; index < open.length; index += 1) {
      if ((set & (1 << index)) === 0) continue
      bits |= open[index]?.bit ?? 0
      need += open[index]?.need ?? 0
    }
    if (supplyFor(bits) < need) return false
  }
  if (sets > 0) return true
  // Too many sets: all together is still a valid bound, only a weaker one.
  const all = open.reduce((bits, { bit }) => bits | bit, 0)
  return supplyFor(all) >= open.reduce((sum, { need }) => sum + need, 0)

  function supplyFor(bits: number): number {
    let sum = 0
    for (const [options, amount] of supply) if ((options & bits) !== 0) sum += amount
    return sum
  }
}

const exhaustiveUpTo = 8
