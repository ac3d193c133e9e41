import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'graphql'
import { z } from 'zod'
import { HubError } from '../../schema/index.js'

/** What Apollo's and other tools write: a list of operations, each under the SHA-256 of its text. */
const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
})

/** What Relay, graphql-codegen and others write: texts by their SHA-256. */
const mapSchema = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string())

/**
 * Reads the texts of operations an operator trusts, from a folder of `.graphql` files or from a JSON manifest: Apollo's
 * persisted query manifest, or an object of texts by hash.
 *
 * @throws HubError `CONFIG_INVALID` naming the file and what is wrong: it cannot be read, a text is no GraphQL, or
 * stands under a hash that is not its own.
 */
export async function loadTrustedDocuments(path: string): Promise<readonly string[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (cause: unknown) => {
      throw toFault(path, 'cannot be read', cause)
    },
  )
  const texts = isFolder ? await readFolder(path) : readManifest(path, await readText(path))
  return [...new Set(texts)]
}

async function readFolder(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort()
  const texts = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name)
      const text = await readText(file)
      assertGraphQL(file, text)
      // Editors end a file with a line break, and clients send the text without.
      return [text, text.trim()]
    }),
  )
  return texts.flat()
}

function readManifest(file: string, text: string): readonly string[] {
  const json = parseJson(file, text)
  const manifest = manifestSchema.safeParse(json)
  const map = mapSchema.safeParse(json)
  if (!manifest.success && !map.success) {
    throw toFault(file, 'is neither a persisted query manifest nor an object of texts by SHA-256')
  }
  const pairs = manifest.success
    ? manifest.data.operations.map(({ id, body }) => [id, body] as const)
    : Object.entries(map.data ?? {})
  for (const [hash, body] of pairs) {
    const own = createHash('sha256').update(body).digest('hex')
    if (own !== hash) throw toFault(file, `has a text under ${hash} whose SHA-256 is ${own}`)
    assertGraphQL(file, body)
  }
  return pairs.map(([, body]) => body)
}

function assertGraphQL(file: string, text: string): void {
  try {
    parse(text, { noLocation: true })
  } catch (cause) {
    throw toFault(file, `has a text that is no GraphQL: ${(cause as Error).message}`, cause)
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw toFault(file, 'is no JSON', cause)
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw toFault(file, 'cannot be read', cause)
  }
}

function toFault(file: string, what: string, cause?: unknown): HubError {
  return new HubError('CONFIG_INVALID', { message: `HUB_DOCUMENTS: ${file} ${what}`, cause })
}
