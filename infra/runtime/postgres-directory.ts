import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProcessOwner } from './guarded-process.js'
import { RuntimeFailure } from './runtime-failure.js'

/**
 * The folder an embedded server's files belong in. An ordinary user has them in the project. Root cannot: Postgres
 * refuses to run as root, and whom we drop to may not be able to enter the project (a clone in /root), so they go to
 * /var/lib, apart for every clone. The same clone always gets the same folder, so that a second start is warm.
 */
export async function chooseStateDirectory(projectRoot: string): Promise<string> {
  if (process.getuid?.() !== 0) return join(projectRoot, '.data')
  const key = createHash('sha256').update(projectRoot).digest('hex').slice(0, 12)
  const isVarLibWritable = await access('/var/lib', constants.W_OK).then(
    () => true,
    () => false,
  )
  return join(isVarLibWritable ? '/var/lib' : tmpdir(), 'alliance-hub', key)
}

/**
 * Whom Postgres runs as when we are root: `postgres`, else `nobody`; undefined when we are an ordinary user.
 *
 * @throws RuntimeFailure `DATABASE_UNAVAILABLE` when this system has neither user.
 */
export async function findPostgresOwner(): Promise<ProcessOwner | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const rows = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const row = rows.find((fields) => fields[0] === name)
    if (row) return { uid: Number(row[2]), gid: Number(row[3]) }
  }
  throw new RuntimeFailure(
    'DATABASE_UNAVAILABLE',
    'Postgres does not run as root, and there is no user postgres or nobody: start the hub as an ordinary user, or set DATABASE_URL',
  )
}
