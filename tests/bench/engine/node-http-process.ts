import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

// Arguments: a file with pairs of request body and answer, the port.
const [, , file = '', port = '0'] = process.argv
const pairs = JSON.parse(readFileSync(file, 'utf8')) as readonly (readonly [string, string])[]
const answers = new Map(pairs.map(([body, answer]) => [body, Buffer.from(answer)]))
const other = Buffer.from('{"data":{"__typename":"Query"}}')

createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (text: string) => {
    body += text
  })
  request.on('end', () => {
    const answer = answers.get(body) ?? other
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
    response.end(answer)
  })
}).listen(Number(port), '127.0.0.1')
