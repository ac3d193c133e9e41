interface Page {
  readonly data?: {
    readonly courseOfferings?: {
      readonly totalCount: number
      readonly edges: readonly { readonly node: { readonly id: string } }[]
    } | null
  } | null
  readonly errors?: unknown
  readonly extensions?: { readonly hub?: { readonly members?: readonly { outcome: string }[] } }
}

/**
 * Asks for one page and checks that it is the right one: 20 rows, the sum of all counts, every member heard.
 *
 * @throws Error that says what is wrong: figures of wrong pages are worth nothing.
 */
export async function checkPage(
  url: string,
  body: string,
  right: { readonly members: number; readonly totalCount: number },
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  const { data, errors, extensions } = JSON.parse(text) as Page
  const page = data?.courseOfferings
  const heard = extensions?.hub?.members?.filter(({ outcome }) => outcome === 'ok').length
  const isRight =
    errors === undefined &&
    page?.edges.length === 20 &&
    page.totalCount === right.totalCount &&
    heard === right.members
  if (!isRight) {
    throw new Error(`a wrong page of ${right.members} members: ${text.slice(0, 500)}`)
  }
}
