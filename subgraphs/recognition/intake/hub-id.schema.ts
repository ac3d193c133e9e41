import { z } from 'zod'
import { type OpportunityId, parseGlobalId } from '../../../schema/index.js'

/** The last part of an id the alliance itself gives. */
export const keySchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')

/** Hub id of a learning opportunity in some member's catalogue. */
export const opportunityIdSchema = z
  .string()
  .refine(
    (id) => parseGlobalId(id)?.kind === 'opportunity',
    'must be a hub id member:opportunity:localId',
  )
  .transform((id) => id as OpportunityId)
