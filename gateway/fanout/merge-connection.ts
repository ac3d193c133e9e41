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

  while (picks.length < size) {
    const page = findNext(pages, taken, isBackward)
    if (page === null) break
    const { positions } = pages[page] as MemberPage
    const done = taken[page] ?? 0
    picks.push({ page, row: isBackward ? positions.length - 1 - done : done })
    taken[page] = done + 1
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

/** The page whose next row is nearest, or null at the end, or where it is not known any more. */
function findNext(
  pages: readonly MemberPage[],
  taken: readonly number[],
  isBackward: boolean,
): number | null {
  let nearest: number | null = null
  let nearestPosition: CursorPosition | undefined
  for (const [page, { positions, hasNextPage, hasPreviousPage }] of pages.entries()) {
    const done = taken[page] ?? 0
    const position = positions[isBackward ? positions.length - 1 - done : done]
    if (position === undefined) {
      if (isBackward ? hasPreviousPage : hasNextPage) return null
      continue
    }
    const isNearer =
      nearestPosition === undefined ||
      (isBackward
        ? comparePositions(position, nearestPosition) > 0
        : comparePositions(position, nearestPosition) < 0)
    if (isNearer) {
      nearest = page
      nearestPosition = position
    }
  }
  return nearest
}
