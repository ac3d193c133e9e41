import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { ExampleOperation } from './example-operations.js'

const require = createRequire(import.meta.url)

/** Files of the explorer that come from npm packages: served from where npm put them, so it works offline. */
const packageFiles = {
  'react.js': ['react/package.json', 'umd/react.production.min.js'],
  'react-dom.js': ['react-dom/package.json', 'umd/react-dom.production.min.js'],
  'graphiql.js': ['graphiql/package.json', 'graphiql.min.js'],
  'graphiql.css': ['graphiql/package.json', 'graphiql.min.css'],
} as const

export interface ExplorerOptions {
  /** Folder of the page's own files: `gateway/console/assets`. */
  readonly assetsDirectory: string
  readonly examples: readonly ExampleOperation[]
}

/** Serves the explorer at `/explorer`, in a scope with the headers of pages, with the example operations as tabs; `/` leads there. */
export async function addExplorerRoutes(
  app: FastifyInstance,
  options: ExplorerOptions,
): Promise<void> {
  await app.register(fastifyStatic, { root: options.assetsDirectory, serve: false })
  app.get('/', async (_request, reply) => reply.redirect('/explorer'))
  app.get('/explorer', async (_request, reply) => reply.sendFile('explorer.html'))
  for (const name of ['explorer.js', 'explorer.css']) {
    app.get(`/explorer/${name}`, async (_request, reply) => reply.sendFile(name))
  }
  app.get('/explorer/examples.json', async () => options.examples)
  for (const [name, [manifest, path]] of Object.entries(packageFiles)) {
    const root = dirname(require.resolve(manifest))
    app.get(`/explorer/vendor/${name}`, async (_request, reply) =>
      reply.sendFile(path, root, { maxAge: '1h' }),
    )
  }
}
