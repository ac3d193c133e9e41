import { expect, test } from 'vitest'
import { findWallFaults } from './import-walls.js'
import { parseSourceModule } from './source-module.js'

const check = (files: Readonly<Record<string, string>>) =>
  findWallFaults(Object.entries(files).map(([path, text]) => parseSourceModule(path, text)))

test.each([
  ['schema/id.ts', "import '../gateway/index.js'", 'schema may not import gateway'],
  ['infra/runtime/a.ts', "import '../../schema/index.js'", 'infra/runtime may not import schema'],
  ['gateway/a.ts', "export * from '../subgraphs/catalogue/index.js'", 'may not import subgraphs'],
  ['subgraphs/dcu/a.ts', "import '../../infra/runtime/index.js'", 'may not import infra/runtime'],
  ['subgraphs/dcu/a.ts', "import '../liu/index.js'", 'may not import subgraphs/liu'],
  ['gateway/a.ts', "await import('../infra/launch/index.js')", 'may not import infra/launch'],
  ['gateway/a.ts', "import type { A } from '../tests/a.js'", 'gateway may not import tests'],
  ['gateway/a.ts', "import { a } from '../schema/wire/a.js'", 'entered through its index.ts'],
  ['gateway/http/a.ts', "import { a } from '../index.js'", 'does not import its own index.ts'],
  ['subgraphs/catalogue/domain/a.ts', "import 'graphql'", 'imports no package'],
  ['subgraphs/catalogue/domain/a.ts', "import '../../../infra/runtime/index.js'", 'only schema'],
  ['subgraphs/catalogue/domain/a.ts', 'const now = Date.now()', 'reads the clock'],
  ['gateway/a.ts', 'const port = process.env.PORT', 'reads the environment'],
])('reports %s with %j', (path, text, fault) => {
  const faults = check({ [path]: text })
  expect(faults).toHaveLength(1)
  expect(faults[0]).toContain(fault)
})

test.each([
  [
    'gateway/a.ts',
    "import '../schema/index.js'\nimport '../infra/runtime/index.js'\nimport 'graphql'",
  ],
  ['subgraphs/dcu/a.ts', "import '../catalogue/index.js'\nimport '../../schema/index.js'"],
  ['infra/launch/a.ts', "import '../../gateway/index.js'\nimport '../../subgraphs/dcu/index.js'"],
  ['infra/launch/main.ts', 'start(process.env)'],
  ['gateway/a.test.ts', "import '../tests/setup/a.js'\nprocess.env.HUB_PORT"],
  ['gateway/a.ts', '// process.env is for main.ts\na()'],
  ['gateway/a.ts', "const text = `import '../subgraphs/dcu/index.js'`"],
])('lets %s with %j pass', (path, text) => {
  expect(check({ [path]: text })).toEqual([])
})

test('names the line of a fault', () => {
  const text = "import 'graphql'\n\nimport '../subgraphs/dcu/index.js'"
  expect(check({ 'gateway/a.ts': text })[0]).toMatch(/^gateway\/a\.ts:3: /)
})

test('reports an import cycle once, with its way around', () => {
  const faults = check({
    'gateway/a.ts': "import './b.js'",
    'gateway/b.ts': "import './c.js'",
    'gateway/c.ts': "export { a } from './a.js'",
  })
  expect(faults).toEqual([
    'gateway/a.ts:1: import cycle gateway/a.ts → gateway/b.ts → gateway/c.ts → gateway/a.ts',
  ])
})

test('reports a file that is longer than 300 lines, and none that is not', () => {
  const files = { 'gateway/a.ts': 'a()\n'.repeat(300), 'gateway/b.ts': 'a()\n'.repeat(301) }
  expect(check(files)).toEqual(['gateway/b.ts:301: longer than 300 lines'])
})
