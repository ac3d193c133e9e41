import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

const openers = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const

/**
 * Reads compressed request bodies. The limit on bodies holds for the bytes sent and again for what they unpack to; the
 * unpacking ends at the limit, so a few kilobytes that stand for gigabytes cost no more than an honest body.
 */
export function addBodyDecompression(app: FastifyInstance, bodyLimitBytes: number): void {
  app.addHook('preParsing', (request, reply, payload, done) => {
    const encoding = request.headers['content-encoding']
    if (encoding === undefined || encoding === 'identity') return done(null, payload)
    const name = encoding.trim().toLowerCase()
    if (!isKnownEncoding(name)) {
      reply.header('accept-encoding', 'gzip, deflate, br')
      const message = 'the body is compressed in a way the hub does not read'
      return done(Object.assign(new Error(message), { statusCode: 415 }))
    }
    const unpacked = openers[name]()
    const giveUp = () => {
      // What is left of the body is of no use, and the connection with it.
      reply.header('connection', 'close')
      payload.unpipe(unpacked)
      payload.resume()
      unpacked.destroy()
    }
    let size = 0
    unpacked.on('data', (chunk: Buffer) => {
      size += chunk.length
      // Fastify counts, too, and refuses; but it would leave the rest to be unpacked for nobody.
      if (size > bodyLimitBytes) giveUp()
    })
    unpacked.once('error', giveUp)
    payload.once('error', (error) => unpacked.destroy(error))
    // Fastify compares what was read with Content-Length, which counts the bytes sent.
    Object.defineProperty(unpacked, 'receivedEncodedLength', { get: () => unpacked.bytesWritten })
    done(null, payload.pipe(unpacked))
  })
}

function isKnownEncoding(name: string): name is keyof typeof openers {
  return Object.hasOwn(openers, name)
}
