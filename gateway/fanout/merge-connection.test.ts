import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CursorPosition, comparePositions, type OrderDirection } from '../../schema/index.js'
import { type MemberPage, mergeConnection } from './merge-connection.js'

interface PageRequest {
  readonly size: number
  readonly isBackward: boolean
  readonly after: CursorPosition | null
  readonly before: CursorPosition | null
}

/** What an honest member answers; it may give fewer rows than asked for, but never none where there are some. */
function askMember(
  rows: readonly CursorPosition[],
  { size, isBackward, after, before }: PageRequest,
  maximumPageSize: number,
): MemberPage {
  const range = rows.filter(
    (row) =>
      (after === null || comparePositions(row, after) > 0) &&
      (before === null || comparePositions(row, before) < 0),
  )
  const count = Math.min(size, maximumPageSize)
  const positions = isBackward
    ? range.slice(Math.max(0, range.length - count))
    : range.slice(0, count)
  const isCut = positions.length < range.length
  const isBeyondAfter = after !== null && rows.some((row) => comparePositions(row, after) <= 0)
  const isBeyondBefore = before !== null && rows.some((row) => comparePositions(row, before) >= 0)
  return {
    positions,
    hasNextPage: (!isBackward && isCut) || isBeyondBefore,
    hasPreviousPage: (isBackward && isCut) || isBeyondAfter,
  }
}

function pickRows(pages: readonly MemberPage[], request: PageRequest) {
  const merged = mergeConnection(pages, request)
  const rows = merged.picks.map(({ page, row }) => pages[page]?.positions[row] as CursorPosition)
  return { ...merged, rows }
}

const split = fc.record({
  direction: fc.constantFrom<OrderDirection>('ASC', 'DESC'),
  // Sizes from nothing to many; few distinct keys, so that ties run across members.
  members: fc.array(
    fc.array(
      fc.tuple(
        fc.integer({ min: -3, max: 3 }),
        fc.constantFrom('', 'a', 'b', '\u{1f600}', '\uffee'),
      ),
      {
        maxLength: 40,
        size: 'max',
      },
    ),
    { minLength: 1, maxLength: 20 },
  ),
  size: fc.integer({ min: 1, max: 30 }),
  maximumPageSize: fc.integer({ min: 1, max: 40 }),
})

describe('merging the pages of members', () => {
  for (const isBackward of [false, true]) {
    it(`gives back the same list for any split of it, ${isBackward ? 'backward' : 'forward'}`, () => {
      fc.assert(
        fc.property(split, ({ direction, members, size, maximumPageSize }) => {
          const lists = members.map((keys, member) =>
            keys
              .map(([number, text], index): CursorPosition => {
                const id = `m${member}:offering:${index}`
                return { order: 'TEST', direction, keys: [number, text], id }
              })
              .sort(comparePositions),
          )
          const whole = lists.flat().sort(comparePositions)
          let position = isBackward ? whole.length : 0
          let request: PageRequest = { size, isBackward, after: null, before: null }
          for (;;) {
            const pages = lists.map((rows) => askMember(rows, request, maximumPageSize))
            const { rows, hasNextPage, hasPreviousPage } = pickRows(pages, request)
            const end = isBackward ? position - rows.length : position + rows.length
            expect(rows).toEqual(
              isBackward ? whole.slice(end, position) : whole.slice(position, end),
            )
            expect(isBackward ? hasPreviousPage : hasNextPage).toBe(
              isBackward ? end > 0 : end < whole.length,
            )
            expect(isBackward ? hasNextPage : hasPreviousPage).toBe(
              isBackward ? position < whole.length : position > 0,
            )
            // Full pages wherever members give what they are asked for.
            if (maximumPageSize >= size) {
              expect(rows.length).toBe(
                Math.min(size, isBackward ? position : whole.length - position),
              )
            }
            position = end
            if (isBackward ? !hasPreviousPage : !hasNextPage) break
            const edge = isBackward ? rows[0] : rows.at(-1)
            if (edge === undefined) throw new Error('a page says there is more but gives nothing')
            request = isBackward ? { ...request, before: edge } : { ...request, after: edge }
          }
          expect(position).toBe(isBackward ? 0 : whole.length)
        }),
        { seed: 20_261_123, numRuns: 300 },
      )
    })
  }

  it('says there is more after a page of no rows', () => {
    const position: CursorPosition = {
      order: 'TEST',
      direction: 'ASC',
      keys: [1],
      id: 'a:offering:1',
    }
    const page: MemberPage = { positions: [position], hasNextPage: false, hasPreviousPage: false }
    expect(mergeConnection([page], { size: 0, isBackward: false })).toEqual({
      picks: [],
      hasNextPage: true,
      hasPreviousPage: false,
    })
  })
})
