import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createTransientMap, type TransientMap } from './transient-map.js'

describe('a transient map', () => {
  it('holds what a Map holds, in the same order, over thousands of random calls', () => {
    const ours = createTransientMap<number, number>()
    const theirs = new Map<number, number>()
    let seed = 7
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    for (let call = 0; call < 20_000; call += 1) {
      const key = next(400)
      if (next(2) === 0) {
        ours.set(key, call)
        theirs.set(key, call)
      } else {
        expect(ours.delete(key)).toBe(theirs.delete(key))
      }
      expect(ours.size).toBe(theirs.size)
      expect(ours.has(key)).toBe(theirs.has(key))
      expect(ours.get(key)).toBe(theirs.get(key))
      if (call % 500 !== 0) continue
      expect(ours.values()).toEqual([...theirs.values()])
      expect(ours.first(5)).toEqual([...theirs].slice(0, 5))
    }
    ours.clear()
    expect(ours.size).toBe(0)
    expect(ours.values()).toEqual([])
  })

  it('lets a young collection take what was deleted, where a Map keeps it until a full one', () => {
    expect(keptMegabytes(toMap())).toBeGreaterThan(50)
    // Whatever else this process keeps meanwhile only adds to it.
    const measured = Array.from({ length: 3 }, () => keptMegabytes(createTransientMap()))
    expect(Math.min(...measured)).toBeLessThan(10)
  })
})

function toMap(): Pick<TransientMap<number, object>, 'set' | 'delete'> {
  const map = new Map<number, object>()
  return { set: (key, value) => void map.set(key, value), delete: (key) => map.delete(key) }
}

/** What is left in memory of 100 MB that passed through a map, 50 entries at a time, after young collections only. */
function keptMegabytes(map: Pick<TransientMap<number, object>, 'set' | 'delete'>): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (options?: { type: 'minor' }) => void
  collect()
  const before = process.memoryUsage().heapUsed
  for (let entry = 0; entry < 10_000; entry += 1) {
    map.set(entry, new Array(1_250).fill(entry))
    map.delete(entry - 50)
    if (entry % 500 === 0) collect({ type: 'minor' })
  }
  collect({ type: 'minor' })
  return (process.memoryUsage().heapUsed - before) / 1e6
}
