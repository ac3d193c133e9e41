import { escapeMarkup as text } from './escape-markup.js'
import type { PassportView } from './passport-view.js'

const width = 640
const rowHeight = 28
const mostRows = 40

/** The timeline of a passport as a picture to print: one bar per award, as long as its credits. With title and description. */
export function printPassportSvg(view: PassportView): string {
  const rows = (view.timeline ?? []).slice(-mostRows)
  const largest = Math.max(1, ...rows.map(({ ects }) => Number(ects)))
  const height = 72 + Math.max(1, rows.length) * rowHeight
  const title = view.holder ? `Competence passport of ${view.holder}` : 'Competence passport'
  const credits = view.credits ? `${view.credits.totalEcts} ECTS` : `${rows.length} awards`
  const bars = rows.map((row, index) => {
    const y = 72 + index * rowHeight
    // A drawing: here, and only here, credits may be a float.
    const length = Math.round((Number(row.ects) / largest) * 120)
    return `<text x="16" y="${y}">${row.awardedOn}</text>
<rect x="104" y="${y - 12}" width="${Math.max(2, length)}" height="14" fill="#1f5fa8"/>
<text x="232" y="${y}">${text(row.ects)} ECTS · ${text(shorten(row.title))} · ${text(shorten(row.awardedBy))}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">${text(title)}</title>
<desc id="description">${text(`${credits} as of ${view.date}${view.synthetic ? '; sample data' : ''}`)}</desc>
<rect width="${width}" height="${height}" fill="#ffffff"/>
<g font-family="system-ui, sans-serif" font-size="13" fill="#1b1b1b">
<text x="16" y="28" font-size="18">${text(title)}</text>
<text x="16" y="48">${text(credits)} · ${view.date}${view.synthetic ? ' · sample data' : ''}</text>
${bars.join('\n')}
</g>
</svg>
`
}

function shorten(title: string): string {
  return title.length > 42 ? `${title.slice(0, 41)}…` : title
}
