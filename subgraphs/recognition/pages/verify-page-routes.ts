import type { FastifyInstance } from 'fastify'
import { sendPage } from './page.js'
import { renderReport, type ShownReport } from './verification-table.js'
import { verifyPage, verifyPath } from './verify-page.js'
import { wordsIn } from './words.js'

export interface VerifyPageDeps {
  /** Checks a document, or what stands behind a link of ours; never throws for what it is given. */
  readonly verify: (document: string) => Promise<ShownReport>
}

/** Largest document the form takes, in bytes; the samples of the European Commission have up to 135 KB. */
const documentLimitBytes = 1_048_576

/** The page to verify a credential on, and the report its form leads to. */
export function addVerifyPageRoutes(app: FastifyInstance, { verify }: VerifyPageDeps): void {
  app.get(verifyPath, async (_request, reply) => sendPage(reply, verifyPage))

  app.post(`${verifyPath}/form`, { bodyLimit: 3 * documentLimitBytes }, async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const report = await verify((form.get('document') ?? '').trim())
    return sendPage(reply, {
      language: 'en',
      title: 'Verification report',
      main: renderReport(report, wordsIn('en')),
    })
  })
}
