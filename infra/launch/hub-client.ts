import { z } from 'zod'

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string() })).optional(),
  extensions: z
    .object({
      hub: z
        .object({
          members: z
            .array(
              z.object({
                member: z.string(),
                outcome: z.string(),
                reason: z.string().optional(),
              }),
            )
            .optional(),
        })
        .optional(),
    })
    .optional(),
})

/** One answer of the gateway, as far as the launcher looks at it. */
export interface HubAnswer {
  readonly data: Readonly<Record<string, unknown>>
  readonly errors: readonly string[]
  /** How each member took part. */
  readonly members: readonly {
    readonly member: string
    readonly outcome: string
    readonly reason?: string | undefined
  }[]
}

/**
 * Asks the gateway as any client does, over HTTP.
 *
 * @throws Error when there is no answer within 30 s, or one that is not GraphQL.
 */
export async function askHub(url: string, query: string): Promise<HubAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(30_000),
  })
  const answer = answerSchema.parse(await response.json())
  return {
    data: answer.data ?? {},
    errors: (answer.errors ?? []).map(({ message }) => message),
    members: answer.extensions?.hub?.members ?? [],
  }
}
