import { html } from 'ghtml'
import type { CheckName } from '../credential/verify/report.js'
import type { PageWords } from './words.js'

/** As much of a verification's report as a page shows. */
export interface ShownReport {
  readonly verdict: 'VERIFIED' | 'FAILED' | 'UNDETERMINED'
  readonly checkedAt: string
  readonly checks: readonly ShownCheck[]
}

export interface ShownCheck {
  readonly name: CheckName
  readonly status: 'pass' | 'fail' | 'neutral' | 'unknown'
  readonly reason: string
}

/** A report as HTML: the verdict in words, then a row for each check. Colour repeats what the words say. */
export function renderReport(
  { verdict, checkedAt, checks }: ShownReport,
  words: PageWords,
): string {
  const rows = checks.map(
    ({ name, status, reason }) => html`<tr>
<th scope="row">${words[`check${name}`]}</th>
<td class="status-${status}">${words[`status${status}`]}</td>
<td lang="en">${reason}</td>
</tr>
`,
  )
  return html`<section aria-labelledby="verdict">
<h2 id="verdict" class="verdict-${verdict.toLowerCase()}">${words[`verdict${verdict}`]}</h2>
<p class="note">${words.verifiedIsNotRecognised}</p>
<table>
<caption>${words.checks}</caption>
<tbody>
!${rows.join('')}</tbody>
</table>
<p class="note">${words.checkedAt} <time datetime="${checkedAt}">${checkedAt}</time></p>
</section>
`
}
