import { type AddressInfo, createServer } from 'node:net'

/** One request, whole. */
export interface LeanRequest {
  readonly body: string
  /** When its last byte was read, in ms of `performance.now()`. */
  readonly arrivedAt: number
  /** Sends a whole answer, its head included; once. */
  send(answer: Buffer): void
}

const headEnd = Buffer.from('\r\n\r\n')
const lengthPattern = /\r\ncontent-length: *(\d+)/i

/**
 * Serves POST requests with a length on kept connections and nothing else of HTTP: simulated members share a core with
 * the load, and `node:http` would cost more than everything they do.
 *
 * @returns The port.
 */
export async function startLeanServer(onRequest: (request: LeanRequest) => void): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    let pending: Buffer | undefined
    const send = (answer: Buffer): void => void socket.write(answer)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => {
      const input = pending === undefined ? chunk : Buffer.concat([pending, chunk])
      const end = input.indexOf(headEnd)
      const start = end + headEnd.length
      const length = end < 0 ? undefined : lengthPattern.exec(input.toString('latin1', 0, end))?.[1]
      if (end >= 0 && length === undefined) {
        socket.destroy()
        return
      }
      if (length === undefined || input.length < start + Number(length)) {
        pending = input
        return
      }
      pending = undefined
      onRequest({ body: input.toString('utf8', start), arrivedAt: performance.now(), send })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A status 200 with a JSON body as the bytes of a whole answer. */
export function toLeanAnswer(body: Buffer): Buffer {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), body])
}
