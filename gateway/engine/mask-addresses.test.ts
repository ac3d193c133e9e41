import { expect, test } from 'vitest'
import { maskAddresses } from './mask-addresses.js'

test.each([
  ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED [address]'],
  ['request to http://localhost:4001/graphql failed', 'request to [address] failed'],
  ['getaddrinfo ENOTFOUND db.dcu.svc.cluster.local', 'getaddrinfo ENOTFOUND [address]'],
  ['no route to redis:6379, giving up', 'no route to [address], giving up'],
  ['connect to [::1]:5432 refused', 'connect to [address] refused'],
  ['postgres://hub:secret@10.0.0.9/dcu is down', '[address] is down'],
  ['https://192.168.1.4/x and https://cache.internal/y', '[address] and [address]'],
])('masks the address in "%s"', (text, expected) => {
  expect(maskAddresses(text)).toBe(expected)
})

test.each([
  'no offering dcu:offering:CA4011-2026-1 or ktu:offering:4011',
  'see https://www.dcu.ie/courses?id=4011 for the rules',
  'limit is 10: got 12 at 10:30 on 2026-11-23T10:30:00Z',
  'a field of type Int! cannot be null.',
])('leaves "%s" as it is', (text) => {
  expect(maskAddresses(text)).toBe(text)
})
