import { type CursorPosition, comparePositions } from '../../schema/index.js'

/** One member's page: the positions of its rows, in the order of the page. */
export interface MemberPage {
  readonly positions: readonly CursorPosition[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

export interface MergedPage {
  /** Which rows make the page, in order: index of the member's page, then of the row in it. */
  readonly picks: readonly { readonly page: number; readonly row: number }[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

/**
 * Merges pages of members into the page of the whole list: the first `size` rows, or the last when backward.
 * Each page must be sorted and all of one order. Pages may hold fewer rows than `size`: where a member's page ends
 * but its list does not, what comes next is unknown, so the merged page ends there too and says that there is more.
 */
export function mergeConnection(
  pages: readonly MemberPage[],
  { size, isBackward }: { readonly size: number; readonly isBackward: boolean },
): MergedPage {
  const picks: { page: number; row: number }[] = []
  const taken = pages.map(() => 0)
  const heads = createHeads(pages, isBackward)

  while (picks.length < size && !heads.isUnknown()) {
    const page = heads.takeNearest()
    if (page === undefined) break
    const { positions } = pages[page] as MemberPage
    const done = taken[page] ?? 0
    picks.push({ page, row: isBackward ? positions.length - 1 - done : done })
    taken[page] = done + 1
    heads.add(page, done + 1)
  }

  const hasMore = pages.some(
    ({ positions, hasNextPage, hasPreviousPage }, page) =>
      (taken[page] ?? 0) < positions.length || (isBackward ? hasPreviousPage : hasNextPage),
  )
  if (isBackward) picks.reverse()
  // Behind the page's start nobody was asked: each member itself knows whether it has rows there.
  return {
    picks,
    hasNextPage: isBackward ? pages.some(({ hasNextPage }) => hasNextPage) : hasMore,
    hasPreviousPage: isBackward ? hasMore : pages.some(({ hasPreviousPage }) => hasPreviousPage),
  }
}

/** The next rows of all pages, ordered: with 200 members, looking at each of them for every row would be most of the work. */
interface Heads {
  /** Takes out the page whose next row is nearest; undefined when there are no rows any more. */
  takeNearest(): number | undefined
  /** Puts a page in with its next row, if it has one. */
  add(page: number, done: number): void
  /** Whether some page has ended while its list goes on: then nobody knows which row is nearest. */
  isUnknown(): boolean
}

function createHeads(pages: readonly MemberPage[], isBackward: boolean): Heads {
  /** Page and position, the nearest last; of equal ones the first page's. */
  const heads: { readonly page: number; readonly position: CursorPosition }[] = []
  let isUnknown = false

  function isBeyond(left: CursorPosition, right: CursorPosition): boolean {
    const order = comparePositions(left, right)
    return isBackward ? order < 0 : order > 0
  }

  function add(page: number, done: number): void {
    const { positions, hasNextPage, hasPreviousPage } = pages[page] as MemberPage
    const position = positions[isBackward ? positions.length - 1 - done : done]
    if (position === undefined) {
      isUnknown ||= isBackward ? hasPreviousPage : hasNextPage
      return
    }
    let low = 0
    let high = heads.length
    while (low < high) {
      const middle = (low + high) >> 1
      const head = heads[middle]
      if (head !== undefined && isBeyond(head.position, position)) low = middle + 1
      else high = middle
    }
    heads.splice(low, 0, { page, position })
  }

  for (const page of pages.keys()) add(page, 0)
  return { add, takeNearest: () => heads.pop()?.page, isUnknown: () => isUnknown }
}
