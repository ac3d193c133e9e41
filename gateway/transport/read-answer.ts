import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { GraphQLFormattedError } from 'graphql'
import { HubError, type HubErrorDetails } from '../../schema/index.js'
import { parseAnswerFreshness } from '../cache/domain/cache-control.js'
import type { SubgraphAnswer } from '../engine/subgraph-client.js'
import type { RawAnswer } from './exchange-json.js'
import { isUnavailableStatus, UnavailableAnswer } from './unavailable-answer.js'

const decompressors = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const

/** Who answered, for the error: the member or the subgraph. */
export type AnswerOrigin = Pick<HubErrorDetails, 'member' | 'subgraph'>

/**
 * Reads an HTTP answer as a GraphQL response. A 4xx with a GraphQL body is a GraphQL answer: servers that speak
 * GraphQL over HTTP report refused documents that way. At once, unless the body is compressed.
 *
 * @throws HubError `SUBGRAPH_UNREACHABLE` for 5xx and 429, `SUBGRAPH_ANSWER_TOO_LARGE`, or `SUBGRAPH_ANSWER_INVALID`.
 */
export function readAnswer(
  raw: RawAnswer,
  maximumBodyBytes: number,
  origin: AnswerOrigin,
): SubgraphAnswer | Promise<SubgraphAnswer> {
  if (isUnavailableStatus(raw.status)) {
    const message = `${describeOrigin(origin)} answered with HTTP status ${raw.status}`
    const cause = new UnavailableAnswer(raw.status, raw.retryAfter)
    throw new HubError('SUBGRAPH_UNREACHABLE', { ...origin, message, cause })
  }
  if (raw.contentEncoding === 'identity' || raw.contentEncoding === '') {
    return readBody(raw, raw.body, origin)
  }
  return decompress(raw, maximumBodyBytes, origin).then((body) => readBody(raw, body, origin))
}

function readBody(raw: RawAnswer, body: Buffer, origin: AnswerOrigin): SubgraphAnswer {
  const text = body.toString('utf8')
  const isRedirect = raw.status >= 300 && raw.status < 400
  const answer = isRedirect ? undefined : parseAnswer(text)
  if (answer !== undefined) {
    const freshness = parseAnswerFreshness(raw.cacheControl, raw.age)
    return freshness === undefined ? answer : { ...answer, freshness }
  }
  const message = `${describeOrigin(origin)} answered with HTTP status ${raw.status} and no GraphQL response`
  throw new HubError('SUBGRAPH_ANSWER_INVALID', { ...origin, message })
}

/** Names the origin for a message: `member 'dcu'` or `subgraph 'recognition'`. */
export function describeOrigin({ member, subgraph }: AnswerOrigin): string {
  return member === undefined ? `subgraph '${subgraph ?? ''}'` : `member '${member}'`
}

async function decompress(
  { contentEncoding, body }: RawAnswer,
  maximumBodyBytes: number,
  origin: AnswerOrigin,
): Promise<Buffer> {
  const who = describeOrigin(origin)
  const name = contentEncoding === 'x-gzip' ? 'gzip' : contentEncoding
  if (!isKnownEncoding(name)) {
    const message = `${who} answered in an encoding the hub does not read`
    throw new HubError('SUBGRAPH_ANSWER_INVALID', { ...origin, message })
  }
  try {
    // The cap again, on what comes out: a kilobyte of zeros can unpack to a megabyte.
    return await decompressors[name](body, { maxOutputLength: maximumBodyBytes })
  } catch (cause) {
    if (isTooLarge(cause)) {
      const message = `${who} answered with more than ${maximumBodyBytes} bytes`
      throw new HubError('SUBGRAPH_ANSWER_TOO_LARGE', {
        ...origin,
        message,
        limit: maximumBodyBytes,
        cause,
      })
    }
    const message = `${who} answered with a damaged ${name} body`
    throw new HubError('SUBGRAPH_ANSWER_INVALID', { ...origin, message, cause })
  }
}

function isKnownEncoding(name: string): name is keyof typeof decompressors {
  return Object.hasOwn(decompressors, name)
}

function isTooLarge(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
}

function parseAnswer(text: string): SubgraphAnswer | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(parsed)) return undefined
  const { data, errors } = parsed
  if (data !== undefined && data !== null && !isRecord(data)) return undefined
  if (errors !== undefined && errors !== null && !isErrorList(errors)) return undefined
  const hasErrors = Array.isArray(errors) && errors.length > 0
  // `data: null` without an error is not a response the specification knows.
  if (!isRecord(data) && !hasErrors) return undefined
  if (!hasErrors) return { data: data as Record<string, unknown> }
  return {
    ...(data !== undefined && { data: data as Record<string, unknown> | null }),
    errors: errors as GraphQLFormattedError[],
  }
}

function isErrorList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((error) => isRecord(error) && typeof error.message === 'string')
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
