import { isDeepStrictEqual } from 'node:util'
import type { RunningGateway } from '../process/start-pinned.js'
import type { Workload } from './workload/operations.js'

/** How many are asked at once: like the timed runs, so that an answer handed to the wrong request shows. */
const atOnce = 25

/**
 * Asks a gateway every request body there is and compares each answer, deeply, with the right one.
 *
 * @param expected - The right answer's JSON by request body.
 * @returns Null, or the first difference in words.
 */
export async function checkAnswers(
  { url }: RunningGateway,
  workloads: readonly Workload[],
  expected: ReadonlyMap<string, string>,
): Promise<string | null> {
  // Equal ones, too: shared fetches have to come out right.
  const bodies = workloads.flatMap((workload) =>
    workload.bodies.length > 1 ? workload.bodies : Array(atOnce).fill(workload.bodies[0]),
  ) as readonly string[]
  for (let start = 0; start < bodies.length; start += atOnce) {
    const faults = await Promise.all(
      bodies.slice(start, start + atOnce).map((body) => compare(url, body, expected.get(body))),
    )
    const fault = faults.find((each) => each !== null)
    if (fault !== undefined) return fault
  }
  return null
}

async function compare(
  url: string,
  body: string,
  expected: string | undefined,
): Promise<string | null> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body,
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  const request = body.slice(-40)
  if (response.status !== 200)
    return `status ${response.status} to …${request}: ${text.slice(0, 300)}`
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown }
  if (errors !== undefined) return `errors to …${request}: ${JSON.stringify(errors).slice(0, 300)}`
  const right = JSON.parse(expected ?? '{}') as { data?: unknown }
  const place = findDifference(right.data, data, 'data')
  return place === null ? null : `a wrong answer to …${request}: ${place}`
}

/** Where two answers differ first, the order of keys aside; null when they say the same. */
function findDifference(right: unknown, given: unknown, path: string): string | null {
  if (isDeepStrictEqual(right, given)) return null
  if (isObject(right) && isObject(given)) {
    for (const key of new Set([...Object.keys(right), ...Object.keys(given)])) {
      const place = findDifference(right[key], given[key], `${path}.${key}`)
      if (place !== null) return place
    }
  }
  return `${path} is ${JSON.stringify(given)?.slice(0, 80)}, not ${JSON.stringify(right)?.slice(0, 80)}`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
