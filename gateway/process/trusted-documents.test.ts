import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTrustedDocuments } from './trusted-documents.js'

let folder: string
const one = 'query One { institutions { slug } }'
const other = 'query Other { institutions { name } }'
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-documents-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function write(name: string, content: unknown): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

test('a folder gives the text of every .graphql file, with and without its last line break', async () => {
  await write('b.graphql', other)
  await write('a.graphql', `${one}\n`)
  await write('notes.txt', 'nothing')
  expect(await loadTrustedDocuments(folder)).toEqual([`${one}\n`, one, other])
})

test('a manifest gives its texts, as Apollo or as Relay writes it', async () => {
  const operations = [one, other].map((body) => ({
    id: sha256(body),
    body,
    name: 'x',
    type: 'query',
  }))
  const format = 'apollo-persisted-query-manifest'
  const apollo = await write('apollo.json', { format, version: 1, operations })
  expect(await loadTrustedDocuments(apollo)).toEqual([one, other])
  const relay = await write('relay.json', { [sha256(one)]: one })
  expect(await loadTrustedDocuments(relay)).toEqual([one])
})

test.each([
  [
    'stands under the hash of another',
    { [sha256(one)]: other },
    /under [0-9a-f]{64} whose SHA-256 is/,
  ],
  ['is no GraphQL', { [sha256('{')]: '{' }, /no GraphQL: Syntax Error/],
  ['has a name for a hash', { One: one }, /neither a persisted query manifest nor/],
  ['is in no JSON', 'query {', /is no JSON/],
])('a text that %s is refused, with the file', async (_what, content, reason) => {
  const file = await write('bad.json', content)
  const loading = loadTrustedDocuments(file)
  await expect(loading).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(reason),
  })
  await expect(loading).rejects.toThrow(`HUB_DOCUMENTS: ${file} `)
})

test('a path where nothing is, is refused', async () => {
  await expect(loadTrustedDocuments(join(folder, 'none'))).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
  })
})
