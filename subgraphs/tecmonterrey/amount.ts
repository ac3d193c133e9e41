import { type CsvCell, toCellText } from '../catalogue/index.js'

/** An amount of money. Pesos as printed: `$3,600.50` → `3600.50`. Null when the cell is empty. */
export function toAmount(cell: CsvCell): string | null {
  return (
    toCellText(cell)
      ?.replace(/^\$/, '')
      .replaceAll(/,(?=\d{3})/g, '') ?? null
  )
}
