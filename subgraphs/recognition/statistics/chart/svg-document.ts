/** What every chart says beside its drawing. */
export interface ChartText {
  readonly title: string
  /** What can be seen, in words. */
  readonly description: string
  /** Source, period and policy, small below the drawing. */
  readonly footnote: string
  /** The same figures for who cannot see the drawing: heading first. */
  readonly table: readonly (readonly string[])[]
}

/** Colours of the Okabe–Ito palette: told apart with every kind of colour blindness. */
export const palette = ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#cc79a7', '#56b4e9', '#999999']

/**
 * A complete SVG that stands alone in a report: title and description for screen readers, and the figures as a table
 * inside, visible to no eye and to every reader.
 */
export function toSvgDocument(
  { width, height }: { readonly width: number; readonly height: number },
  text: ChartText,
  drawing: string,
): string {
  const footnoteY = height - 10
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="12">
<title id="title">${escapeXml(text.title)}</title>
<desc id="description">${escapeXml(text.description)}</desc>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="16" y="26" font-size="16" font-weight="600">${escapeXml(text.title)}</text>
<g aria-hidden="true">
${drawing}
</g>
<text x="16" y="${footnoteY}" font-size="10" fill="#555555">${escapeXml(text.footnote)}</text>
${toTable(text.table)}
</svg>
`
}

/** Text as it may stand in XML. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** ARIA's table roles on groups of text: HTML inside SVG is dropped by most report tools. */
function toTable(rows: readonly (readonly string[])[]): string {
  const toRow = (cells: readonly string[], index: number): string => {
    const role = index === 0 ? 'columnheader' : 'cell'
    const own = cells.map((cell) => `<text role="${role}">${escapeXml(cell)}</text>`).join('')
    return `<g role="row">${own}</g>`
  }
  return `<g role="table" aria-label="Figures" opacity="0" font-size="1">${rows.map(toRow).join('')}</g>`
}
