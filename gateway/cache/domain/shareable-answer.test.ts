import { expect, test } from 'vitest'
import type { MemberOutcome } from '../../../schema/index.js'
import type { CacheNote } from '../../engine/cache-log.js'
import { decideSharing } from './shareable-answer.js'

const now = 1_000
const part: CacheNote = {
  ...{ member: 'dcu', subject: 'Query.courseOfferings', status: 'hit', ageSeconds: 1 },
  ...{ freshUntil: 9_000, isPrivate: false, isPortable: true },
  ...{ generationNames: ['gen:IE', 'gen:IE:dcu'], generations: [3, 4] },
}
const other: CacheNote = {
  ...{ ...part, member: 'liu', freshUntil: 5_000 },
  ...{ generationNames: ['gen:SE', 'gen:SE:liu'], generations: [1, 2] },
}
const ok: MemberOutcome = { member: 'dcu', outcome: 'ok', tookMs: 0 }

test('an answer may be shared as long as the strictest of its parts, under the generations of all', () => {
  expect(decideSharing([part, other], [ok], now)).toEqual({
    freshUntil: 5_000,
    generations: new Map([
      ['gen:IE', 3],
      ['gen:IE:dcu', 4],
      ['gen:SE', 1],
      ['gen:SE:liu', 2],
    ]),
  })
})

test.each<[string, readonly CacheNote[], readonly MemberOutcome[]]>([
  ['nobody can say what it is made of', [], [ok]],
  ['a part is private', [part, { ...other, isPrivate: true }], [ok]],
  ['a part must stay in its jurisdiction', [part, { ...other, isPortable: false }], [ok]],
  ['a part is not kept or beyond its time', [part, { ...other, freshUntil: 0 }], [ok]],
  ['a part has just ended', [part, { ...other, freshUntil: now }], [ok]],
  ['a member is missing from it', [part], [ok, { member: 'liu', outcome: 'timeout', tookMs: 9 }]],
  ['a member’s part is stale', [part], [{ ...ok, outcome: 'stale', ageSeconds: 70 }]],
  ['a purge came between two of its parts', [part, { ...part, generations: [3, 5] }], [ok]],
])('an answer is nobody else’s when %s', (_when, notes, outcomes) => {
  expect(decideSharing(notes, outcomes, now)).toBeUndefined()
})
