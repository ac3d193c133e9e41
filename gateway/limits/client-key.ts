import { createHash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import { LRUCache } from 'lru-cache'
import type { Principal } from '../../schema/index.js'

/** Who pays for a request: a principal, or an address when there is none. */
export interface ClientKey {
  readonly kind: 'principal' | 'anonymous'
  /** For this process only: personal data. What leaves it is {@link toStoredKey}. */
  readonly key: string
}

/** Finds out who pays. One IPv6 subscriber has a whole /64, so addresses of one network pay together. */
export function createClientKeys(): (
  principal: Principal | undefined,
  address: string,
) => ClientKey {
  const networks = new LRUCache<string, ClientKey>({ max: 10_000 })
  return (principal, address) => {
    if (principal?.subjectId != null) {
      return { kind: 'principal', key: `principal ${principal.subjectId}` }
    }
    const known = networks.get(address)
    if (known !== undefined) return known
    const key: ClientKey = { kind: 'anonymous', key: `address ${toNetwork(address)}` }
    networks.set(address, key)
    return key
  }
}

/** The name of a counter: neither addresses nor subjects stand in the store. */
export function toStoredKey({ key }: ClientKey): string {
  return createHash('sha256').update(key).digest('base64url')
}

function toNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  const bytes = parsed.toByteArray().map((byte, index) => (index < 8 ? byte : 0))
  return `${ipaddr.fromByteArray(bytes).toString()}/64`
}
