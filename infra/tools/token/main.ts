import { parseArgs } from 'node:util'
import { createDevelopmentIssuer, loadDevelopmentKey } from '../../../gateway/index.js'
import { HubError, loadMemberRegister, type Role, roles } from '../../../schema/index.js'
import { chooseStateDirectory } from '../../runtime/index.js'

const usage = `npm run token -- --role ROLE [options]: prints an access token for a hub in development mode

  --role ROLE           ${roles.join(', ')}
  --member SLUG         whom registrar, admission and partner work for; the home of a learner
  --subject NAME        who it is; default the role and the member, the same person every time
  --scopes "A B"        OAuth scopes
  --assurance "A B"     REFEDS assurance values of the identity
  --life SECONDS        how long it is valid, 1–86400, default 3600
  --json                {"token", "role", "member", "expiresInSeconds"} instead of the bare token
  --help                this text

The token is signed by the development issuer, whose key lies in the state folder of this clone. A hub in production
mode (HUB_MODE=production) refuses it, and so does this command.
`

const { values: flags } = parseArgs({
  options: {
    role: { type: 'string' },
    member: { type: 'string' },
    subject: { type: 'string' },
    scopes: { type: 'string' },
    assurance: { type: 'string' },
    life: { type: 'string', default: '3600' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (flags.help || flags.role === undefined) {
  process.stdout.write(usage)
  process.exitCode = flags.help ? 0 : 1
} else {
  process.exitCode = await printToken(flags.role, process.env).catch((error: unknown) => {
    const isExpected = error instanceof HubError || error instanceof RangeError
    process.stderr.write(`token: ${isExpected ? error.message : String(error)}\n`)
    return 1
  })
}

async function printToken(
  roleText: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  if (env.HUB_MODE === 'production') {
    const message = 'development tokens are not made in production mode (HUB_MODE=production)'
    throw new HubError('CONFIG_INVALID', { message })
  }
  const role = roles.find((known) => known === roleText)
  if (role === undefined) {
    throw new RangeError(`no role '${roleText}'; there are ${roles.join(', ')}`)
  }
  const lifeSeconds = Number(flags.life)
  if (!Number.isInteger(lifeSeconds) || lifeSeconds < 1 || lifeSeconds > 86_400) {
    throw new RangeError('--life must be a whole number of seconds from 1 to 86400')
  }
  const register = loadMemberRegister(env.HUB_REGISTER ?? 'schema/register/members.json')
  const state = env.HUB_STATE_DIRECTORY ?? (await chooseStateDirectory(process.cwd()))
  const issuer = createDevelopmentIssuer(await loadDevelopmentKey(state), register)
  const token = await issuer.issueToken({ ...toRequest(role), lifeSeconds })
  const facts = { token, role, member: flags.member ?? null, expiresInSeconds: lifeSeconds }
  process.stdout.write(`${flags.json ? JSON.stringify(facts) : token}\n`)
  process.stderr.write('a token for development mode only; production mode refuses it\n')
  return 0
}

function toRequest(role: Role) {
  const { member, subject, scopes, assurance } = flags
  return {
    role,
    ...(member !== undefined && { member }),
    ...(subject !== undefined && { subject }),
    ...(scopes !== undefined && { scopes: scopes.split(' ') }),
    ...(assurance !== undefined && { assurance: assurance.split(' ') }),
  }
}
