import { expect, test } from 'vitest'
import { CompletionMemo } from './completion-memo.js'
import { printAnswer } from './print-answer.js'
import { SharedValues } from './shared-values.js'

const shared = new SharedValues()
const source = { name: 'the shared one' }
shared.add(source)

/** An answer with one object at `places` places, as completion leaves it. */
function createAnswer(places: number, repeated: object) {
  const memo = new CompletionMemo(shared)
  memo.remember(1, source, repeated, 10)
  const rows = Array.from({ length: places }, (_, id) => {
    const row = { id: `row "${id}"`, none: null, count: id / 3, part: memo.find(1, source) }
    memo.objects += 1
    memo.addMixed(row)
    return row
  })
  const data = { rows, alone: { deep: [1, [true]] } }
  memo.addMixed(rows)
  memo.addMixed(data)
  return { data, memo }
}

test('an answer with repeated parts is printed as JSON.stringify prints it', () => {
  const repeated = { text: 'é "quoted" \u2028', list: [{ a: 1 }, null], __typename: 'Part' }
  const { data, memo } = createAnswer(50, repeated)
  expect(memo.isWorthPrintingOnce).toBe(true)
  expect(printAnswer(data, memo)).toBe(JSON.stringify(data))
})

test('a repeated part is printed once', () => {
  let prints = 0
  const repeated = {
    toJSON() {
      prints += 1
      return 'part'
    },
  }
  const { data, memo } = createAnswer(50, repeated)
  expect(printAnswer(data, memo)).toBe(JSON.stringify(data))
  // 50 times by the expectation.
  expect(prints).toBe(51)
})

test('an answer in which little repeats goes to JSON.stringify in one piece', () => {
  const memo = new CompletionMemo(new SharedValues())
  expect(memo.isWorthPrintingOnce).toBe(false)
  expect(printAnswer({ a: [1, { b: 'c' }] }, memo)).toBe('{"a":[1,{"b":"c"}]}')
})
