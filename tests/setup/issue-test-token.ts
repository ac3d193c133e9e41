import { join } from 'node:path'
import {
  createDevelopmentIssuer,
  createDevelopmentKey,
  type DevelopmentTokenRequest,
} from '../../gateway/index.js'
import { loadMemberRegister } from '../../schema/index.js'

const rootDirectory = process.cwd()

/** The issuer of this test process, for the committed register; hand `testIssuer.config` to `startGateway`. */
export const testIssuer = createDevelopmentIssuer(
  await createDevelopmentKey(),
  loadMemberRegister(join(rootDirectory, 'schema/register/members.json')),
)

/** An access token for a hub that takes `testIssuer`, e.g. `issueTestToken({ role: 'registrar', member: 'dcu' })`. */
export function issueTestToken(request: DevelopmentTokenRequest): Promise<string> {
  return testIssuer.issueToken(request)
}
