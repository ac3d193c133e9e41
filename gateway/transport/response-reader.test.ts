import { expect, test } from 'vitest'
import { createResponseReader } from './response-reader.js'

interface Seen {
  statuses: number[]
  body: string
  isReusable: boolean | undefined
}

/** Reads an answer that comes in these pieces. */
function read(pieces: readonly string[], isEnded = false): Seen {
  const seen: Seen = { statuses: [], body: '', isReusable: undefined }
  const reader = createResponseReader({
    onHead: (status) => void seen.statuses.push(status),
    onData: (chunk) => {
      seen.body += chunk.toString('latin1')
    },
    onEnd: (isReusable) => {
      expect(seen.isReusable).toBeUndefined()
      seen.isReusable = isReusable
    },
  })
  for (const piece of pieces) if (piece !== '') reader.read(Buffer.from(piece, 'latin1'))
  if (isEnded) reader.end()
  return seen
}

const answers: readonly (readonly [title: string, text: string, expected: Seen])[] = [
  [
    'a length',
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
    { statuses: [200], body: 'hello', isReusable: true },
  ],
  [
    'chunks with extensions and a trailer',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nhel\r\n2\r\nlo\r\n0\r\nX: y\r\n\r\n',
    { statuses: [200], body: 'hello', isReusable: true },
  ],
  [
    'no body at all',
    'HTTP/1.1 204 No Content\r\n\r\n',
    { statuses: [204], body: '', isReusable: true },
  ],
  [
    'an announcement before it',
    'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\nok',
    { statuses: [103, 200], body: 'ok', isReusable: true },
  ],
  [
    'the wish to close',
    'HTTP/1.1 500 \r\nConnection: Close\r\nContent-Length: 2\r\n\r\nno',
    { statuses: [500], body: 'no', isReusable: false },
  ],
  [
    'an old protocol',
    'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok',
    { statuses: [200], body: 'ok', isReusable: false },
  ],
]

test.each(answers)('reads an answer with %s, wherever it is cut', (_title, text, expected) => {
  for (let first = 0; first <= text.length; first += 1) {
    for (let second = first; second <= text.length; second += 7) {
      const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)]
      expect(read(pieces)).toEqual(expected)
    }
  }
  expect(read([...text])).toEqual(expected)
})

test('a body without a length ends with the connection, which is not used again', () => {
  const text = 'HTTP/1.1 200 OK\r\n\r\nall of it'
  expect(read([text]).isReusable).toBeUndefined()
  expect(read([text], true)).toEqual({ statuses: [200], body: 'all of it', isReusable: false })
})

test('an answer cut off before its end has no end', () => {
  for (const [, text] of answers) {
    expect(read([text.slice(0, -1)], true).isReusable).toBeUndefined()
  }
})

test('a connection with more on it than the answer is not used again', () => {
  const [, text] = answers[0] ?? []
  expect(read([`${text}HTTP/1.1 200 OK\r\n`])).toMatchObject({ body: 'hello', isReusable: false })
})

test.each([
  ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n'],
  ['a status that is none', 'HTTP/1.1 99 Odd\r\n\r\n'],
  ['HTTP/2', 'HTTP/2 200 OK\r\n\r\n'],
  ['a header without a colon', 'HTTP/1.1 200 OK\r\nbroken\r\n\r\n'],
  ['a folded header', 'HTTP/1.1 200 OK\r\na: b\r\n : c\r\n\r\n'],
  ['a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
  [
    'a length and chunks',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
  ],
  ['an unknown transfer encoding', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n'],
  ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n'],
  [
    'a chunk longer than it says',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nabc\r\n',
  ],
  ['a head without an end', `HTTP/1.1 200 OK\r\na: ${'x'.repeat(70_000)}`],
  ['another protocol wanted', 'HTTP/1.1 101 Switching\r\nupgrade: h2c\r\n\r\n'],
])('refuses %s', (_title, text) => {
  expect(() => read([text])).toThrow(Error)
})
