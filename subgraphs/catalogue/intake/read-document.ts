import { readFile, stat } from 'node:fs/promises'
import { HubError } from '../../../schema/index.js'

/** Bounds and dependencies of reading one document. */
export interface DocumentOptions {
  /** The source's name for messages. */
  readonly name: string
  readonly signal: AbortSignal
  /** Per document, in ms; default 30 000. */
  readonly timeoutMs?: number | undefined
  /** Media types asked for over HTTP. */
  readonly accept?: string | undefined
  readonly maxBytes?: number | undefined
}

const defaultTimeoutMs = 30_000
const defaultMaxBytes = 64 * 1024 * 1024

/** Whether a location is an http(s) URL rather than a file path. */
export function isUrl(location: string): boolean {
  return /^https?:\/\//i.test(location)
}

/**
 * The text of a file or of an http(s) document, without byte order mark.
 *
 * @throws HubError `SOURCE_UNREADABLE` when it is missing, late, too large, redirected or not UTF-8.
 */
export async function readDocument(location: string, options: DocumentOptions): Promise<string> {
  const { name, signal, timeoutMs = defaultTimeoutMs } = options
  signal.throwIfAborted()
  const deadline = AbortSignal.timeout(timeoutMs)
  const bounded = { ...options, signal: AbortSignal.any([signal, deadline]) }
  try {
    const bytes = isUrl(location)
      ? await fetchBytes(location, bounded)
      : await readBytes(location, bounded)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    signal.throwIfAborted()
    if (deadline.aborted) throw unreadable(name, `no answer within ${timeoutMs} ms`, error)
    if (error instanceof HubError) throw error
    throw unreadable(name, describe(error), error)
  }
}

/**
 * The value of a JSON document.
 *
 * @throws HubError `SOURCE_UNREADABLE` as `readDocument`, and when it is not JSON.
 */
export async function readJsonDocument(
  location: string,
  options: DocumentOptions,
): Promise<unknown> {
  const text = await readDocument(location, options)
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    // V8 quotes the text around the fault, which is the member's own public data but may be long.
    throw unreadable(options.name, `not valid JSON (${describe(error).slice(0, 200)})`, error)
  }
}

/** The error of a source that cannot be read as a whole. `why` names what is wrong, never a path of the machine. */
export function unreadable(name: string, why: string, cause?: unknown): HubError {
  return new HubError('SOURCE_UNREADABLE', { message: `source '${name}': ${why}`, cause })
}

async function readBytes(path: string, options: DocumentOptions): Promise<Uint8Array> {
  const { name, signal, maxBytes = defaultMaxBytes } = options
  const { size } = await stat(path)
  if (size > maxBytes) throw unreadable(name, `${size} bytes exceed the limit of ${maxBytes}`)
  return readFile(path, { signal })
}

async function fetchBytes(url: string, options: DocumentOptions): Promise<Uint8Array> {
  const { name, signal, accept = 'application/json', maxBytes = defaultMaxBytes } = options
  // Redirects are refused: the operator named this host, and nobody else may send the hub elsewhere.
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept } })
  if (!response.ok) {
    await response.body?.cancel()
    throw unreadable(name, `HTTP status ${response.status}`)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    // Leaving the loop cancels the body.
    if (size > maxBytes) throw unreadable(name, `more bytes than the limit of ${maxBytes}`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure'
  const code = readCode(error) ?? readCode(error.cause)
  if (code === 'ENOENT') return 'the file does not exist'
  if (code === 'EISDIR') return 'the location is a directory, not a file'
  if (code === 'EACCES') return 'the file may not be read by this process'
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'not UTF-8 text'
  if (/redirect/i.test(`${error.message} ${String(error.cause)}`))
    return 'redirects are not followed'
  return code ?? error.message
}

function readCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
