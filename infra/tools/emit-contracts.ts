import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildCatalogueSdl } from '../../subgraphs/catalogue/index.js'
import {
  buildRecognitionSdl,
  buildStackingRuleJsonSchema,
} from '../../subgraphs/recognition/index.js'
import { composeSupergraph } from './compose-supergraph.js'
import { printJson } from './print-json.js'

const usage = `emit-contracts: writes schema/{catalogue,recognition,supergraph,api}.graphql and
schema/recognition/stacking-rule.schema.json from the code

  npm run emit              write the files that changed
  npm run emit -- --check   write nothing; exit 1 when a file differs from the code
`

/** Where a router finds the subgraphs of an embedded hub; a deployment rewrites these two. */
const embeddedUrls = {
  catalogue: 'http://127.0.0.1:4000/subgraphs/catalogue',
  recognition: 'http://127.0.0.1:4100/graphql',
}

const { values: flags } = parseArgs({
  options: { check: { type: 'boolean' }, help: { type: 'boolean' } },
})
if (flags.help) process.stdout.write(usage)
else process.exitCode = await emitContracts(join(process.cwd(), 'schema'), flags.check ?? false)

async function emitContracts(directory: string, checkOnly: boolean): Promise<number> {
  const catalogueSdl = await buildCatalogueSdl()
  const recognitionSdl = await buildRecognitionSdl()
  const { supergraphSdl, apiSdl } = composeSupergraph([
    { name: 'catalogue', url: embeddedUrls.catalogue, sdl: catalogueSdl },
    { name: 'recognition', url: embeddedUrls.recognition, sdl: recognitionSdl },
  ])
  const files = new Map([
    ['catalogue.graphql', catalogueSdl],
    ['recognition.graphql', recognitionSdl],
    ['supergraph.graphql', supergraphSdl],
    ['api.graphql', apiSdl],
    ['recognition/stacking-rule.schema.json', printJson(buildStackingRuleJsonSchema())],
  ])
  let drifted = 0
  for (const [name, sdl] of files) {
    const file = join(directory, name)
    const text = `${sdl.trim()}\n`
    const committed = await readFile(file, 'utf8').catch(() => '')
    if (committed === text) continue
    drifted += 1
    if (!checkOnly) await writeFile(file, text)
    process.stdout.write(
      checkOnly
        ? `schema/${name} differs from the code: run npm run emit and commit it\n`
        : `schema/${name} written\n`,
    )
  }
  if (drifted === 0) process.stdout.write('contracts are up to date\n')
  return checkOnly && drifted > 0 ? 1 : 0
}
