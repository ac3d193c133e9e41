import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One operation of `schema/operations/`: what it answers, in a sentence, and its text. */
export interface ExampleOperation {
  /** File name without its ending, e.g. `01-open-ai-offerings`; with its folder, e.g. `signed-in/01-me`. */
  readonly name: string
  /** The comment at the head of the file. */
  readonly description: string
  readonly query: string
}

/** Reads the example operations of a folder and of those in it, ordered by path. */
export async function loadExampleOperations(
  directory: string,
): Promise<readonly ExampleOperation[]> {
  const names = await readdir(directory, { recursive: true })
  const files = names.filter((file) => file.endsWith('.graphql')).sort()
  return Promise.all(
    files.map(async (file) => {
      const query = await readFile(join(directory, file), 'utf8')
      return { name: file.slice(0, -'.graphql'.length), description: readHeadComment(query), query }
    }),
  )
}

function readHeadComment(query: string): string {
  const lines: string[] = []
  for (const line of query.split('\n')) {
    if (!line.startsWith('#')) break
    lines.push(line.slice(1).trim())
  }
  return lines.join(' ')
}
