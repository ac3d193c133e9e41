import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HubError, type Principal } from '../../../schema/index.js'
import { drawFunnel } from './chart/draw-funnel.js'
import { drawMobility } from './chart/draw-mobility.js'
import { drawSurvival } from './chart/draw-survival.js'
import { type Dimension, dimensionOrder } from './domain/dimension.js'
import { type Family, familyNames } from './domain/statistics-family.js'
import { buildDataDictionary } from './export/data-dictionary.js'
import { readExport } from './export/read-export.js'
import { writeCsv } from './export/write-csv.js'
import { writeParquet } from './export/write-parquet.js'
import { type BreakdownRequest, readPeriod } from './publication/check-request.js'
import { type PublicationContext, publishBreakdown } from './publication/publish-breakdown.js'
import { publishMobility } from './publication/publish-mobility.js'
import { publishSurvival } from './publication/publish-survival.js'
import type { StatisticsService } from './statistics-service.js'

export interface StatisticsRoutesDeps {
  readonly service: StatisticsService
  /** Who asks, as the gateway found out. */
  readonly readPrincipal: (request: FastifyRequest) => Principal
}

type Query = Readonly<Record<string, string | undefined>>
type Answer = (context: PublicationContext, query: Query, reply: FastifyReply) => Promise<unknown>

/**
 * Exports and charts at stable URLs, by the same publication as GraphQL:
 * `/statistics/exports/:family.csv|.parquet?period=&by=`, `/statistics/dictionary.json`,
 * `/statistics/charts/funnel.svg?period=&pathway=`, `…/mobility.svg?period=`, `…/survival.svg?period=&by=`.
 */
export function addStatisticsRoutes(app: FastifyInstance, deps: StatisticsRoutesDeps): void {
  const get = (path: string, answer: Answer): void => {
    app.get(path, async (request, reply) => {
      try {
        const context = await deps.service.open(deps.readPrincipal(request))
        const isOpen = context.publication.name === 'open'
        void reply.header('cache-control', isOpen ? 'public, max-age=300' : 'private, no-store')
        void reply.header('vary', 'authorization')
        return await answer(context, request.query as Query, reply)
      } catch (error) {
        if (!(error instanceof HubError)) throw error
        void reply.header('cache-control', 'no-store')
        return reply
          .code(error.httpStatus)
          .send({ error: { code: error.code, message: error.message } })
      }
    })
  }
  for (const family of familyNames) {
    get(`/statistics/exports/${family}.csv`, async (context, query, reply) => {
      const table = await readExport(context, toExportRequest(family, query))
      return reply.type('text/csv; charset=utf-8').send(writeCsv(table))
    })
    get(`/statistics/exports/${family}.parquet`, async (context, query, reply) => {
      const table = await readExport(context, toExportRequest(family, query))
      const dictionary = buildDataDictionary(context.publication.policy)
      return reply.type('application/vnd.apache.parquet').send(writeParquet(table, dictionary))
    })
  }
  get('/statistics/dictionary.json', async ({ publication }, _query, reply) =>
    reply.type('application/json').send(buildDataDictionary(publication.policy)),
  )
  get('/statistics/charts/funnel.svg', async (context, query, reply) => {
    const pathway = query.pathway ?? ''
    const breakdown = await publishBreakdown(context, {
      family: 'step',
      groupBy: ['pathway', 'step'],
      filter: { pathway: [pathway] },
      period: readPeriod(query.period ?? ''),
    })
    return sendSvg(reply, drawFunnel(context, breakdown, pathway))
  })
  get('/statistics/charts/mobility.svg', async (context, query, reply) => {
    const period = readPeriod(query.period ?? '')
    const matrix = await publishMobility(context, period, 'LEARNERS')
    return sendSvg(reply, drawMobility(context, matrix, period))
  })
  get('/statistics/charts/survival.svg', async (context, query, reply) => {
    const period = readPeriod(query.period ?? '')
    const groupBy = readDimensions(query.by)
    const curves = await publishSurvival(context, { groupBy, filter: {}, period })
    return sendSvg(reply, drawSurvival(context, curves, period))
  })
}

function toExportRequest(family: Family, query: Query): BreakdownRequest {
  return {
    family,
    groupBy: readDimensions(query.by),
    filter: {},
    period: readPeriod(query.period ?? ''),
  }
}

function readDimensions(text: string | undefined): readonly Dimension[] {
  const names = (text ?? '').split(',').filter((name) => name !== '')
  const unknown = names.filter((name) => !(dimensionOrder as readonly string[]).includes(name))
  if (unknown.length === 0) return names as Dimension[]
  throw new HubError('BAD_USER_INPUT', {
    message: `by names dimensions among ${dimensionOrder.join(', ')}`,
  })
}

function sendSvg(reply: FastifyReply, svg: string): FastifyReply {
  return reply.type('image/svg+xml; charset=utf-8').send(svg)
}
