import type { ApolloServerPlugin } from '@apollo/server'
import type { EngineContext } from '../engine/engine-gateway.js'

/** Adds `extensions.hub.members`, how every member took part, to answers that asked any member. */
export function createOutcomeExtension(): ApolloServerPlugin<EngineContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response, contextValue }) => {
        const members = contextValue.hub.outcomes.list()
        if (response.body.kind !== 'single' || members.length === 0) return
        const { singleResult } = response.body
        singleResult.extensions = {
          ...singleResult.extensions,
          hub: { requestId: contextValue.hub.requestId, members },
        }
      },
    }),
  }
}
