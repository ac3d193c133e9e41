import { BlockList, isIP } from 'node:net'

/** What to send as `accept-encoding`. */
export type AcceptEncoding = 'identity' | 'gzip'

const privateAddresses = new BlockList()
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateAddresses.addSubnet(network, prefix, 'ipv4')
}
privateAddresses.addAddress('::1', 'ipv6')
privateAddresses.addSubnet('fc00::', 7, 'ipv6')
privateAddresses.addSubnet('fe80::', 10, 'ipv6')

const privateSuffixes = ['.localhost', '.local', '.internal', '.svc', '.lan', '.home.arpa']

/**
 * Whether to ask a subgraph for compressed answers: only over public networks. Unpacking costs the gateway more CPU
 * than it saves wherever bytes are cheap; the README has the numbers.
 */
export function chooseAcceptEncoding(url: URL): AcceptEncoding {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const version = isIP(host)
  if (version !== 0) {
    return privateAddresses.check(host, version === 4 ? 'ipv4' : 'ipv6') ? 'identity' : 'gzip'
  }
  // A name without a dot is one of a container network.
  const isPrivate = !host.includes('.') || privateSuffixes.some((suffix) => host.endsWith(suffix))
  return isPrivate ? 'identity' : 'gzip'
}
