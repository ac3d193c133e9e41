import type { ApolloServerPlugin } from '@apollo/server'
import { toAnswerExtensions } from './answer-extensions.js'
import type { HttpContext } from './http-context.js'

/** Adds `extensions.hub.members`, how every member took part, to answers that asked any member. */
export function createOutcomeExtension(): ApolloServerPlugin<HttpContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response, contextValue }) => {
        if (response.body.kind === 'single' && response.body.singleResult.errors !== undefined) {
          contextValue.hub.noteErrors()
        }
        const extensions = toAnswerExtensions(contextValue.hub)
        if (response.body.kind !== 'single' || extensions === undefined) return
        const { singleResult } = response.body
        singleResult.extensions = { ...singleResult.extensions, ...extensions }
      },
    }),
  }
}
