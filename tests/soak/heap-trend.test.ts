import { expect, test } from 'vitest'
import { toSlope } from './heap-trend.js'

test('a steady growth is its slope per minute', () => {
  const points = [0, 1, 2, 3].map((second) => ({ atMs: second * 1_000, bytes: 500 + second * 10 }))
  expect(toSlope(points)).toBeCloseTo(600)
})

test('waves around a level have hardly a slope', () => {
  const points = Array.from({ length: 200 }, (_, index) => ({
    atMs: index * 1_000,
    bytes: 1_000 + Math.sin(index) * 100,
  }))
  expect(Math.abs(toSlope(points))).toBeLessThan(10)
})

test('one point has no slope', () => {
  expect(toSlope([{ atMs: 5, bytes: 5 }])).toBe(0)
})
