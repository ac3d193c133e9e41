import { HubError } from '../../../schema/index.js'
import { parsePurgeArguments, usage } from './arguments.js'
import { formatPurge, requestPurge } from './request-purge.js'

try {
  const args = parsePurgeArguments(process.argv.slice(2), process.env)
  if (args.isHelp) process.stdout.write(usage)
  else {
    const answer = await requestPurge(args, {
      fetch: (url, init) => fetch(url, init),
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    })
    process.stdout.write(`${args.isJson ? JSON.stringify(answer) : formatPurge(answer)}\n`)
  }
} catch (error) {
  const text = error instanceof HubError ? `${error.code}: ${error.message}` : String(error)
  process.stderr.write(`purge: ${text}\n`)
  process.exitCode = 1
}
