import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * Gives the pages of this scope the headers that keep a browser from doing what they do not need: no foreign or inline scripts,
 * no frames, no guessing of types. For pages only; answers to programs carry two of them, set where they are sent.
 */
export async function addPageHeaders(
  scope: FastifyInstance,
  { isProduction }: { readonly isProduction: boolean },
): Promise<void> {
  await scope.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        // GraphiQL's editor sets inline styles and data: fonts; scripts come from this server alone.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Badges and status lists are there to be used by pages and verifiers elsewhere.
    crossOriginResourcePolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // On a machine of a developer it would forbid plain HTTP for every other program on that host.
    strictTransportSecurity: isProduction && { maxAge: 31_536_000, includeSubDomains: true },
  })
}
