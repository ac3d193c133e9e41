import { lookup as lookupName } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'
import { HubError } from '../../schema/index.js'

/** Whether an address may be called. */
export type AddressGuard = (address: string) => boolean

/** A name or address led where nobody may be called. The cause of an `ENDPOINT_FORBIDDEN`. */
export class ForbiddenAddress extends Error {
  constructor() {
    super('the endpoint resolves to an address that may not be called')
    this.name = 'ForbiddenAddress'
  }
}

/**
 * Allows public addresses and the networks given, nothing else: not loopback, private, link-local, carrier or metadata addresses,
 * in no notation. Whoever can register an endpoint must not be able to make the hub call its own network.
 *
 * @param networks - Further networks, e.g. `10.20.0.0/16` or `2001:db8::/32`.
 * @throws HubError `CONFIG_INVALID` for what is no network.
 */
export function createAddressGuard(networks: readonly string[]): AddressGuard {
  const allowed = networks.map(parseNetwork)
  return (address) => {
    if (!ipaddr.isValid(address)) return false
    // IPv4 in IPv6 counts as what it leads to.
    const parsed = ipaddr.process(address)
    if (parsed.range() === 'unicast') return true
    return allowed.some(
      ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
    )
  }
}

export interface GuardedConnectOptions {
  readonly guard: AddressGuard
  /** Undici's, for timeouts and TLS. */
  readonly connect: buildConnector.BuildOptions
  /** Resolves names; default Node's. */
  readonly resolve?: typeof lookupName
}

/**
 * Opens connections only to addresses the guard lets through. Names are checked when they are resolved for the very connection:
 * a name that changes its address between a check and its use (DNS rebinding) gains nothing.
 */
export function createGuardedConnector(options: GuardedConnectOptions): buildConnector.connector {
  const { guard, connect, resolve } = options
  const lookup = createGuardedLookup(guard, resolve)
  const connector = buildConnector({ ...connect, lookup } as buildConnector.BuildOptions)
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '')
    // Node does not look up what is an address already.
    if (isIP(host) !== 0 && !guard(host)) return callback(new ForbiddenAddress(), null)
    return connector(target, callback)
  }
}

/** The lookup of one connection, for names: none that leads where nobody may be called. */
export function createGuardedLookup(
  guard: AddressGuard,
  resolve: typeof lookupName = lookupName,
): LookupFunction {
  return (hostname, lookupOptions, callback) => {
    resolve(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      // One bad address spoils the name: which of them is used would be a matter of chance.
      const [first] = addresses
      if (first === undefined || !addresses.every(({ address }) => guard(address))) {
        return callback(new ForbiddenAddress(), [])
      }
      if (lookupOptions.all) return callback(null, addresses)
      return callback(null, first.address, first.family)
    })
  }
}

function parseNetwork(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  try {
    return ipaddr.parseCIDR(text)
  } catch (cause) {
    const message = `HUB_MEMBER_NETWORKS: '${text}' is no network such as 10.20.0.0/16`
    throw new HubError('CONFIG_INVALID', { message, cause })
  }
}
