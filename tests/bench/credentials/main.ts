import { formatTable } from '../format-table.js'
import { parseCredentialBenchArguments, usage } from './arguments.js'
import { type CredentialBenchResult, runCredentialBench } from './run-bench.js'

try {
  const args = parseCredentialBenchArguments(process.argv.slice(2))
  if (args.isHelp) process.stdout.write(usage)
  else {
    const result = await runCredentialBench(args, (text) => void process.stderr.write(`${text}\n`))
    process.stdout.write(formatResult(result))
    if (args.isJson) process.stdout.write(`${JSON.stringify(result)}\n`)
  }
} catch (error) {
  process.stderr.write(
    `bench:credentials: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exitCode = 1
}

function formatResult({ formats, revocation, statusCheck }: CredentialBenchResult): string {
  const perSecond = (us: number) => Math.round(1_000_000 / us).toString()
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
  const head = [
    'format',
    'bytes',
    'sign/s',
    'issue/s',
    '×',
    '(plain)',
    'check sig/s',
    'verify/s',
    '×',
    '(plain)',
  ]
  const rows = formats.map((row) => [
    `${row.format} (${row.algorithm})`,
    row.bytes.toString(),
    perSecond(row.signUs),
    perSecond(row.issueUs),
    row.issueRatio.toFixed(2),
    row.issueOfPlain.toFixed(2),
    perSecond(row.verifySignatureUs),
    perSecond(row.verifyUs),
    row.verifyRatio.toFixed(2),
    row.verifyOfPlain.toFixed(2),
  ])
  const looks = Object.entries(statusCheck.nsByEntries)
    .map(([entries, ns]) => `${entries} entries ${ns.toFixed(1)} ns`)
    .join(', ')
  return [
    'per second of CPU on one core; × is the share of the bare signature’s speed, (plain) of that asked for with options',
    formatTable([head, ...rows]),
    `revoking ${revocation.credentials} credentials in Postgres: awards, audit trail and events ${seconds(revocation.awardsMs)}, ` +
      `statuses ${seconds(revocation.statusesMs)}, ${revocation.lists} list signed once ${revocation.signMs.toFixed(1)} ms; ` +
      `${revocation.documentsRewritten} documents rewritten, ${revocation.auditEntries} audit entries`,
    `one look at a status: ${looks}`,
    '',
  ].join('\n')
}
