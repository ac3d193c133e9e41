import { describe, expect, it } from 'vitest'
import { toThousandths } from './credit-thousandths.js'

describe('toThousandths', () => {
  it.each([
    ['0', 0],
    ['2.5', 2_500],
    ['0.625', 625],
    ['7.50', 7_500],
    ['0.0005', 1],
    ['0.0004', 0],
    ['-1.5', -1_500],
    ['99999999999999', 2_147_483_647],
    ['1e3', null],
    ['', null],
    ['5 ECTS', null],
  ])('reads %j as %j', (credits, expected) => {
    expect(toThousandths(credits)).toBe(expected)
  })
})
