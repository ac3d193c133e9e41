import { readdir, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { parseSync } from 'vite'

export interface SourceModule {
  /** Path from the project's root, with `/`. */
  readonly path: string
  readonly lineCount: number
  readonly imports: readonly ModuleImport[]
  /** The source with comments blanked out, for rules about words. */
  readonly code: string
}

export interface ModuleImport {
  /** Path from the project's root for one of our modules, else the package or builtin as written. */
  readonly target: string
  readonly isOurs: boolean
  readonly line: number
}

const sourceRoots = ['schema', 'gateway', 'subgraphs', 'infra', 'tests']

/** Reads every TypeScript module of the project, in path order. */
export async function readSourceModules(root: string): Promise<SourceModule[]> {
  const modules: SourceModule[] = []
  for (const directory of sourceRoots) {
    const names = await readdir(join(root, directory), { recursive: true }).catch(() => [])
    for (const name of names.filter(isOurSource).sort()) {
      const path = posix.join(directory, name.replaceAll('\\', '/'))
      modules.push(parseSourceModule(path, await readFile(join(root, path), 'utf8')))
    }
  }
  return modules
}

// Benchmarks install their peers beside themselves.
function isOurSource(name: string): boolean {
  return name.endsWith('.ts') && !name.split(/[\\/]/).includes('node_modules')
}

/**
 * Parses one module. Every form counts: import, export … from, and dynamic import of a literal; type-only imports too,
 * because a wall is about who may know whom.
 */
export function parseSourceModule(path: string, text: string): SourceModule {
  const { module, comments, errors } = parseSync(path, text)
  const fault = errors[0]
  if (fault) throw new SyntaxError(`${path}: ${fault.message}`)
  const requests = [
    ...module.staticImports.map((statement) => statement.moduleRequest),
    ...module.staticExports.flatMap((statement) =>
      statement.entries.slice(0, 1).map((entry) => entry.moduleRequest),
    ),
    ...module.dynamicImports.map((expression) => {
      const literal = /^(['"])(.*)\1$/.exec(
        text.slice(expression.moduleRequest.start, expression.moduleRequest.end),
      )
      return { value: literal?.[2], start: expression.start }
    }),
  ]
  const imports: ModuleImport[] = []
  for (const request of requests) {
    if (!request?.value) continue
    const line = text.slice(0, request.start).split('\n').length
    imports.push({ ...resolveSpecifier(path, request.value), line })
  }
  let code = text
  for (const { start, end } of comments) {
    const blank = text.slice(start, end).replace(/[^\n]/g, ' ')
    code = code.slice(0, start) + blank + code.slice(end)
  }
  return { path, lineCount: text.trimEnd().split('\n').length, imports, code }
}

function resolveSpecifier(from: string, specifier: string) {
  if (!specifier.startsWith('.')) return { target: specifier, isOurs: false }
  const target = posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts')
  return { target, isOurs: true }
}
