import type { ErrorCodeEntry } from '../../schema/index.js'

/** The Markdown page of all error codes, in the table's order. */
export function buildErrorReference(codes: Readonly<Record<string, ErrorCodeEntry>>): string {
  const rows = Object.entries(codes).map(
    ([code, { httpStatus, retryable, clientText }]) =>
      `| \`${code}\` | ${httpStatus} | ${retryable ? 'yes' : 'no'} | ${clientText.replaceAll('|', '\\|')} |`,
  )
  return `# Error codes

Generated from \`schema/wire/error-codes.ts\` by \`npm run emit\`; do not edit. Every error the hub answers with has one of these codes in \`extensions.code\`. Match on the code, never on the text. The HTTP status is that of an answer whose request failed as a whole; *retry* says whether the same request may succeed later without a change.

| Code | HTTP | Retry | Meaning |
|---|---|---|---|
${rows.join('\n')}
`
}
