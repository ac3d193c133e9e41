import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import type { GatewayInterface } from '@apollo/server-gateway-interface'
import type { DocumentStore } from '../cache/document-store.js'
import type { EngineGateway } from '../engine/engine-gateway.js'
import type { HttpContext } from './http-context.js'
import type { KnownOperations } from './known-operations.js'
import { createOutcomeExtension } from './outcome-extension.js'
import { createErrorFormatter, type ErrorDisplay } from './show-error.js'

export interface ApolloFrontOptions extends ErrorDisplay {
  readonly engineGateway: EngineGateway
  readonly known: KnownOperations
  readonly hasIntrospection: boolean
  /** Operations by their hash. */
  readonly documents: DocumentStore
  /** Whether a request may hold several operations. */
  readonly hasBatches: boolean
}

/** Apollo Server over the engine: it decides about methods, media types, validity, error formats and status codes. */
export async function startApolloFront(
  options: ApolloFrontOptions,
): Promise<ApolloServer<HttpContext>> {
  const apollo = new ApolloServer<HttpContext>({
    gateway: withGivenResults(options.engineGateway),
    persistedQueries: { cache: options.documents },
    introspection: options.hasIntrospection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    hideSchemaDetailsFromClientErrors: !options.hasSuggestions,
    allowBatchedHttpRequests: options.hasBatches,
    // Decided before admission, for both ways.
    csrfPrevention: false,
    formatError: createErrorFormatter(options),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // Its only effect here is the header that `graphql-route.ts` sets on every answer.
      ApolloServerPluginCacheControlDisabled(),
      createOutcomeExtension(),
      options.known.recorder,
    ],
  })
  await apollo.start()
  return apollo
}

/** Executes through the engine, unless the result is there already. */
function withGivenResults(engineGateway: EngineGateway): GatewayInterface {
  return {
    onSchemaLoadOrUpdate: (listener) => engineGateway.onSchemaLoadOrUpdate(listener),
    stop: () => engineGateway.stop(),
    load: async (options) => {
      const { executor } = await engineGateway.load(options)
      return {
        executor: async (request) => {
          const { result } = request.context as HttpContext
          if (result !== undefined) return result
          if (executor === null) throw new Error('the engine has no executor')
          return executor(request)
        },
      }
    },
  }
}
