import type { RedisConnection } from '../store/open-redis.js'
import type { GenerationMap, GenerationSource, ReadGenerations } from './generations.js'
import type { RedisGuard } from './redis-guard.js'

/** Brings the counter up to at least ARGV[1], or, when nobody knows one, to ARGV[2]; answers what it is then. */
const readScript = `
local found = redis.call('get', KEYS[1])
local least = tonumber(ARGV[1])
if found and tonumber(found) >= least then return found end
if not found and least == 0 then least = tonumber(ARGV[2]) end
local value = string.format('%.0f', least)
redis.call('set', KEYS[1], value)
return (ARGV[1] == '0') and value or (value .. ' lost')`

/**
 * One more than it was, and never below ARGV[1] + 1 (what the caller knows) or ARGV[2] (the time): a server that was
 * emptied must not count through values that entries still carry.
 */
const raiseScript = `
local value = redis.call('incr', KEYS[1])
local least = math.max(tonumber(ARGV[1]) + 1, tonumber(ARGV[2]))
if value < least then
  value = least
  redis.call('set', KEYS[1], string.format('%.0f', value))
end
return string.format('%.0f', value)`

/** Generations in Redis: the only keys without a time to live, one per jurisdiction, member and type. */
export function createRedisGenerations(
  redis: RedisConnection,
  guard: RedisGuard,
): GenerationSource {
  async function runOnEach(
    script: string,
    names: readonly string[],
    known: GenerationMap,
    seed: number,
  ): Promise<ReadGenerations> {
    // One key a call, because a cluster has them on different servers; all of them travel together.
    const values = await guard.run(() =>
      Promise.all(names.map((name) => redis.eval(script, 1, name, known.get(name) ?? 0, seed))),
    )
    const generations = new Map(
      names.map((name, index) => [name, Number.parseInt(String(values[index]), 10)]),
    )
    return { generations, isComplete: !values.some((value) => String(value).endsWith('lost')) }
  }

  return {
    read: (names, known, seed) => runOnEach(readScript, names, known, seed),
    raise: async (names, known, seed) =>
      (await runOnEach(raiseScript, names, known, seed)).generations,
  }
}
