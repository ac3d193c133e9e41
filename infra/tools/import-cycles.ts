import type { SourceModule } from './source-module.js'

/** Groups of modules that import each other in a circle, each once, as a path that closes on its first module. */
export function findImportCycles(modules: readonly SourceModule[]): string[][] {
  const targets = new Map(
    modules.map(({ path, imports }) => [
      path,
      imports.filter(({ isOurs }) => isOurs).map(({ target }) => target),
    ]),
  )
  const cycles: string[][] = []
  const done = new Set<string>()
  const trail: string[] = []
  const visit = (path: string) => {
    const start = trail.indexOf(path)
    if (start !== -1) {
      cycles.push(trail.slice(start))
      return
    }
    if (done.has(path)) return
    trail.push(path)
    for (const target of targets.get(path) ?? []) visit(target)
    trail.pop()
    done.add(path)
  }
  for (const { path } of modules) visit(path)
  return cycles
}
