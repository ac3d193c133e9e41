import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { errorCodes } from '../../schema/index.js'
import { buildErrorReference } from './error-reference.js'

const usage = `emit-errors: writes schema/ERRORS.md from the table of error codes

  npm run emit                                      write it, and the contracts
  node .build/infra/tools/emit-errors.js --check    write nothing; exit 1 when it differs from the table
`

const { values: flags } = parseArgs({
  options: { check: { type: 'boolean' }, help: { type: 'boolean' } },
})
if (flags.help) process.stdout.write(usage)
else process.exitCode = await emitErrors(flags.check ?? false)

async function emitErrors(checkOnly: boolean): Promise<number> {
  const file = join(process.cwd(), 'schema', 'ERRORS.md')
  const text = buildErrorReference(errorCodes)
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return 0
  if (checkOnly) {
    process.stdout.write('schema/ERRORS.md differs from the table: run npm run emit, commit it\n')
    return 1
  }
  await writeFile(file, text)
  process.stdout.write('schema/ERRORS.md written\n')
  return 0
}
