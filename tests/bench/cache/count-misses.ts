interface Explained {
  readonly extensions?: {
    readonly hub?: { readonly cache?: readonly { readonly status: string }[] }
  }
}

/**
 * How many members are asked for a page after one of them was purged, as the gateway explains its answer.
 *
 * @throws Error when the purge is refused or the answer is not explained.
 */
export async function countMisses(
  url: string,
  body: string,
  token: string,
  member: string,
): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const purge = new URL('/admin/purge', url)
  const purged = await fetch(purge, { method: 'POST', headers, body: JSON.stringify({ member }) })
  if (!purged.ok) throw new Error(`the purge was answered with ${purged.status}`)
  const explained = { ...headers, 'hub-cache': 'explain' }
  const answer = (await (
    await fetch(url, { method: 'POST', headers: explained, body })
  ).json()) as Explained
  const notes = answer.extensions?.hub?.cache
  if (notes === undefined || notes.length === 0) throw new Error('the answer was not explained')
  return notes.filter(({ status }) => status !== 'hit').length
}
