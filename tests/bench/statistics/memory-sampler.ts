import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'

/** Most memory that was in use at once so far, of its own (no shared buffers, no file cache), in MB. */
export interface MemorySampler {
  readonly peak: { hub: number; postgres: number }
  stop(): void
}

/** Looks four times a second at this process and at every process of the Postgres server. */
export async function startMemorySampler(pool: Pool): Promise<MemorySampler> {
  const { rows } = await pool.query<{ data_directory: string }>('show data_directory')
  const lockFile = join(rows[0]?.data_directory ?? '', 'postmaster.pid')
  const [postmaster = ''] = (await readFile(lockFile, 'utf8')).split('\n')
  const peak = { hub: 0, postgres: 0 }
  const sample = async (): Promise<void> => {
    peak.hub = Math.max(peak.hub, (await readProcess(String(process.pid))).ownMb)
    let postgres = 0
    for (const pid of await readdir('/proc')) {
      if (!/^\d+$/.test(pid)) continue
      const { parent, ownMb } = await readProcess(pid)
      if (parent === postmaster) postgres += ownMb
    }
    peak.postgres = Math.max(peak.postgres, postgres)
  }
  let sampling = Promise.resolve()
  const timer = setInterval(() => {
    sampling = sampling.then(sample)
  }, 250)
  return { peak, stop: () => clearInterval(timer) }
}

async function readProcess(pid: string): Promise<{ parent: string; ownMb: number }> {
  // A process may have ended since it was listed.
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const read = (name: string) => new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? ''
  return { parent: read('PPid'), ownMb: Number(read('RssAnon')) / 1_024 }
}
