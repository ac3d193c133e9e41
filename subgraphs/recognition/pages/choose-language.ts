/**
 * The first of the reader's languages that is offered, else the first offered one.
 *
 * @param wanted - BCP 47 tags by preference; a region falls back to its language.
 * @param offered - At least one.
 */
export function chooseLanguage<const Language extends string>(
  wanted: readonly string[],
  offered: readonly [Language, ...Language[]],
): Language {
  for (const tag of wanted) {
    const [language] = tag.toLowerCase().split('-')
    const found = offered.find((each) => each === tag.toLowerCase() || each === language)
    if (found !== undefined) return found
  }
  return offered[0]
}

/** The tags of an `Accept-Language` header, most wanted first. What cannot be read is left out. */
export function parseAcceptLanguage(header: string | undefined): readonly string[] {
  if (header === undefined || header.length > 512) return []
  const weighted = header.split(',').flatMap((part, place) => {
    const match =
      /^\s*([a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*)\s*(?:;\s*q=(0(?:\.\d{1,3})?|1(?:\.0{1,3})?))?\s*$/.exec(
        part,
      )
    if (match?.[1] === undefined) return []
    return [{ tag: match[1], weight: Number(match[2] ?? 1), place }]
  })
  return weighted
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.place - b.place)
    .map(({ tag }) => tag)
}
