import { findImportCycles } from './import-cycles.js'
import type { ModuleImport, SourceModule } from './source-module.js'

/** One broken rule, as `path:line: what is wrong`. */
export type WallFault = string

const maxLines = 300

/** What a room may import besides itself and packages; always through the other room's index.ts. */
function allowedRooms(room: string): (target: string) => boolean {
  const oneOf = (rooms: readonly string[]) => (target: string) => rooms.includes(target)
  switch (room) {
    case 'schema':
    case 'infra/runtime':
    case 'infra/quality':
      return () => false
    case 'gateway':
    case 'subgraphs/catalogue':
    case 'subgraphs/recognition':
      return oneOf(['schema', 'infra/runtime'])
    case 'infra/launch':
    case 'infra/tools':
      return (target) => /^(gateway|subgraphs\/\w+|infra\/runtime|schema)$/.test(target)
    case 'tests':
      return () => true
    default:
      return oneOf(['subgraphs/catalogue', 'schema'])
  }
}

/** Packages and builtins that pure rooms may use: they compute, and neither wait nor open anything. */
const purePackages = new Set(['node:crypto', 'node:assert'])

const impureWords: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/, 'reads the clock'],
  [/\bMath\.random\(|\brandomUUID\(|\brandomBytes\(/, 'is random'],
  [/\bfetch\(/, 'opens a connection'],
]

/**
 * Checks the walls between rooms: who may import whom, front doors, cycles, purity of domain folders, the one place for
 * process.env, and the length of files.
 *
 * @see infra/decisions/0006-import-walls-by-own-check.md
 */
export function findWallFaults(modules: readonly SourceModule[]): WallFault[] {
  const faults: WallFault[] = []
  for (const module of modules) {
    faults.push(...module.imports.flatMap((edge) => importFaults(module, edge)))
    faults.push(...wordFaults(module))
    if (module.lineCount > maxLines) {
      faults.push(`${module.path}:${module.lineCount}: longer than ${maxLines} lines`)
    }
  }
  for (const cycle of findImportCycles(modules)) {
    faults.push(`${cycle[0]}:1: import cycle ${[...cycle, cycle[0]].join(' → ')}`)
  }
  return faults
}

function importFaults(module: SourceModule, { target, isOurs, line }: ModuleImport): WallFault[] {
  const at = `${module.path}:${line}:`
  if (!isOurs) {
    const isForbidden = isPure(module.path) && !purePackages.has(target)
    return isForbidden ? [`${at} a domain folder imports no package, but imports ${target}`] : []
  }
  const from = roomOf(module.path)
  const to = roomOf(target)
  if (from === to) {
    const isFrontDoor = target === `${to}/index.ts` && to !== 'tests'
    return isFrontDoor ? [`${at} a room does not import its own index.ts`] : []
  }
  // Tests of every room share the servers and fixtures of tests/.
  if (isTest(module.path) && to === 'tests') return []
  if (!allowedRooms(from)(to)) return [`${at} ${from} may not import ${to} (${target})`]
  if (to !== 'tests' && target !== `${to}/index.ts`) {
    return [`${at} ${to} is entered through its index.ts, not ${target}`]
  }
  if (isPure(module.path) && to !== 'schema') return [`${at} a domain folder imports only schema`]
  return []
}

function wordFaults(module: SourceModule): WallFault[] {
  const rules: (readonly [RegExp, string])[] = []
  if (isPure(module.path)) rules.push(...impureWords)
  if (!isTest(module.path) && !/(^|\/)main\.ts$/.test(module.path)) {
    rules.push([/\bprocess\.env\b/, 'reads the environment, which only main.ts may'])
  }
  return rules.flatMap(([pattern, fault]) => {
    const match = pattern.exec(module.code)
    if (!match) return []
    return [`${module.path}:${module.code.slice(0, match.index).split('\n').length}: ${fault}`]
  })
}

function isPure(path: string): boolean {
  return /\/domain\//.test(path) && !isTest(path)
}

function isTest(path: string): boolean {
  return /\.(test|bench|test-d|fixture)\.ts$/.test(path) || path.startsWith('tests/')
}

function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/')
  return top === 'infra' || top === 'subgraphs' ? `${top}/${second}` : top
}
