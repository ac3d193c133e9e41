import { parseArgs } from 'node:util'
import { createDevelopmentIssuer, loadDevelopmentKey } from '../../../gateway/index.js'
import { HubError, loadMemberRegister } from '../../../schema/index.js'
import { chooseStateDirectory } from '../../runtime/index.js'

const usage = `npm run audit -- --since TIME [options]: who did what at a running hub

  --since TIME      ISO 8601 with its offset, e.g. 2026-11-25T00:00:00Z, or 30m, 24h, 7d ago
  --subject ID      only of this opaque subject
  --after ID        only after this entry
  --limit N         1–1000, default 100
  --url URL         the hub, default http://127.0.0.1:4000
  --token-file F    a file with an operator's access token; in development mode one is made
  --json            one JSON object a line
  --help            this text
`

const { values: flags } = parseArgs({
  options: {
    since: { type: 'string' },
    subject: { type: 'string' },
    after: { type: 'string' },
    limit: { type: 'string', default: '100' },
    url: { type: 'string', default: 'http://127.0.0.1:4000' },
    'token-file': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (flags.help || flags.since === undefined) {
  process.stdout.write(usage)
  process.exitCode = flags.help ? 0 : 1
} else {
  process.exitCode = await printAudit(flags.since, process.env).catch((error: unknown) => {
    process.stderr.write(`audit: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  })
}

async function printAudit(
  since: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const url = new URL('/audit', flags.url)
  url.searchParams.set('since', toInstant(since, Date.now()))
  url.searchParams.set('limit', flags.limit)
  if (flags.subject !== undefined) url.searchParams.set('subject', flags.subject)
  if (flags.after !== undefined) url.searchParams.set('after', flags.after)
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${await readToken(env)}` },
    signal: AbortSignal.timeout(10_000),
  })
  const body = (await answer.json()) as {
    readonly entries?: readonly Readonly<Record<string, unknown>>[]
    readonly errors?: readonly { readonly message: string }[]
  }
  if (body.entries === undefined) {
    throw new Error(body.errors?.[0]?.message ?? `the hub answered with status ${answer.status}`)
  }
  for (const entry of body.entries) {
    process.stdout.write(`${flags.json ? JSON.stringify(entry) : formatEntry(entry)}\n`)
  }
  return 0
}

async function readToken(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const file = flags['token-file']
  if (file !== undefined) {
    const { readFile } = await import('node:fs/promises')
    return (await readFile(file, 'utf8')).trim()
  }
  if (env.HUB_MODE === 'production') {
    throw new HubError('CONFIG_INVALID', { message: 'production mode needs --token-file' })
  }
  const register = loadMemberRegister(env.HUB_REGISTER ?? 'schema/register/members.json')
  const state = env.HUB_STATE_DIRECTORY ?? (await chooseStateDirectory(process.cwd()))
  const issuer = createDevelopmentIssuer(await loadDevelopmentKey(state), register)
  return issuer.issueToken({ role: 'operator', lifeSeconds: 60 })
}

const unitsMs: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

function toInstant(since: string, now: number): string {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(since) ?? []
  if (count === undefined) return since
  return new Date(now - Number(count) * (unitsMs.get(unit) ?? 0)).toISOString()
}

function formatEntry(entry: Readonly<Record<string, unknown>>): string {
  const { occurredAt, outcome, action, targets, roles, subjectId } = entry
  return [
    occurredAt,
    outcome,
    action,
    [targets].flat().join(','),
    [roles].flat().join(','),
    subjectId,
  ].join('  ')
}
