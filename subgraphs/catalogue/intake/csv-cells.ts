import { parseInstant } from '../domain/calendar.js'
import { translateWord } from './translate-word.js'

// What a cell holds in the exports that member adapters read. As the mappings, these judge nothing: what they cannot
// read they pass on as it stands, and the validation names it with its record.

/** A value of a CSV row; undefined when the file has no such column, which is read as an empty cell. */
export type CsvCell = string | undefined

/** How an export writes a day. */
export type DayFormat = 'DD-MM-YYYY' | 'DD.MM.YYYY' | 'DD/MM/YYYY'

/** The text of a cell, or null when it is empty. */
export function toCellText(cell: CsvCell): string | null {
  return cell === undefined || cell === '' ? null : cell
}

/** The parts of a cell that holds several values separated by `|`, trimmed; an empty cell has none. */
export function toCellList(cell: CsvCell): readonly string[] {
  return (
    toCellText(cell)
      ?.split('|')
      .map((part) => part.trim()) ?? []
  )
}

/** A whole number of up to nine digits. Null when the cell is empty. */
export function toCellWhole(cell: CsvCell): number | string | null {
  const text = toCellText(cell)
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : text
}

/** A decimal with a comma as the catalogue writes it: `2,5` → `2.5`. Null when the cell is empty. */
export function toCellDecimal(cell: CsvCell): string | null {
  return toCellText(cell)?.replace(',', '.') ?? null
}

const dayPatterns: Readonly<Record<DayFormat, RegExp>> = {
  'DD-MM-YYYY': /^(\d{2})-(\d{2})-(\d{4})$/,
  'DD.MM.YYYY': /^(\d{2})\.(\d{2})\.(\d{4})$/,
  'DD/MM/YYYY': /^(\d{2})\/(\d{2})\/(\d{4})$/,
}

/** A day as `YYYY-MM-DD`. Null when the cell is empty. */
export function toCellDay(cell: CsvCell, format: DayFormat): string | null {
  return toCellText(cell)?.replace(dayPatterns[format], '$3-$2-$1') ?? null
}

/**
 * The window that two days make: open from the start of the first to the end of the last one, local time. Null when
 * both cells are empty; with one of them the window has no other end.
 */
export function toCellWindow(
  cells: { readonly first: CsvCell; readonly last: CsvCell },
  format: DayFormat,
  timeZone: string,
): { readonly opensAt: string | null; readonly closesAt: string | null } | null {
  const toInstant = (cell: CsvCell, edge: 'start' | 'end') => {
    const day = toCellDay(cell, format)
    return day === null ? null : (parseInstant(day, timeZone, edge) ?? day)
  }
  const opensAt = toInstant(cells.first, 'start')
  const closesAt = toInstant(cells.last, 'end')
  return opensAt === null && closesAt === null ? null : { opensAt, closesAt }
}

/** As `translateWord`, of a whole cell. Null when the cell is empty. */
export function toCellWord(cell: CsvCell, words: Readonly<Record<string, string>>): string | null {
  const word = toCellText(cell)
  return word === null ? null : translateWord(word, words)
}
