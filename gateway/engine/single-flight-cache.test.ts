import { expect, test } from 'vitest'
import { createSingleFlightCache } from './single-flight-cache.js'

test('callers at the same time share one making', async () => {
  const cache = createSingleFlightCache<number>(10)
  let made = 0
  const make = async () => {
    made += 1
    return made
  }
  expect(await Promise.all([cache.get('a', make), cache.get('a', make)])).toEqual([1, 1])
  expect(await cache.get('a', make)).toBe(1)
})

test('a failure reaches its callers and is forgotten', async () => {
  const cache = createSingleFlightCache<number>(10)
  const fail = () => Promise.reject(new Error('no plan'))
  await expect(Promise.all([cache.get('a', fail), cache.get('a', fail)])).rejects.toThrow('no plan')
  expect(cache.size).toBe(0)
  expect(await cache.get('a', async () => 2)).toBe(2)
})

test('no more values than allowed are kept', async () => {
  const cache = createSingleFlightCache<number>(3)
  for (let at = 0; at < 100; at += 1) await cache.get(String(at), async () => at)
  expect(cache.size).toBe(3)
})
