import { expect, test } from 'vitest'
import { casesFolder, loadCases } from './load-cases.js'
import { printPeers } from './print-peers.js'

test('PEERS.md lists every place where another gateway answers otherwise', async () => {
  const list = printPeers(await loadCases())
  await expect(list).toMatchFileSnapshot(new URL('PEERS.md', casesFolder).pathname)
})
