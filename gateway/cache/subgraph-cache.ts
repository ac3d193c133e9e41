import { parse } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { SubgraphAnswer, SubgraphClient, SubgraphRequest } from '../engine/subgraph-client.js'
import { buildSubgraphSchema } from '../registry/contract-schema.js'
import { copyJson } from '../transport/copy-json.js'
import { printHeaderKey } from '../transport/request-headers.js'
import type { AnswerCache } from './answer-cache.js'
import { type AnswerRule, readAnswerRule } from './contract-rules.js'
import { detachContext } from './detach-context.js'
import { hashText } from './domain/cache-key.js'
import type { OwnerFacts } from './owner-book.js'
import { createGenerationNames, type Fetch, type Question } from './question.js'

export interface SubgraphCacheOptions {
  /** Name of the subgraph, for metrics and keys. */
  readonly name: string
  /** Its contract; undefined: nothing of it is kept. */
  readonly sdl: string | undefined
  readonly cache: AnswerCache
  /** Whose the subgraph's data are. */
  readonly ownerOf: () => OwnerFacts
  /** Longest that a shared fetch takes. */
  readonly timeoutMs: number
  readonly now: () => number
}

const rulesKept = 2_000
const nothing: AnswerRule = { maxAgeSeconds: 0, isPrivate: false, types: [] }

/**
 * Keeps answers of a subgraph that belongs to the alliance, fetch by fetch. Its private fields are asked with the
 * request's own identity every time; mutations, too.
 */
export function createSubgraphCache(
  client: SubgraphClient,
  options: SubgraphCacheOptions,
): SubgraphClient {
  const { name, sdl, cache, ownerOf, timeoutMs, now } = options
  const schema = sdl === undefined ? undefined : buildSubgraphSchema(sdl)
  const rules = new LRUCache<string, AnswerRule>({ max: rulesKept })
  const namesOf = createGenerationNames()

  function ruleOf(query: string): AnswerRule {
    if (schema === undefined) return nothing
    const known = rules.get(query)
    if (known !== undefined) return known
    const rule = readAnswerRule(schema, parse(query, { noLocation: true }))
    rules.set(query, rule)
    return rule
  }

  function toQuestion(request: SubgraphRequest, headers: string): Question {
    const { query, operationName, variables, representations } = request
    const facts = ownerOf()
    const rule = request.operationType === 'query' ? ruleOf(query) : nothing
    return {
      ...facts,
      rule,
      subject: name,
      askedHash: hashText(JSON.stringify([variables, representations])),
      selectionHash: hashText(JSON.stringify([operationName ?? null, query])),
      varyHash: hashText(headers),
      generationNames: namesOf(facts.owner, rule),
    }
  }

  return {
    async execute(request, context) {
      const question = toQuestion(request, printHeaderKey(context))
      const reason = cache.reasonNotKept(question)
      if (reason !== undefined) {
        cache.notePassed(question, reason, context.cacheLog)
        return client.execute(request, context)
      }
      const fetch: Fetch = async () => {
        const { data, errors, freshness } = await client.execute(
          request,
          detachContext(context, now() + timeoutMs),
        )
        return [{ value: data, errors: errors ?? [], freshness, isSound: data != null }]
      }
      const options = { deadlineAt: context.deadlineAt, log: context.cacheLog }
      const [served] =
        cache.answerAtOnce([question], context.cacheLog)?.served ??
        (await cache.answer([question], fetch, options))
      const { value, errors = [], isShared } = served ?? {}
      return {
        data: (isShared ? copyJson(value) : value) as SubgraphAnswer['data'] & {},
        ...(errors.length > 0 && { errors }),
      }
    },
  }
}
