import type { GatewayDatabase } from '../store/gateway-database.js'
import type { PurgeScope } from './domain/purge-scope.js'
import type { GenerationMap } from './generations.js'

/** One purge, for the log. */
export interface PurgeRecord {
  /** What asked for it: `admin`, or `sync:<member>`. No person. */
  readonly origin: string
  readonly scope: PurgeScope
  readonly isHard: boolean
}

/** The durable memory of purges: every gateway learns from it what it missed. All methods throw `DATABASE_UNAVAILABLE`. */
export interface PurgeLog {
  /**
   * Writes a purge down and raises its counters.
   *
   * @param names - The counters to raise.
   * @param atLeast - What the counters are known to be at, e.g. raised in Redis already.
   * @param seed - For a counter that is nowhere.
   * @returns The row's id and the counters' values.
   */
  append(
    record: PurgeRecord,
    names: readonly string[],
    atLeast: GenerationMap,
    seed: number,
  ): Promise<{ readonly id: string; readonly generations: GenerationMap }>
  /** Counters changed in the last `withinSeconds`, or all of them. */
  readGenerations(withinSeconds?: number): Promise<GenerationMap>
}

interface GenerationRow {
  readonly scope: string
  readonly value: string | number
}

export function createPurgeLog(database: GatewayDatabase): PurgeLog {
  return {
    append: (record, names, atLeast, seed) =>
      database.use((em) =>
        em.transactional(async (transaction) => {
          const generations = new Map<string, number>()
          // In one order, so that two purges at once cannot wait for each other.
          for (const name of [...names].sort()) {
            const known = atLeast.get(name)
            const rows: GenerationRow[] = await transaction.execute(
              `insert into cache_generation (scope, value) values (?, ?)
               on conflict (scope) do update set changed_at = now(),
                 value = greatest(excluded.value, cache_generation.value + ?)
               returning scope, value`,
              [name, known ?? seed, known === undefined ? 1 : 0],
            )
            for (const { scope, value } of rows) generations.set(scope, Number(value))
          }
          const [row]: { id: string }[] = await transaction.execute(
            `insert into purge_log (origin, scope, generations, is_hard)
             values (?, ?, ?, ?) returning id::text as id`,
            [
              record.origin,
              JSON.stringify(record.scope),
              JSON.stringify(Object.fromEntries(generations)),
              record.isHard,
            ],
          )
          return { id: row?.id ?? '', generations }
        }),
      ),
    readGenerations: (withinSeconds) =>
      database.use(async (em) => {
        const rows: GenerationRow[] = await (withinSeconds === undefined
          ? em.execute('select scope, value from cache_generation')
          : em.execute(
              `select scope, value from cache_generation
               where changed_at > now() - make_interval(secs => ?)`,
              [withinSeconds],
            ))
        return new Map(rows.map(({ scope, value }) => [scope, Number(value)]))
      }),
  }
}
