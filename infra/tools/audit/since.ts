import { HubError } from '../../../schema/index.js'

const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * A point in time as people say it: `30m`, `24h` or `7d` ago, or ISO 8601 with an offset.
 *
 * @param now - Milliseconds since 1970.
 * @returns ISO 8601 in UTC.
 * @throws HubError `BAD_USER_INPUT` for anything else.
 */
export function toInstant(since: string, now: number): string {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(since) ?? []
  if (count !== undefined) return new Date(now - Number(count) * (unitsMs[unit] ?? 0)).toISOString()
  const hasOffset = /T.*(Z|[+-]\d\d:\d\d)$/.test(since)
  const instant = hasOffset ? Date.parse(since) : Number.NaN
  if (!Number.isNaN(instant)) return new Date(instant).toISOString()
  const message = `--since is 30m, 24h, 7d or a time with its offset such as 2026-11-25T00:00:00Z, not '${since}'`
  throw new HubError('BAD_USER_INPUT', { message })
}
