import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../../infra/runtime/index.js'
import { loadMemberRegister } from '../../schema/index.js'
import { testIssuer } from '../../tests/setup/issue-test-token.js'
import { testSigningKeys } from '../../tests/setup/test-request-keys.js'
import { defaultGatewayConfig } from '../config.js'
import {
  composeWords,
  type PlainSubgraph,
  startPlainSubgraph,
} from '../process/plain-subgraph.fixture.js'
import { type RunningGateway, startGateway } from '../start-gateway.js'
import { createGatewayAuthenticator } from './create-gateway-authenticator.js'

const rootDirectory = new URL('../..', import.meta.url).pathname
const register = loadMemberRegister(`${rootDirectory}/schema/register/members.json`)
/** What must not come out: the person's name, mail, student identifier, and anything of the token. */
const person = {
  sub: 'jane.doe@student.dcu.ie',
  name: 'Jane Doe',
  schac_personal_unique_code: ['urn:schac:personalUniqueCode:int:esi:ie:12345678'],
}
const lines: string[] = []

let subgraph: PlainSubgraph
let gateway: RunningGateway
let token: string
let isBroken = false

beforeAll(async () => {
  token = await testIssuer.issueToken({ role: 'registrar', member: 'dcu', claims: person })
  subgraph = await startPlainSubgraph((body) => {
    // A subgraph that says everything it should not: what it was sent, its stack, its database.
    if (!isBroken) return { data: { word: 'w' } }
    const message = `insert failed for ${person.sub}: ${body} at /srv/app/store.ts:12 postgres://hub:pw@10.0.0.7/hub`
    return {
      data: { word: 1 },
      errors: [{ message, extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: [message] } }],
    }
  })
  gateway = await startGateway({
    config: { ...defaultGatewayConfig, port: 0, drainTimeoutMs: 500 },
    supergraphSdl: composeWords('type Query { word(of: String): String! }', subgraph.url),
    register,
    subgraphUrls: new Map(),
    issuers: [testIssuer.config],
    signingKeys: testSigningKeys,
    rootDirectory,
    examplesDirectory: null,
    log: createLogger('debug', 'test', (line) => void lines.push(line)),
  })
})
afterAll(async () => {
  await gateway?.stop()
  await subgraph?.stop()
})

function secrets(): readonly string[] {
  const { subjectId } = testIssuer.toPrincipal({ role: 'registrar', member: 'dcu', claims: person })
  const [head = '', payload = '', signature = ''] = token.split('.')
  return [person.sub, 'Jane Doe', '12345678', head, payload, signature, String(subjectId)]
}

async function ask(authorization: string, body: object, path = '/graphql') {
  const answer = await fetch(new URL(path, gateway.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
  })
  return answer.text()
}

describe('of who asks', () => {
  it('nothing is in logs, in metrics, or in errors, whatever goes wrong', async () => {
    const query = 'query JaneDoe($of: String) { word(of: $of) }'
    const variables = { of: person.schac_personal_unique_code[0] }
    const answers: string[] = []
    for (const broken of [false, true]) {
      isBroken = broken
      for (const authorization of [
        `Bearer ${token}`,
        `Bearer ${token}x`,
        `Bearer ${token.split('.').slice(0, 2).join('.')}.`,
        `Basic ${Buffer.from(person.sub).toString('base64')}`,
        `Bearer ${person.sub}`,
      ]) {
        answers.push(await ask(authorization, { query, variables }))
        answers.push(await ask(authorization, { query: '{ word(of: 1) }' }))
      }
      answers.push(await ask(`Bearer ${token}`, {}, `/nowhere/${'x'.repeat(10)}`))
    }
    const metrics = await (await fetch(new URL('/metrics', gateway.url))).text()
    for (const secret of secrets()) {
      expect(lines.join('')).not.toContain(secret)
      expect(metrics).not.toContain(secret)
    }
    for (const answer of answers) {
      for (const secret of secrets().slice(3)) expect(answer).not.toContain(secret)
      expect(answer).not.toMatch(/10\.0\.0\.7|stacktrace|node_modules/)
    }
  })
})

describe('tokens of the development issuer', () => {
  it('are not taken in production mode: such a gateway does not start', () => {
    const options = { issuers: [testIssuer.config], register, log: createLogger('silent', 'test') }
    expect(() => createGatewayAuthenticator({ ...options, isProduction: true })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    )
    expect(() => createGatewayAuthenticator({ ...options, isProduction: false })).not.toThrow()
  })
})
