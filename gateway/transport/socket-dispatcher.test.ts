import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ExchangeFailure, exchangeJson } from './exchange-json.js'
import { createSocketDispatcher, type JsonDispatcher } from './socket-dispatcher.js'

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

let server: Server
let sockets: Socket[]
let received: string
let respond: (socket: Socket) => void
let dispatcher: JsonDispatcher

beforeEach(async () => {
  sockets = []
  received = ''
  respond = (socket) => void socket.write(ok)
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      received += chunk.toString()
      if (chunk.includes('{}')) respond(socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  dispatcher = open(2)
})

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await dispatcher.close()
  await new Promise((resolve) => server.close(resolve))
})

function open(connections: number, keepAliveTimeoutMs = 5_000): JsonDispatcher {
  const { port } = server.address() as AddressInfo
  const url = new URL(`http://127.0.0.1:${port}/graphql`)
  return createSocketDispatcher({ url, connections, keepAliveTimeoutMs })
}

interface AskOptions {
  readonly signal?: AbortSignal
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly maximumBodyBytes?: number
}

function ask(options: AskOptions = {}) {
  return exchangeJson({
    dispatcher,
    path: '/graphql?a=b',
    headers: { 'content-type': 'application/json', ...options.headers },
    body: options.body ?? '{}',
    maximumBodyBytes: options.maximumBodyBytes ?? 1_000,
    signal: options.signal ?? new AbortController().signal,
    timeoutMs: 10_000,
  })
}

async function failureOf(promise: Promise<unknown>): Promise<ExchangeFailure> {
  return promise.then(
    () => {
      throw new Error('it did not fail')
    },
    (error: ExchangeFailure) => error,
  )
}

test('writes one whole request', async () => {
  const { status, body } = await ask({ headers: { traceparent: '00-1' } })
  expect([status, body.toString()]).toEqual([200, 'ok'])
  const { port } = server.address() as AddressInfo
  expect(received).toBe(
    `POST /graphql?a=b HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-length: 2\r\ncontent-type: application/json\r\ntraceparent: 00-1\r\n\r\n{}`,
  )
})

test('uses a connection again, one request at a time', async () => {
  for (let turn = 0; turn < 5; turn += 1) await ask()
  expect(sockets).toHaveLength(1)
})

test('a header above ASCII keeps its bytes, a body is in UTF-8, and the length is in bytes', async () => {
  const bytes: Buffer[] = []
  const seen = Promise.withResolvers<void>()
  respond = (socket) => void socket.write(ok)
  server.on('connection', (socket) =>
    socket.on('data', (chunk) => {
      bytes.push(chunk)
      if (chunk.includes('ü')) {
        socket.write(ok)
        seen.resolve()
      }
    }),
  )
  await Promise.all([ask({ headers: { 'x-name': 'caf\xe9' }, body: '{"a":"ü€"}' }), seen.promise])
  const whole = Buffer.concat(bytes)
  expect(whole.toString('latin1')).toContain('x-name: caf\xe9\r\n')
  expect(whole.toString()).toMatch(/content-length: 13\r\n[\s\S]*\r\n\r\n{"a":"ü€"}$/)
})

test('answers that come in pieces on several connections at once do not mix', async () => {
  const size = 200_000
  let next = 0
  respond = (socket) => {
    const letter = String.fromCharCode(97 + next)
    next += 1
    const text = `HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n${letter.repeat(size)}`
    let sent = 0
    const send = (): void => {
      socket.write(text.slice(sent, sent + 9_999))
      sent += 9_999
      if (sent < text.length) setImmediate(send)
    }
    send()
  }
  const answers = await Promise.all([
    ask({ maximumBodyBytes: size }),
    ask({ maximumBodyBytes: size }),
  ])
  const bodies = answers.map(({ body }) => body.toString())
  expect(bodies.sort()).toEqual(['a'.repeat(size), 'b'.repeat(size)])
})

test('opens as many connections as allowed, further requests wait for one', async () => {
  const answers = Array.from({ length: 7 }, () => ask())
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(7).fill(200))
  expect(sockets).toHaveLength(2)
})

test.each([
  ['asks to close', 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok'],
  [
    'keeps it for a second only',
    'HTTP/1.1 200 OK\r\nkeep-alive: timeout=1\r\ncontent-length: 2\r\n\r\nok',
  ],
  ['sends more than the answer', `${ok}HTTP/1.1 200 OK\r\n`],
])('does not use a connection again when the server %s', async (_title, answer) => {
  respond = (socket) => void socket.write(answer)
  await ask()
  await ask()
  expect(sockets).toHaveLength(2)
})

test('does not take what a server says unasked for the next answer', async () => {
  await ask()
  const [socket] = sockets
  const closed = socket && once(socket, 'close')
  socket?.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfake')
  await closed
  expect((await ask()).body.toString()).toBe('ok')
  expect(sockets).toHaveLength(2)
})

test('a connection that closes before the answer fails as a stale one does, and the next request has another', async () => {
  respond = (socket) => void socket.end()
  const failure = await failureOf(ask())
  expect(failure).toMatchObject({ kind: 'network', isBeforeAnswer: true })
  expect(failure.cause).toMatchObject({ code: 'ECONNRESET' })
  respond = (socket) => void socket.write(ok)
  expect((await ask()).status).toBe(200)
})

test('a connection that closes within the answer fails, and not as a stale one', async () => {
  respond = (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf')
  expect(await failureOf(ask())).toMatchObject({ kind: 'network', isBeforeAnswer: false })
})

test('what is no HTTP fails', async () => {
  respond = (socket) => void socket.write('garbage\r\n\r\n')
  expect(await failureOf(ask())).toMatchObject({ kind: 'network' })
})

test('an abort cuts its own connection; the requests that wait get others', async () => {
  respond = () => {}
  const controllers = [new AbortController(), new AbortController()]
  const held = controllers.map(({ signal }) => failureOf(ask({ signal })))
  await expect.poll(() => sockets.length).toBe(2)
  const waiting = ask()
  const left = new AbortController()
  const leaving = failureOf(ask({ signal: left.signal }))
  left.abort()
  expect(await leaving).toMatchObject({ kind: 'aborted' })
  respond = (socket) => void socket.write(ok)
  for (const controller of controllers) controller.abort()
  for (const failure of await Promise.all(held)) expect(failure.kind).toBe('aborted')
  expect((await waiting).status).toBe(200)
})

test('refuses a header that would end the head early', async () => {
  const failure = await failureOf(ask({ headers: { traceparent: 'a\r\nx: y' } }))
  expect(failure.kind).toBe('network')
  expect(received).toBe('')
})

test('gives up connections that nobody uses', async () => {
  await dispatcher.close()
  dispatcher = open(2, 100)
  await ask()
  const [socket] = sockets
  if (socket !== undefined && !socket.destroyed) await once(socket, 'close')
  expect((await ask()).status).toBe(200)
  expect(sockets).toHaveLength(2)
})

test('a close waits for requests under way and for those that wait, and takes no new ones', async () => {
  const answers = Array.from({ length: 5 }, () => ask())
  const closed = dispatcher.close()
  await Promise.all(answers)
  await closed
  expect(await failureOf(ask())).toMatchObject({ kind: 'network' })
})

test('a server that cannot be reached fails at once', async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
  expect(await failureOf(ask())).toMatchObject({ kind: 'network', isBeforeAnswer: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
