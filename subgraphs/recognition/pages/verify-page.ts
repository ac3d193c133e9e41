import { html } from 'ghtml'
import type { Page } from './page.js'

/** Path of the page, of the form it sends and of the reports it gets. */
export const verifyPath = '/credentials/verify'

/** The page that takes a credential as a file, a text or a link. It works without its script, too: then as a form. */
export const verifyPage: Page = {
  language: 'en',
  title: 'Verify a credential',
  script: `${verifyPath}/page.js`,
  main: html`<h1>Verify a credential</h1>
<p>Any format: European Digital Credential, W3C Verifiable Credential, SD-JWT VC, Open Badge 3.0; issued here or elsewhere.
The document is checked and not kept.</p>
<form id="form" class="drop" method="post" action="${verifyPath}/form">
<p id="file-part" hidden>
<label for="file">Drop a file here, or choose one</label><br>
<input id="file" type="file">
</p>
<p>
<label for="document">Or paste the document, or the link of a shared credential</label>
<textarea id="document" name="document" required spellcheck="false" autocomplete="off"></textarea>
</p>
<p><button type="submit">Verify</button></p>
</form>
<div id="result" role="status" aria-live="polite"></div>
`,
}
