import { HubError } from '../../../schema/index.js'
import { makeOperatorToken } from '../token/operator-token.js'
import { parsePurgeArguments, usage } from './arguments.js'
import { formatPurge, requestPurge } from './request-purge.js'

const tokenWayOut = 'HUB_TOKEN, with the scope hub:purge'

try {
  const args = parsePurgeArguments(process.argv.slice(2), process.env)
  if (args.isHelp) process.stdout.write(usage)
  else {
    const token =
      args.token ?? (await makeOperatorToken(args.url, ['hub:purge'], tokenWayOut, process.env))
    const answer = await requestPurge(
      { ...args, token },
      {
        fetch: (url, init) => fetch(url, init),
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      },
    )
    process.stdout.write(`${args.isJson ? JSON.stringify(answer) : formatPurge(answer)}\n`)
  }
} catch (error) {
  const text = error instanceof HubError ? `${error.code}: ${error.message}` : String(error)
  process.stderr.write(`purge: ${text}\n`)
  process.exitCode = 1
}
