import type { VerificationReport } from '../../../subgraphs/recognition/index.js'

const marks = { pass: '✓', fail: '✗', neutral: '–', unknown: '?' } as const

/** A report for people: one line per check, what is wrong or not known below it. */
export function formatVerification({ verdict, format, checks }: VerificationReport): string {
  const lines = [`${verdict}${format === null ? '' : ` (${format})`}`]
  for (const { name, status, reasons } of checks) {
    lines.push(`  ${marks[status]} ${name.padEnd(13)} ${status}`)
    for (const { message, property } of reasons) {
      lines.push(`      ${property === undefined ? '' : `${property}: `}${message}`)
    }
  }
  return `${lines.join('\n')}\n`
}
