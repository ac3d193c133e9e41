import { type BreakdownRequest } from '../publication/check-request.js'
import { type PublicationContext, publishBreakdown } from '../publication/publish-breakdown.js'
import { publishQuartiles } from '../publication/publish-quartiles.js'
import { followCohorts } from '../publication/publish-survival.js'
import { type ExportTable, exportedQuartiles, toExportTable } from './table-columns.js'

/** Publishes everything an export has of one breakdown. @throws HubError as `publishBreakdown` does. */
export async function readExport(
  context: PublicationContext,
  request: BreakdownRequest,
): Promise<ExportTable> {
  const breakdown = await publishBreakdown(context, request)
  const [, measure, population] = exportedQuartiles[request.family] ?? []
  const quartiles =
    measure && population ? await publishQuartiles(context, breakdown, measure, population) : []
  const curves = request.family === 'journey' ? await followCohorts(context, breakdown) : []
  return toExportTable(breakdown, { quartiles, curves }, context.publication.policy.name)
}
