import { createHash } from 'node:crypto'
import { escapeMarkup as text } from './escape-markup.js'
import type { PassportView } from './passport-view.js'

const style = `
body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}caption{text-align:left;padding:.3rem 0}
th,td{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #6b6b6b;vertical-align:top}
.note{border-left:.3rem solid #7a4b00;padding:.3rem .8rem}
@media print{body{margin:0;max-width:none}a{color:inherit}}`

/** Hash of the page's own style: nothing else may style it, and nothing at all may run. */
const styleHash = createHash('sha256').update(style).digest('base64')

/** Headers of every passport page: kept by nobody, found by no search engine, and without any script. */
export const passportPageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
}

/** The passport as one page to read and to print: headings, tables with captions, no script. */
export function printPassportPage(view: PassportView): string {
  const title = view.holder ? `Competence passport of ${view.holder}` : 'Competence passport'
  return printPage(
    title,
    `<p>As of <time datetime="${view.date}">${view.date}</time>, from awards that are valid on that day.</p>
${view.synthetic ? '<p class="note">Sample data: this person does not exist.</p>' : ''}
${printCredits(view)}${printSkills(view)}${printTimeline(view)}${printMobility(view)}`,
    view.language,
  )
}

/** A page that says why there is nothing to see, without saying whether there ever was. */
export function printNoPassportPage(): string {
  return printPage(
    'Nothing to show',
    '<p>This link is not valid, no longer valid, or its owner has withdrawn it.</p>',
    'en',
  )
}

function printPage(title: string, body: string, language: string): string {
  // The page's own words are English; what it shows may be in the learner's language.
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${text(title)}</title>
<style>${style}</style>
</head>
<body>
<main lang="${text(language)}">
<h1 lang="en">${text(title)}</h1>
${body}
</main>
</body>
</html>
`
}

function printCredits({ credits }: PassportView): string {
  if (!credits) return ''
  const levels = credits.ectsByLevel.map(({ eqfLevel, ects }) => [
    eqfLevel === null ? 'No European level' : `EQF level ${eqfLevel}`,
    ects,
  ])
  return `<h2 lang="en">Credits</h2>
<p lang="en">${text(credits.totalEcts)} ECTS in all.</p>
${printTable('Credits by European level', ['Level', 'ECTS'], levels)}`
}

function printSkills({ skills }: PassportView): string {
  if (!skills) return ''
  const rows = skills.map(({ title, eqfLevel, evidence }) => [
    title,
    eqfLevel === null ? '–' : String(eqfLevel),
    String(evidence),
  ])
  return `<h2 lang="en">Skills</h2>
${printTable('Skills with the highest level they were shown at', ['Skill', 'EQF level', 'Awards'], rows)}`
}

function printTimeline({ timeline }: PassportView): string {
  if (!timeline) return ''
  const rows = timeline.map(({ awardedOn, title, awardedBy, ects, grade }) => [
    awardedOn,
    title,
    awardedBy,
    ects,
    grade ?? '–',
  ])
  return `<h2 lang="en">Awards</h2>
${printTable('Awards, oldest first', ['Date', 'Award', 'Awarded by', 'ECTS', 'Grade'], rows)}`
}

function printMobility({ mobility }: PassportView): string {
  if (!mobility) return ''
  const rows = mobility.members.map(({ name, jurisdictionCode, ects, isHome }) => [
    isHome ? `${name} (home)` : name,
    jurisdictionCode,
    ects,
  ])
  return `<h2 lang="en">Mobility</h2>
<p lang="en">${mobility.jurisdictions} jurisdictions, ${text(mobility.ectsAbroad)} ECTS away from home.</p>
${printTable('Where credits were awarded', ['University', 'Jurisdiction', 'ECTS'], rows)}`
}

function printTable(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const head = heads.map((cell) => `<th scope="col">${text(cell)}</th>`).join('')
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`)
    .join('\n')
  return `<table><caption lang="en">${text(caption)}</caption>
<thead lang="en"><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table>
`
}
