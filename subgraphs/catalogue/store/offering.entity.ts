import { defineEntity, p } from '@mikro-orm/postgresql'
import type {
  DeliveryMode,
  OfferingStateName,
  OpportunityKind,
} from '../domain/catalogue-record.js'
import type { Offering } from '../domain/catalogue-view.js'
import { SearchVectorType } from './search-vector-type.js'

/** A run's row: the run as readers get it, beside the columns by which runs are found and ordered. */
export const OfferingEntity = defineEntity({
  name: 'Offering',
  tableName: 'offering',
  properties: {
    id: p.string().primary(),
    opportunityId: p.string(),
    kind: p.string().$type<OpportunityKind>(),
    startSort: p.string(),
    titleSort: p.string(),
    ectsSort: p.integer(),
    eqfLevel: p.integer().nullable(),
    iscedF: p.array().columnType('text[]'),
    languages: p.array().columnType('text[]'),
    modes: p.array<DeliveryMode>().columnType('text[]'),
    state: p.string().$type<OfferingStateName>(),
    endDay: p.string().nullable(),
    hasWindow: p.boolean(),
    opensAt: p.string().columnType('timestamptz').nullable(),
    closesAt: p.string().columnType('timestamptz').nullable(),
    search: p.type(SearchVectorType).lazy().hidden(),
    record: p.json<Offering>(),
  },
})
