import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { silentLogger } from './logger.js'
import { startRedis } from './redis-server.js'

const cacheDirectory = join(process.cwd(), '.cache')
const searchPath = process.env.PATH ?? ''

test('serves a client that knows the password and refuses one that does not', async () => {
  const server = await startRedis({ port: 0, cacheDirectory, searchPath, log: silentLogger })
  const client = new Redis(server.url)
  const stranger = new Redis(server.port, '127.0.0.1', { enableReadyCheck: false })
  // ioredis greets before we ask; that refusal is the same one.
  stranger.on('error', () => {})
  try {
    await client.set('greeting', 'hei')
    expect(await client.get('greeting')).toBe('hei')
    await expect(stranger.get('greeting')).rejects.toThrow('NOAUTH')
  } finally {
    client.disconnect()
    stranger.disconnect()
    await server.stop()
  }
})

test('names the port when it is in use', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    await expect(
      startRedis({ port, cacheDirectory, searchPath, log: silentLogger }),
    ).rejects.toMatchObject({ code: 'PORT_TAKEN', message: expect.stringContaining(String(port)) })
  } finally {
    holder.close()
  }
})

test('names the ways out when there is no Redis and no apt to fetch one', async () => {
  const options = {
    port: 0,
    cacheDirectory: join(tmpdir(), 'hub-no-cache'),
    searchPath: '/nowhere',
  }
  await expect(startRedis({ ...options, log: silentLogger })).rejects.toMatchObject({
    code: 'REDIS_UNAVAILABLE',
    message: expect.stringContaining('install redis-server, or set REDIS_URL'),
  })
})
