import { connect, type Socket } from 'node:net'
import { createAnswerReader } from './answer-reader.js'

/** What happens on the connections. */
export interface ConnectionEvents {
  /** An answer has come in. @param startedAt - When its request was written, in ms of `performance.now()`. */
  readonly onAnswer: (startedAt: number, status: number, bytes: number, body: number) => void
  readonly onFailure: (reason: string) => void
}

export interface ConnectionOptions extends ConnectionEvents {
  readonly url: string
  readonly bodies: readonly string[]
  /** Headers besides those every request has. */
  readonly headers?: Readonly<Record<string, string>>
  readonly connections: number
}

/**
 * Opens connections and keeps one request under way on each, taking the bodies in turn. A connection the server closes
 * is opened again.
 *
 * @returns Ends it all at once.
 */
export function runConnections(options: ConnectionOptions): () => void {
  const { hostname, port, pathname } = new URL(options.url)
  const requests = options.bodies.map((body) =>
    toRequest(pathname, `${hostname}:${port}`, body, options.headers ?? {}),
  )
  const sockets = new Set<Socket>()
  let isStopped = false
  let next = 0

  function open(): void {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    let startedAt = 0
    let body = 0
    sockets.add(socket)
    function send(): void {
      body = next % requests.length
      next += 1
      startedAt = performance.now()
      socket.write(requests[body] ?? '')
    }
    const read = createAnswerReader(({ status, bytes }) => {
      options.onAnswer(startedAt, status, bytes, body)
      if (!isStopped) send()
    })
    socket.once('connect', send)
    socket.on('data', (chunk: Buffer) => {
      try {
        read(chunk)
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)))
      }
    })
    socket.on('error', (error) => options.onFailure(String(error)))
    socket.once('close', () => {
      sockets.delete(socket)
      if (isStopped) return
      options.onFailure('the server closed a connection')
      // Not at once: a server that is gone would be asked in a busy loop.
      setTimeout(() => {
        if (!isStopped) open()
      }, 50)
    })
  }

  for (let index = 0; index < options.connections; index += 1) open()
  return () => {
    isStopped = true
    for (const socket of sockets) socket.destroy()
  }
}

function toRequest(
  path: string,
  host: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Buffer {
  const bytes = Buffer.from(body)
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: ${bytes.length}\r\n${more.join('')}\r\n`
  return Buffer.concat([Buffer.from(head), bytes])
}
