import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { HubError, loadMemberRegister } from '../../../schema/index.js'
import {
  formatSyncReport,
  type MemberDefinition,
  openHubWebhook,
  readHubWebhookConfig,
  type SyncProgress,
  syncMember,
} from '../../../subgraphs/catalogue/index.js'

const usage = `npm run sync -- --member SLUG [options]: brings a member's catalogue up to its source

  --member SLUG              a member of the register with a folder in subgraphs/
  --data DIRECTORY           where its source files are, default subgraphs/SLUG/data
  --dry-run                  say what would change, write nothing
  --allow-mass-withdrawal    let more than half of the catalogue disappear
  --json                     the whole report as JSON on standard output
  --help                     this text

DATABASE_URL names the Postgres server. Without it the source is only checked: every record that would be
rejected is listed with its faults. HUB_URL (a gateway) and HUB_WEBHOOK_KEY (file of the member's key, see npm run
keys -- --help) make the hub drop what it keeps of what changed; a hub that is away is a warning. Exit code 0 when no record was rejected, 2 when some were, 1 on failure.
`

const { values: flags } = parseArgs({
  options: {
    member: { type: 'string' },
    data: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    'allow-mass-withdrawal': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort(new HubError('SHUTTING_DOWN')))
if (flags.help || flags.member === undefined) {
  process.stdout.write(usage)
  process.exitCode = flags.help ? 0 : 1
} else {
  process.exitCode = await sync(flags.member, process.env).catch((error: unknown) => {
    const text = error instanceof HubError ? `${error.code}: ${error.message}` : String(error)
    process.stderr.write(`sync: ${text}\n`)
    return 1
  })
}

async function sync(
  slug: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const { members } = loadMemberRegister(env.HUB_REGISTER ?? 'schema/register/members.json')
  const registered = members.find((member) => member.slug === slug)
  if (registered === undefined) {
    const known = members.map((member) => member.slug).join(', ')
    throw new HubError('MEMBER_UNKNOWN', { message: `no member '${slug}'; there are ${known}` })
  }
  const { definition } = (await import(`../../../subgraphs/${slug}/index.js`)) as {
    definition: MemberDefinition
  }
  // A wrong key is said before anything is written.
  const hub = await openHubWebhook(readHubWebhookConfig(env))
  const report = await syncMember({
    definition,
    registered,
    dataDirectory: flags.data ?? join('subgraphs', slug, 'data'),
    databaseUrl: env.DATABASE_URL,
    now: () => new Date(),
    signal: stopping.signal,
    onProgress: showProgress,
    dryRun: flags['dry-run'],
    allowMassWithdrawal: flags['allow-mass-withdrawal'],
    hub,
    log: { warn: (message) => process.stderr.write(`sync: warning: ${message}\n`) },
  })
  process.stdout.write(`${formatSyncReport(report, { json: flags.json })}\n`)
  return report.rejected > 0 ? 2 : 0
}

function showProgress(progress: SyncProgress): void {
  if (progress.step === 'reading') process.stderr.write('reading the source …\n')
  if (progress.step === 'validating') process.stderr.write(`checking ${progress.read} records …\n`)
  if (progress.step === 'writing') {
    process.stderr.write(`writing ${progress.put}, withdrawing ${progress.withdraw} …\n`)
  }
}
