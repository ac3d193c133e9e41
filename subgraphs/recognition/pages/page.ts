import type { FastifyReply } from 'fastify'
import { html } from 'ghtml'

/** A page for people. `main` is HTML already: everything in it that came from outside was escaped by `html`. */
export interface Page {
  /** BCP 47 language of the page's words. */
  readonly language: string
  readonly title: string
  readonly main: string
  /** Path of a script of ours, for pages that do more with one. */
  readonly script?: string
}

/** Path of the stylesheet of every page. */
export const stylesheetPath = '/credentials/assets/page.css'

// No inline script or style, nothing from elsewhere: a credential is other people's text.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The whole document. */
export function renderPage({ language, title, main, script }: Page): string {
  const scriptElement =
    script === undefined ? '' : html`<script type="module" src="${script}"></script>`
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${stylesheetPath}">
!${scriptElement}
</head>
<body>
<main>
!${main}
</main>
</body>
</html>
`
}

/** Sends a page that no cache keeps, no search engine lists and no other site frames. */
export function sendPage(reply: FastifyReply, page: Page, status = 200): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-language': page.language,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-store',
    })
    .send(renderPage(page))
}
