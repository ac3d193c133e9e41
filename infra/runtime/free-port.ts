import { createServer } from 'node:net'
import { RuntimeFailure } from './runtime-failure.js'

/**
 * A TCP port nobody listens on at this moment. Another process may take it before its user does, so whoever starts a
 * server on it tries again with a new one.
 */
export async function findFreePort(host = '127.0.0.1'): Promise<number> {
  return listenBriefly(host, 0)
}

/**
 * Checks that a server could listen on a port; 0 always passes.
 *
 * @param purpose - What the port is for, and how to change it; ends the message.
 * @throws RuntimeFailure `PORT_TAKEN`.
 */
export async function assertPortFree(host: string, port: number, purpose: string): Promise<void> {
  try {
    await listenBriefly(host, port)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be opened (${code ?? String(cause)})`
    throw new RuntimeFailure('PORT_TAKEN', `port ${port} on ${host} ${why}: ${purpose}`, cause)
  }
}

function listenBriefly(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address()
      const chosen = typeof address === 'object' && address !== null ? address.port : port
      server.close(() => resolve(chosen))
    })
  })
}
