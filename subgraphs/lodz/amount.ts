import { type CsvCell, toCellDecimal } from '../catalogue/index.js'

/** An amount of money. Thousands are set apart by a space, plain or no-break: `1 250,00` → `1250.00`. Null when the cell is empty. */
export function toAmount(cell: CsvCell): string | null {
  return toCellDecimal(cell?.replaceAll(/(?<=\d)[ \u00a0\u202f](?=\d{3})/g, ''))
}
