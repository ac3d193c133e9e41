import { describe, expect, it } from 'vitest'
import { copyJson } from './copy-json.js'

describe('copy of JSON', () => {
  it('is equal and shares no object or list with the original', () => {
    const original = JSON.parse('{"a":[{"b":null},[1,"x",true]],"c":{"d":{}}}')
    const copy = copyJson(original)
    expect(copy).toEqual(original)
    copy.a[0].b = 1
    copy.a[1].push(2)
    copy.c.d.e = 1
    expect(original).toEqual({ a: [{ b: null }, [1, 'x', true]], c: { d: {} } })
  })

  it('keeps a __proto__ key a plain key', () => {
    const text = '{"__proto__":{"polluted":true},"a":{"__proto__":1}}'
    const copy = copyJson(JSON.parse(text))
    expect(JSON.stringify(copy)).toBe(text)
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
    expect(copy.polluted).toBeUndefined()
  })
})
