import type { LocalisedText } from '../domain/catalogue-record.js'
import { type CsvCell, toCellList } from './csv-cells.js'

// A CSV export has a column per language, e.g. `title_pl` and `title_en`.

/** Cells by language, e.g. `{ pl: row.tytuł_pl, en: row.tytuł_en }`. */
export type CellsByLanguage = Readonly<Record<string, CsvCell>>

/** One text in the languages whose cell is not empty. */
export function toCellsText(cells: CellsByLanguage): LocalisedText {
  const texts = Object.entries(cells)
  return Object.fromEntries(texts.filter((entry): entry is [string, string] => Boolean(entry[1])))
}

/**
 * Learning outcomes from cells that list them, each language in its own column in the same order; the nth outcome has
 * the nth skill, or none where that place is empty. Skills have a label only.
 */
export function toCellsOutcomes(
  outcomes: CellsByLanguage,
  skills: CellsByLanguage,
): readonly { readonly title: LocalisedText; readonly skills: readonly unknown[] }[] {
  const titles = toCellsTexts(outcomes)
  const labels = toCellsTexts(skills)
  return titles.map((title, index) => {
    const label = labels[index] ?? {}
    const isLabelled = Object.keys(label).length > 0
    return { title, skills: isLabelled ? [{ escoUri: null, title: label }] : [] }
  })
}

function toCellsTexts(cells: CellsByLanguage): readonly LocalisedText[] {
  const lists = Object.entries(cells).map(
    ([language, cell]) => [language, toCellList(cell)] as const,
  )
  const length = Math.max(0, ...lists.map(([, parts]) => parts.length))
  return Array.from({ length }, (_, index) =>
    toCellsText(Object.fromEntries(lists.map(([language, parts]) => [language, parts[index]]))),
  )
}
