import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { HubError } from '../../../schema/index.js'
import { makeOperatorToken } from '../token/operator-token.js'
import { type AuditRow, requestAudit } from './request-audit.js'
import { toInstant } from './since.js'

const usage = `npm run audit -- --since TIME [options]: who did what at a running hub

  --since TIME      ISO 8601 with its offset, e.g. 2026-11-25T00:00:00Z, or 30m, 24h, 7d ago
  --subject ID      only of this opaque subject
  --after ID        only after this entry
  --limit N         1–1000, default 100
  --url URL         a gateway; default HUB_URL, else http://127.0.0.1:4000
  --token-file F    a file with an operator's access token; for a hub in development mode on this
                    machine one is made
  --json            one JSON object a line
  --help            this text

Exit code 0 when the trail was read, 1 when not.
`

try {
  process.exitCode = await run(process.argv.slice(2), process.env)
} catch (error) {
  const text = error instanceof HubError ? `${error.code}: ${error.message}` : String(error)
  process.stderr.write(`audit: ${text}\n`)
  process.exitCode = 1
}

async function run(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const { values: flags } = parseArgs({
    args: [...args],
    options: {
      since: { type: 'string' },
      subject: { type: 'string' },
      after: { type: 'string' },
      limit: { type: 'string', default: '100' },
      url: { type: 'string', default: env.HUB_URL ?? 'http://127.0.0.1:4000' },
      'token-file': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (flags.help || flags.since === undefined) {
    process.stdout.write(usage)
    return flags.help ? 0 : 1
  }
  const since = toInstant(flags.since, Date.now())
  const { url, limit, subject, after, 'token-file': file } = flags
  const token =
    file === undefined
      ? await makeOperatorToken(url, [], '--token-file', env)
      : (await readFile(file, 'utf8')).trim()
  for (const entry of await requestAudit({ url, token, since, limit, subject, after })) {
    process.stdout.write(`${flags.json ? JSON.stringify(entry) : formatEntry(entry)}\n`)
  }
  return 0
}

function formatEntry(entry: AuditRow): string {
  const { occurredAt, outcome, action, targets, roles, subjectId } = entry
  const list = (value: unknown): string => [value].flat().join(',')
  return [occurredAt, outcome, action, list(targets), list(roles), subjectId].join('  ')
}
