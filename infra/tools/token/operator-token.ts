import { createDevelopmentIssuer, loadDevelopmentKey } from '../../../gateway/index.js'
import { HubError, loadMemberRegister } from '../../../schema/index.js'
import { chooseStateDirectory } from '../../runtime/index.js'

const lifeSeconds = 60

/**
 * An operator's access token for a hub in development mode on this machine, good for a minute: its commands need no token
 * there. Nobody else is ever sent one.
 *
 * @param url - The gateway it is for.
 * @throws HubError `UNAUTHENTICATED` elsewhere and in production mode, saying what to give instead.
 */
export async function makeOperatorToken(
  url: string,
  scopes: readonly string[],
  wayOut: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname)
  if (!isHere || env.HUB_MODE === 'production') {
    const message = `an operator's access token is needed: ${wayOut}`
    throw new HubError('UNAUTHENTICATED', { message })
  }
  const register = loadMemberRegister(env.HUB_REGISTER ?? 'schema/register/members.json')
  const state = env.HUB_STATE_DIRECTORY ?? (await chooseStateDirectory(process.cwd()))
  const issuer = createDevelopmentIssuer(await loadDevelopmentKey(state), register)
  return issuer.issueToken({ role: 'operator', scopes, lifeSeconds })
}
