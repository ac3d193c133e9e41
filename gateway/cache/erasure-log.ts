import type { GatewayDatabase } from '../store/gateway-database.js'

/** What is known of one hard purge. */
export interface ErasureRecord {
  /** Entries erased from each Redis, by its name; null until all of them are done. */
  readonly redis: Readonly<Record<string, number>> | null
  /** Entries erased from memory, by process, of those that have reported. */
  readonly memory: Readonly<Record<string, number>>
  /** Processes that live and have not reported. */
  readonly waitingFor: readonly string[]
}

/** Where gateway processes write down what they have erased. Methods throw `DATABASE_UNAVAILABLE`. */
export interface ErasureLog {
  /** This process lives: hard purges wait for its report. */
  noteAlive(): Promise<void>
  /** This process ends, its memory with it. */
  leave(): Promise<void>
  /**
   * This process has erased from its memory what the hard purges hid that raised this counter to at most this value.
   *
   * @returns Whether there was such a purge in the log.
   */
  report(counter: string, value: number, entries: number): Promise<boolean>
  /** All Redis servers are done. */
  finish(id: string, redis: Readonly<Record<string, number>>): Promise<void>
  read(id: string): Promise<ErasureRecord | undefined>
}

/** A process that has not said so for this long does not live. */
const aliveSeconds = 30

/** @param process - Name of this process, unlike any other's. */
export function createErasureLog(database: GatewayDatabase, process: string): ErasureLog {
  let hasJoined = false
  return {
    noteAlive: () =>
      database.use(async (em) => {
        await em.execute(
          `insert into gateway_process (name) values (?)
           on conflict (name) do update set seen_at = now()`,
          [process],
        )
        if (!hasJoined) {
          await em.execute(`delete from gateway_process where seen_at < now() - interval '1 day'`)
        }
        hasJoined = true
      }),
    async leave() {
      if (!hasJoined) return
      await database.use((em) =>
        em.execute('delete from gateway_process where name = ?', [process]),
      )
    },
    report: (counter, value, entries) =>
      database.use(async (em) => {
        const purges: unknown[] = await em.execute(
          `select id from purge_log where is_hard and purged_at > now() - interval '1 hour'
             and (generations->>?)::bigint <= ?`,
          [counter, value],
        )
        await em.execute(
          `insert into purge_memory (purge_id, process, entries)
           select id, ?, ? from purge_log where is_hard and purged_at > now() - interval '1 hour'
             and (generations->>?)::bigint <= ?
           on conflict do nothing`,
          [process, entries, counter, value],
        )
        return purges.length > 0
      }),
    finish: (id, redis) =>
      database.use(async (em) => {
        await em.execute('update purge_log set receipt = ? where id = ?', [
          JSON.stringify(redis),
          id,
        ])
      }),
    read: (id) =>
      database.use(async (em) => {
        const [purge]: { receipt: Record<string, number> | null }[] = await em.execute(
          'select receipt from purge_log where is_hard and id = ?',
          [id],
        )
        if (purge === undefined) return undefined
        const reports: { process: string; entries: string }[] = await em.execute(
          'select process, entries from purge_memory where purge_id = ? order by process',
          [id],
        )
        const silent: { name: string }[] = await em.execute(
          `select name from gateway_process, purge_log where id = ? and started_at <= purged_at
             and seen_at > now() - make_interval(secs => ?)
             and name not in (select process from purge_memory where purge_id = id) order by name`,
          [id, aliveSeconds],
        )
        return {
          redis: purge.receipt,
          memory: Object.fromEntries(reports.map((one) => [one.process, Number(one.entries)])),
          waitingFor: silent.map(({ name }) => name),
        }
      }),
  }
}
