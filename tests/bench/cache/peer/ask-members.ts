import { Agent, request } from 'undici'

interface MemberAnswer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly unknown[]
}

/** Asks every member the same at the same time. @returns The data of those that answered, in the members' order. */
export type MemberClient = <Data>(question: {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}) => Promise<readonly Data[]>

const memberTimeoutMs = 5_000

/**
 * Over connections that are kept, with a deadline; a member that fails is left out.
 *
 * @throws Error, of the calls, when none of them answers.
 */
export function createMemberClient(urls: readonly string[]): MemberClient {
  const dispatcher = new Agent({ keepAliveTimeout: 60_000 })
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const timeouts = { headersTimeout: memberTimeoutMs, bodyTimeout: memberTimeoutMs }

  async function ask<Data>(url: string, body: string): Promise<Data> {
    const answer = await request(url, { method: 'POST', headers, body, dispatcher, ...timeouts })
    const { data, errors } = (await answer.body.json()) as MemberAnswer<Data>
    if (data == null || errors !== undefined) throw new Error(`${url} answered with errors`)
    return data
  }

  return async <Data>(question: object) => {
    const body = JSON.stringify(question)
    const results = await Promise.allSettled(urls.map((url) => ask<Data>(url, body)))
    const answers = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    if (answers.length === 0) throw new Error('no member answered')
    return answers
  }
}
