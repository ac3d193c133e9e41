/** What a reader of one HTTP/1.1 answer tells. */
export interface ResponseEvents {
  /** Names in lower case. Also called for 1xx announcements; the real answer follows those. */
  onHead(status: number, headers: Readonly<Record<string, string>>): void
  /** @param chunk - Good during the call; whoever keeps it copies it. */
  onData(chunk: Buffer): void
  /** @param isReusable - Whether the connection may carry another request. */
  onEnd(isReusable: boolean): void
}

/** Reads one answer to a POST from the chunks of a socket. */
export interface ResponseReader {
  /**
   * @param chunk - Used during the call only.
   * @throws Error when this is no HTTP/1.1 answer.
   */
  read(chunk: Buffer): void
  /** The other side has ended. @returns Whether that is how the answer ends; if so, `onEnd` was called. */
  end(): boolean
}

type Part =
  | { readonly kind: 'head' }
  | { readonly kind: 'length'; left: number }
  | { readonly kind: 'chunkHead' }
  | { readonly kind: 'chunk'; left: number }
  | { readonly kind: 'trailer' }
  | { readonly kind: 'untilClose' }
  | { readonly kind: 'done' }

const maximumHeadBytes = 65_536
const lineEnd = Buffer.from('\r\n')
const headEnd = Buffer.from('\r\n\r\n')
const nothing: Buffer = Buffer.alloc(0)
const chunkHeadPattern = /^([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$/

/** Creates a reader for the next answer on a connection. RFC 9112, sections 4 to 7. */
export function createResponseReader(events: ResponseEvents): ResponseReader {
  return new Reader(events)
}

/** A class: there is one for every call, and a dozen closures each time are not free. */
class Reader implements ResponseReader {
  readonly #events: ResponseEvents
  #part: Part = { kind: 'head' }
  /** Bytes that are not enough yet for the part they belong to. */
  #pending = nothing
  #isKept = true

  constructor(events: ResponseEvents) {
    this.#events = events
  }

  read(chunk: Buffer): void {
    let input = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    this.#pending = nothing
    while (input.length > 0) {
      const used = this.#step(input)
      if (used === input.length) return
      if (used === 0) {
        this.#pending = Buffer.from(input)
        return
      }
      input = input.subarray(used)
    }
  }

  end(): boolean {
    if (this.#part.kind !== 'untilClose') return false
    this.#finish(0)
    return true
  }

  #finish(rest: number): void {
    this.#part = { kind: 'done' }
    // More than was asked for: what comes next on this connection could not be trusted.
    this.#events.onEnd(this.#isKept && rest === 0)
  }

  /** @returns How many bytes were used; 0 when more are needed. */
  #step(input: Buffer): number {
    const part = this.#part
    switch (part.kind) {
      case 'head':
        return this.#readHead(input)
      case 'length':
        return this.#readLength(input, part.left)
      case 'chunkHead':
        return this.#readChunkHead(input)
      case 'chunk':
        return this.#readChunk(input, part.left)
      case 'trailer':
        return this.#readTrailer(input)
      case 'untilClose':
        this.#events.onData(input)
        return input.length
      case 'done':
        return input.length
    }
  }

  #readHead(input: Buffer): number {
    const end = input.indexOf(headEnd)
    if (end < 0) {
      if (input.length > maximumHeadBytes) throw new Error('the head of the answer is too long')
      return 0
    }
    const { status, isOld, headers } = parseHead(input.toString('latin1', 0, end))
    const used = end + headEnd.length
    if (status === 101) throw new Error('the server wants to switch protocols')
    this.#events.onHead(status, headers)
    if (status < 200) return used
    const connection = (headers.connection ?? '').toLowerCase()
    this.#isKept = isOld ? connection.includes('keep-alive') : !connection.includes('close')
    const body = chooseBody(status, headers)
    this.#part = body
    if (body.kind === 'untilClose') this.#isKept = false
    if (body.kind === 'length' && body.left === 0) this.#finish(input.length - used)
    return used
  }

  #readLength(input: Buffer, left: number): number {
    const chunk = input.length <= left ? input : input.subarray(0, left)
    this.#part = { kind: 'length', left: left - chunk.length }
    this.#events.onData(chunk)
    if (left === chunk.length) this.#finish(input.length - chunk.length)
    return chunk.length
  }

  #readChunkHead(input: Buffer): number {
    const end = input.indexOf(lineEnd)
    if (end < 0) {
      if (input.length > maximumHeadBytes) throw new Error('the head of a chunk is too long')
      return 0
    }
    const size = chunkHeadPattern.exec(input.toString('latin1', 0, end))?.[1]
    if (size === undefined) throw new Error('the head of a chunk is malformed')
    const left = Number.parseInt(size, 16)
    this.#part = left === 0 ? { kind: 'trailer' } : { kind: 'chunk', left }
    return end + lineEnd.length
  }

  #readChunk(input: Buffer, left: number): number {
    if (left > 0) {
      const chunk = input.length <= left ? input : input.subarray(0, left)
      this.#part = { kind: 'chunk', left: left - chunk.length }
      this.#events.onData(chunk)
      return chunk.length
    }
    if (input.length < lineEnd.length) return 0
    if (!input.subarray(0, lineEnd.length).equals(lineEnd)) throw new Error('a chunk has no end')
    this.#part = { kind: 'chunkHead' }
    return lineEnd.length
  }

  #readTrailer(input: Buffer): number {
    const end = input.indexOf(lineEnd)
    if (end < 0) {
      if (input.length > maximumHeadBytes) throw new Error('the trailer is too long')
      return 0
    }
    if (end === 0) this.#finish(input.length - lineEnd.length)
    return end + lineEnd.length
  }
}

const statusPattern = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/

function parseHead(text: string): {
  readonly status: number
  readonly isOld: boolean
  readonly headers: Readonly<Record<string, string>>
} {
  const lines = text.split('\r\n')
  const [, minor, status] = statusPattern.exec(lines[0] ?? '') ?? []
  if (status === undefined) throw new Error('this is no HTTP/1.1 answer')
  const headers: Record<string, string> = Object.create(null)
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    const colon = line.indexOf(':')
    // No name, or a space around it: a folded line, or a header that two readers would read differently.
    if (colon <= 0 || line.charCodeAt(0) <= 32 || line.charCodeAt(colon - 1) <= 32) {
      throw new Error('a header is malformed')
    }
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const known = headers[name]
    headers[name] = known === undefined ? value : `${known}, ${value}`
  }
  return { status: Number(status), isOld: minor === '0', headers }
}

function chooseBody(status: number, headers: Readonly<Record<string, string>>): Part {
  if (status === 204 || status === 304) return { kind: 'length', left: 0 }
  const { 'transfer-encoding': transfer, 'content-length': length } = headers
  if (transfer !== undefined) {
    if (length !== undefined) throw new Error('the answer has a length and chunks')
    if (transfer.toLowerCase() !== 'chunked') throw new Error('the transfer encoding is unknown')
    return { kind: 'chunkHead' }
  }
  if (length === undefined) return { kind: 'untilClose' }
  if (!/^\d{1,15}$/.test(length)) throw new Error('the length of the answer is malformed')
  return { kind: 'length', left: Number(length) }
}
