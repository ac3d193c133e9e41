interface Explained {
  readonly extensions?: {
    readonly hub?: { readonly cache?: readonly { readonly status: string }[] }
  }
}

/** Tries to find every member's page kept; members whose page was just fetched again need another look. */
const warmUps = 10

/**
 * How many members are asked for a page after one of them was purged, all others being warm, as the gateway explains its
 * answer.
 *
 * @throws Error when the page does not become warm, the purge is refused, or the answer is not explained.
 */
export async function countMisses(
  url: string,
  body: string,
  token: string,
  member: string,
): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }

  async function ask(): Promise<number> {
    const explained = { ...headers, 'hub-cache': 'explain' }
    const answer = await fetch(url, { method: 'POST', headers: explained, body })
    const notes = ((await answer.json()) as Explained).extensions?.hub?.cache
    if (notes === undefined || notes.length === 0) throw new Error('the answer was not explained')
    return notes.filter(({ status }) => status !== 'hit').length
  }

  let misses = await ask()
  for (let time = 1; misses > 0; time += 1) {
    if (time > warmUps) throw new Error(`${misses} members' pages do not stay kept`)
    misses = await ask()
  }
  const purge = new URL('/admin/purge', url)
  const purged = await fetch(purge, { method: 'POST', headers, body: JSON.stringify({ member }) })
  if (!purged.ok) throw new Error(`the purge was answered with ${purged.status}`)
  return ask()
}
