import { defineEntity, p } from '@mikro-orm/core'
import type { Jurisdiction } from '../domain/jurisdiction.js'

/** A jurisdiction's rules as one document; the columns beside it are for finding and comparing only. */
export const JurisdictionEntity = defineEntity({
  name: 'Jurisdiction',
  tableName: 'jurisdiction',
  properties: {
    id: p.text().primary().fieldName('code'),
    digest: p.text(),
    document: p.json<Jurisdiction>(),
  },
})
