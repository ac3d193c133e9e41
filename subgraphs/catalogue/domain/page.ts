import { HubError } from '../../../schema/index.js'

/** Relay's paging arguments as a client gave them. */
export interface PageArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
}

export interface Page<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

const defaultPageSize = 20
const maximumPageSize = 100

/**
 * How many rows a page has and from which end of the list they are taken.
 *
 * @throws HubError `PAGE_SIZE_INVALID` when both first and last are given, or one is not within 0–100.
 */
export function readPageSize(page: PageArguments): { size: number; backward: boolean } {
  const { first, last } = page
  if (typeof first === 'number' && typeof last === 'number') {
    throw new HubError('PAGE_SIZE_INVALID', { message: 'first and last cannot be given together' })
  }
  const backward = typeof last === 'number'
  const size = last ?? first ?? defaultPageSize
  if (size < 0 || size > maximumPageSize) {
    throw new HubError('PAGE_SIZE_INVALID', {
      message: `${backward ? 'last' : 'first'} ${size} is not between 0 and ${maximumPageSize}`,
      limit: maximumPageSize,
      value: size,
    })
  }
  return { size, backward }
}
