import { expect, it } from 'vitest'
import { chooseAcceptEncoding } from './accept-encoding.js'

it.each([
  ['http://127.0.0.1:4001/graphql', 'identity'],
  ['http://[::1]:4001/graphql', 'identity'],
  ['http://10.1.2.3/graphql', 'identity'],
  ['http://172.16.0.9/graphql', 'identity'],
  ['http://192.168.0.9/graphql', 'identity'],
  ['http://[fd00::1]/graphql', 'identity'],
  ['http://localhost:4001/graphql', 'identity'],
  ['http://recognition:4001/graphql', 'identity'],
  ['http://dcu.members.svc.cluster.local/graphql', 'identity'],
  ['https://hub.dcu.ie/graphql', 'gzip'],
  ['https://93.184.216.34/graphql', 'gzip'],
  ['https://[2606:2800:220:1::1]/graphql', 'gzip'],
  ['https://172.32.0.1/graphql', 'gzip'],
] as const)('%s is asked for %s answers', (url, encoding) => {
  expect(chooseAcceptEncoding(new URL(url))).toBe(encoding)
})
