import { foldText } from '../../../schema/index.js'

const beyondWords = /[^\p{ASCII}\p{L}\p{N}\p{M}]+/gu

/**
 * The two forms in which text is indexed and searched: as written and with its accents removed. Stemmers need the
 * accents, people leave them out. Lower-cased and freed of dashes and quotes beyond ASCII here and not by Postgres,
 * whose idea of letters depends on the locale of the database.
 */
export function toSearchForms(text: string): { written: string; folded: string } {
  const written = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[“”„«»]/g, '"')
    .replace(beyondWords, ' ')
  return { written, folded: foldText(written) }
}
