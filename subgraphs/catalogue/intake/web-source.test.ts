import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createMoochubSource } from './moochub-source.js'
import { createOeapiSource } from './oeapi-source.js'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

describe('sources over HTTP', () => {
  let server: Server | undefined
  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })

  async function serve(answer: Answer): Promise<string> {
    const listening = createServer(answer)
    server = listening
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
  }

  test('OEAPI courses are paged and each gets the offerings of its own listing', async () => {
    const asked: string[] = []
    const base = await serve((request, response) => {
      const url = new URL(request.url ?? '', 'http://host')
      asked.push(`${url.pathname}?${url.searchParams.get('pageNumber')}`)
      const page = Number(url.searchParams.get('pageNumber'))
      if (url.pathname === '/v6/courses') {
        send(response, { hasNextPage: page < 2, items: [{ courseId: `c${page}` }] })
      } else {
        const [, , , courseId] = url.pathname.split('/')
        send(response, { hasNextPage: false, items: [{ courseOfferingId: `o-${courseId}` }] })
      }
    })
    expect(await oeapi(`${base}/v6/`)).toEqual([
      { course: { courseId: 'c1' }, offerings: [{ courseId: 'c1', courseOfferingId: 'o-c1' }] },
      { course: { courseId: 'c2' }, offerings: [{ courseId: 'c2', courseOfferingId: 'o-c2' }] },
    ])
    expect(asked).toEqual([
      '/v6/courses?1',
      '/v6/courses?2',
      '/v6/courses/c1/course-offerings?1',
      '/v6/courses/c2/course-offerings?1',
    ])
  })

  test('a service that repeats its first page for ever is given up on', async () => {
    const base = await serve((_, response) => {
      send(response, { hasNextPage: true, items: [{ courseId: 'c1' }] })
    })
    await expect(oeapi(base)).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: "source 'oeapi': page 2 repeats the page before it",
    })
  })

  test('MOOChub pages are followed by their next link', async () => {
    const base = await serve((request, response) => {
      const isFirst = request.url === '/list'
      const links = isFirst ? { next: '/list?page=2' } : {}
      send(response, { links, data: [{ id: isFirst ? 'one' : 'two' }] })
    })
    expect(await moochub(`${base}/list`)).toEqual([{ id: 'one' }, { id: 'two' }])
  })

  test.each([
    ['http://other.example/list', "links.next leads to another host, 'other.example'"],
    ['/list', 'links back to itself'],
    ['http://[', 'is not a URL'],
  ])('the next link %s is not followed', async (next, why) => {
    const base = await serve((_, response) => send(response, { links: { next }, data: [] }))
    await expect(moochub(`${base}/list`)).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringContaining(why),
    })
  })

  test.each<[string, string, Answer]>([
    [
      'a redirect',
      'redirects are not followed',
      (_, it) => it.writeHead(302, { location: '/x' }).end(),
    ],
    ['an error status', 'HTTP status 503', (_, it) => it.writeHead(503).end('busy')],
    ['no JSON', 'not valid JSON', (_, it) => it.end('<html>')],
    ['no UTF-8', 'not UTF-8 text', (_, it) => it.end(Buffer.from([0x22, 0xff, 0x22]))],
    [
      'a cut connection',
      'source',
      (_, it) => it.writeHead(200, { 'content-length': '9' }).end('{'),
    ],
    ['silence', 'no answer within 300 ms', () => {}],
    ['a body that never ends', 'no answer within 300 ms', (_, it) => it.writeHead(200).write('{')],
  ])('%s makes the source unreadable', async (_, why, answer) => {
    const base = await serve(answer)
    await expect(moochub(base)).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringContaining(why),
    })
  })

  test('a document over the size limit is not read to its end', { timeout: 20_000 }, async () => {
    const chunk = Buffer.alloc(4 * 1024 * 1024, ' ')
    let sent = 0
    const base = await serve((_, response) => {
      const more = () => {
        sent += chunk.length
        if (!response.destroyed) response.write(chunk, more)
      }
      more()
    })
    await expect(moochub(base, 15_000)).rejects.toMatchObject({
      message: expect.stringContaining('more bytes than the limit'),
    })
    expect(sent).toBeLessThan(256 * 1024 * 1024)
  })

  test('an abort ends the reading with its own reason', async () => {
    const controller = new AbortController()
    const base = await serve(() => controller.abort(new Error('stop')))
    const source = createMoochubSource({ name: 'moochub', location: base })
    await expect(source.read(controller.signal)).rejects.toThrow('stop')
  })
})

function send(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(body))
}

function oeapi(location: string): Promise<readonly unknown[]> {
  const source = createOeapiSource({ name: 'oeapi', location, timeoutMs: 5_000 })
  return source.read(new AbortController().signal)
}

function moochub(location: string, timeoutMs = 300): Promise<readonly unknown[]> {
  const source = createMoochubSource({ name: 'moochub', location, timeoutMs })
  return source.read(new AbortController().signal)
}
