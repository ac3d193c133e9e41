/** A semester with its first and last day. */
interface Semester {
  readonly name: string
  readonly startDate: string
  readonly endDate: string
}

/**
 * The semester that a name such as `WiSe 2026/27` or `SoSe 2027` means: the winter semester is 1 October to 31 March,
 * the summer semester 1 April to 30 September, lectures or not. Null for any other name.
 */
export function toSemester(name: unknown): Semester | null {
  if (typeof name !== 'string') return null
  const winter = /^WiSe (\d{4})\/(\d{2})$/.exec(name)
  if (winter) {
    const year = Number(winter[1])
    // `WiSe 2026/28` is a slip; guessing which year was meant would move dates.
    if ((year + 1) % 100 !== Number(winter[2])) return null
    return { name, startDate: `${year}-10-01`, endDate: `${year + 1}-03-31` }
  }
  const year = /^SoSe (\d{4})$/.exec(name)?.[1]
  return year === undefined ? null : { name, startDate: `${year}-04-01`, endDate: `${year}-09-30` }
}
