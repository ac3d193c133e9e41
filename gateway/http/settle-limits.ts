import type { FastifyReply } from 'fastify'
import { toLimitHeaders } from '../limits/limit-headers.js'
import { type RequestLimits, refusedPoints } from '../limits/request-limits.js'
import { sendHttpError } from './http-error.js'
import type { OpenRequest } from './requests-in-flight.js'

/** The end of a request as far as its client's points are concerned; the same for every route that takes some. */
export interface LimitSettlement {
  /** What was refused before it had a cost has been work, too: it is not free to be wrong without end. */
  chargeUncounted(hub: OpenRequest): Promise<void>
  /** Tells the client what the request cost and what is left. */
  addHeaders(reply: FastifyReply, hub: OpenRequest): void
  /** Answers with the error, or with `RATE_LIMITED` when the client has nothing left to be wrong with. */
  fail(error: unknown, reply: FastifyReply, hub: OpenRequest): Promise<void>
}

export function createLimitSettlement(limits: RequestLimits): LimitSettlement {
  async function chargeUncounted(hub: OpenRequest): Promise<void> {
    if (limits.reportOf(hub) === undefined) await limits.charge(hub, refusedPoints)
  }

  function addHeaders(reply: FastifyReply, hub: OpenRequest): void {
    const report = limits.reportOf(hub)
    if (report === undefined) return
    for (const [name, value] of toLimitHeaders(report)) reply.header(name, value)
  }

  return {
    chargeUncounted,
    addHeaders,
    async fail(error, reply, hub) {
      const refusal = await chargeUncounted(hub).then(
        () => error,
        (spent: unknown) => spent,
      )
      addHeaders(reply, hub)
      sendHttpError(refusal, reply)
    },
  }
}
