import { mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { silentLogger } from '../../infra/runtime/index.js'
import { type FileWatch, watchFiles } from './watch-files.js'

let folder: string
let watch: FileWatch | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-watch-'))
})

afterEach(async () => {
  watch?.stop()
  await rm(folder, { recursive: true, force: true })
})

function start(files: readonly string[]) {
  const onChange = vi.fn()
  watch = watchFiles({ files, onChange, quietMs: 30, log: silentLogger })
  return onChange
}

test('calls once for a burst of writes', async () => {
  const file = join(folder, 'a.graphql')
  await writeFile(file, 'one')
  const onChange = start([file])
  for (let index = 0; index < 5; index += 1) await writeFile(file, `text ${index}`)
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1))
})

test('sees a file that is replaced by another, again and again', async () => {
  const file = join(folder, 'a.graphql')
  await writeFile(file, 'one')
  const onChange = start([file])
  for (const count of [1, 2]) {
    await writeFile(join(folder, 'a.tmp'), 'new')
    await rename(join(folder, 'a.tmp'), file)
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(count))
  }
})

test('sees the swap of a mounted folder', async () => {
  await symlink('v1', join(folder, '..data'))
  const onChange = start([join(folder, 'a.graphql')])
  await symlink('v2', join(folder, '..next'))
  await unlink(join(folder, '..data'))
  await rename(join(folder, '..next'), join(folder, '..data'))
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled())
})

test('leaves out other files of the folder', async () => {
  const [mine, other] = [join(folder, 'a.graphql'), join(folder, 'b.graphql')]
  const onChange = start([mine])
  await writeFile(other, 'x')
  await writeFile(mine, 'x')
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled())
  const before = onChange.mock.calls.length
  await writeFile(other, 'y')
  // The event of `mine` comes after that of `other`, so one call more means that `other` made none.
  await writeFile(mine, 'y')
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(before + 1))
})
