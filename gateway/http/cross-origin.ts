import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'

/** Pages served by this machine: for development only. */
const localOrigin = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

export interface CrossOriginOptions {
  readonly allowedOrigins: readonly string[]
  /** Whether pages of this machine may call as well. */
  readonly isLocalAllowed: boolean
}

/**
 * Lets pages of the allowed origins call what this scope serves. Without any, browsers keep every foreign page out.
 * Credentials are never allowed: callers show a token, which a browser does not send by itself.
 */
export async function allowOrigins(
  scope: FastifyInstance,
  { allowedOrigins, isLocalAllowed }: CrossOriginOptions,
): Promise<void> {
  const origins = [...allowedOrigins, ...(isLocalAllowed ? [localOrigin] : [])]
  if (origins.length === 0) return
  await scope.register(cors, {
    origin: origins,
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'accept',
      'apollo-require-preflight',
      'authorization',
      'content-type',
      'traceparent',
      'tracestate',
      'x-apollo-operation-name',
    ],
    exposedHeaders: ['hub-cost', 'ratelimit', 'ratelimit-policy', 'retry-after'],
    credentials: false,
    maxAge: 600,
  })
}
