const query = `query Page($from: Date) {
  courseOfferings(first: 20, filter: { startDate: { from: $from } }) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges {
      cursor
      node { id title startDate languages isOpenForApplication institution { id name countryCode } }
    }
  }
}`

const firstDay = Date.UTC(1600, 0, 1)
const dayMs = 86_400_000

/** One cross-institution page of 20 as clients ask for it, and the tag its member requests carry. */
export interface PageRequest {
  readonly body: string
  /** The value of the variable every member gets: no two pages of a bench have the same, so nothing can be reused. */
  readonly tag: string
}

/** Makes page requests that are all different, also from those of earlier calls. */
export function createPageRequests(): (count: number) => readonly PageRequest[] {
  let day = 0
  return (count) =>
    Array.from({ length: count }, () => {
      const tag = new Date(firstDay + day * dayMs).toISOString().slice(0, 10)
      // 600 years are before any run: the filter leaves nothing out. Only then a value is used again.
      day = (day + 1) % 150_000
      return { body: JSON.stringify({ query, variables: { from: tag } }), tag }
    })
}
