import { createHmac } from 'node:crypto'
import type { RandomSource } from '../conformance/random/random-source.js'
import { hostilePieces } from './hostile-text.js'

/** Real tokens of people who may not see the victim's data. */
export interface TokenBox {
  readonly strangers: readonly string[]
  readonly expired: string
  /** JSON of the public key, which a careless verifier may take for a shared secret. */
  readonly publicKey: string
}

/** An `Authorization` header: none, honest, mutated, forged. */
export function hostileAuthorization(random: RandomSource, box: TokenBox): string | undefined {
  const token = random.pick(box.strangers)
  const [header = '', payload = '', signature = ''] = token.split('.')
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
      return undefined
    case 3:
    case 4:
      return `Bearer ${token}`
    case 5:
      return `Bearer ${box.expired}`
    case 6:
      // Somebody else's claims under a real signature.
      return `Bearer ${header}.${edit(payload, random)}.${signature}`
    case 7:
      return `Bearer ${encode({ alg: 'none', typ: 'at+jwt' })}.${edit(payload, random)}.`
    case 8: {
      const unsigned = `${encode({ alg: 'HS256', typ: 'at+jwt' })}.${edit(payload, random)}`
      return `Bearer ${unsigned}.${createHmac('sha256', box.publicKey).update(unsigned).digest('base64url')}`
    }
    case 9:
      return `Bearer ${encode({ alg: 'ES256', typ: 'at+jwt', kid: random.pick(hostilePieces), jku: 'http://169.254.169.254/', crit: ['exp'] })}.${payload}.${signature}`
    case 10:
      return `${random.pick(['Basic', 'bearer', 'Bearer', 'DPoP', ''])} ${random.pick(hostilePieces)}`
    default:
      return `Bearer ${'a.'.repeat(random.below(200))}${token.slice(0, random.below(token.length))}`
  }
}

/** Claims changed in favour of whoever changes them. */
function edit(payload: string, random: RandomSource): string {
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  return encode({
    ...claims,
    ...random.pick<object>([
      { sub: 'registrar-dcu' },
      { exp: 99_999_999_999 },
      { eduperson_entitlement: ['urn:alliance-hub:development:group:hub:dcu:role=registrar'] },
      { aud: ['alliance-hub', null] },
      { iss: 'https://evil.example' },
      { sub: { $ne: null } },
    ]),
  })
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
