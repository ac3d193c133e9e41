import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'

/** `/metrics`: what this process has counted, in Prometheus' text format. */
export function addMetricsRoute(app: FastifyInstance, registry: Registry): void {
  app.get('/metrics', async (_request, reply) => {
    const text = await registry.metrics()
    return reply.header('content-type', registry.contentType).send(text)
  })
}
