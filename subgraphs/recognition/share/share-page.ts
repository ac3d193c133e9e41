import { html } from 'ghtml'
import type { MicroCredentialClaims } from '../credential/issue/micro-credential-claims.js'
import type { LocalisedText } from '../domain/localised-text.js'
import type { Page } from '../pages/page.js'
import { renderReport, type ShownReport } from '../pages/verification-table.js'
import { type PageLanguage, pageLanguages, wordsIn } from '../pages/words.js'

/** The claims of a shared credential: of those that can be withheld, some may be. */
export type SharedClaims = Omit<MicroCredentialClaims, 'summary' | 'supervision' | 'identifier'> & {
  readonly givenName?: string
  readonly familyName?: string
}

export interface SharePageContent {
  readonly claims: SharedClaims
  readonly report: ShownReport
  readonly expiresAt: Date
  /** QR code of this page's own link, as SVG. */
  readonly code: string
  /** Link of the sealed document. */
  readonly documentUrl: string
  /** This page's own link, which takes `?language=`. */
  readonly url: string
}

/** A credential for people to read and to print, with what was found out about it just now. */
export function buildSharePage(content: SharePageContent, language: PageLanguage): Page {
  const { claims, report, expiresAt, code, documentUrl, url } = content
  const words = wordsIn(language)
  const say = (text: LocalisedText) => text[language] ?? text.en
  const name = [claims.givenName, claims.familyName].filter(Boolean).join(' ')
  const { notionalWorkload: workload, level } = claims
  const facts: readonly (readonly [string, string | undefined])[] = [
    [words.learner, name || words.notDisclosed],
    [words.awardedBy, say(claims.awardingBody.legalName)],
    [words.issuedBy, `${say(claims.issuingBody.legalName)} (${words.onBehalfOf})`],
    [words.awardedOn, claims.awardedOn],
    [words.workload, `${workload.ects} ECTS${workload.hours ? ` (${workload.hours} h)` : ''}`],
    [words.level, level && `EQF ${level.eqfLevel}${level.nqfLabel ? ` · ${level.nqfLabel}` : ''}`],
    [words.assessment, claims.typeOfAssessment.label],
    [words.participation, claims.formOfParticipation.label],
    [words.qualityAssurance, claims.qualityAssurance.label],
    [words.grade, claims.grade && `${claims.grade.value} (${claims.grade.scale})`],
  ]
  const rows = facts.flatMap(([term, value]) =>
    value === undefined ? [] : [html`<dt>${term}</dt><dd>${value}</dd>`],
  )
  const outcomes = claims.learningOutcomes.map(({ title }) => html`<li>${say(title)}</li>`)
  return {
    language,
    title: say(claims.title),
    main: html`<p class="note">${words.microCredential}</p>
<h1>${say(claims.title)}</h1>
<dl class="facts">
!${rows.join('\n')}
</dl>
<h2>${words.outcomes}</h2>
<ul>
!${outcomes.join('\n')}
</ul>
!${renderReport(report, words)}
<footer>
<figure class="code">!${code}</figure>
<p class="note">${words.linkEnds} <time>${expiresAt.toISOString().slice(0, 10)}</time></p>
<p class="no-print"><a href="${documentUrl}" download="micro-credential.sd-jwt">SD-JWT VC</a></p>
<nav class="no-print" aria-label="${words.languages}">!${languageLinks(url, language)}</nav>
</footer>
`,
  }
}

function languageLinks(url: string, current: PageLanguage): string {
  return pageLanguages
    .map((tag) =>
      tag === current
        ? html`<span lang="${tag}" aria-current="true">${nameOf(tag)}</span>`
        : html`<a href="${url}?language=${tag}" lang="${tag}" hreflang="${tag}">${nameOf(tag)}</a>`,
    )
    .join(' ')
}

/** A language's name in itself. */
function nameOf(tag: PageLanguage): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
}

/** What stands where a link has ended, or never was: the two look the same. */
export function buildEndedPage(language: PageLanguage): Page {
  const words = wordsIn(language)
  return {
    language,
    title: words.linkEnded,
    main: html`<h1>${words.linkEnded}</h1>`,
  }
}
