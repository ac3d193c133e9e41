import { defineEntity, p } from '@mikro-orm/postgresql'
import type { DeliveryMode, OpportunityKind } from '../domain/catalogue-record.js'
import type { Opportunity } from '../domain/catalogue-view.js'
import { SearchVectorType } from './search-vector-type.js'

/** An opportunity's row: the record as readers get it, beside the columns by which it is found, ordered and synced. */
export const OpportunityEntity = defineEntity({
  name: 'Opportunity',
  tableName: 'opportunity',
  properties: {
    id: p.string().primary(),
    localId: p.string(),
    digest: p.string(),
    kind: p.string().$type<OpportunityKind>(),
    startSort: p.string(),
    titleSort: p.string(),
    ectsSort: p.integer(),
    eqfLevel: p.integer().nullable(),
    iscedF: p.array().columnType('text[]'),
    languages: p.array().columnType('text[]'),
    modes: p.array<DeliveryMode>().columnType('text[]'),
    partOf: p.array().columnType('text[]'),
    search: p.type(SearchVectorType).lazy().hidden(),
    record: p.json<Opportunity>(),
  },
})
