/** The parts of a cell that holds several values separated by `|`. */
export function toList(cell: string | undefined): readonly string[] {
  return cell === undefined || cell === '' ? [] : cell.split('|').map((part) => part.trim())
}

/** The text of a cell, or null when it is empty. */
export function toText(cell: string | undefined): string | null {
  return cell === undefined || cell === '' ? null : cell
}

/** An amount of money. Pesos as printed: `$3,600.50` → `3600.50`. Null when the cell is empty. */
export function toAmount(cell: string | undefined): string | null {
  return (
    toText(cell)
      ?.replace(/^\$/, '')
      .replaceAll(/,(?=\d{3})/g, '') ?? null
  )
}

/** A whole number, or null when the cell is empty. What is no number is passed on for the validation to name. */
export function toWhole(cell: string | undefined): number | string | null {
  const text = toText(cell)
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : text
}

/** A day written `DD/MM/YYYY` as `YYYY-MM-DD`. Null when the cell is empty; anything else is passed on. */
export function toIsoDay(cell: string | undefined): string | null {
  return toText(cell)?.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1') ?? null
}

/** One text in Spanish and English, without the empty one. */
export function toLocalised(
  es: string | undefined,
  en: string | undefined,
): Readonly<Record<string, string>> {
  const texts = Object.entries({ es, en })
  return Object.fromEntries(texts.filter((entry): entry is [string, string] => Boolean(entry[1])))
}
