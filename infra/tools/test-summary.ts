import { z } from 'zod'

export interface TestSummary {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The part of vitest's JSON report that is counted. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
})

/**
 * Counts a run from vitest's JSON report. A file that could not be loaded has no tests and counts as one failed, so
 * that it cannot hide.
 *
 * @throws ZodError when the text is not such a report.
 */
export function countTests(reportJson: string): TestSummary {
  const summary = { passed: 0, failed: 0, skipped: 0 }
  for (const file of reportSchema.parse(JSON.parse(reportJson)).testResults) {
    const statuses = file.assertionResults.map(({ status }) => status)
    for (const status of statuses) {
      if (status === 'passed') summary.passed += 1
      else if (status === 'failed') summary.failed += 1
      else summary.skipped += 1
    }
    if (file.status === 'failed' && !statuses.includes('failed')) summary.failed += 1
  }
  return summary
}

/** The last line of a test run; its form is read by machines. */
export function summaryLine({ passed, failed, skipped }: TestSummary): string {
  return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped`
}
