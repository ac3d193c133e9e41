import { defineEntity, p } from '@mikro-orm/core'
import type { MicroCredential } from '../domain/micro-credential.js'

/** A micro-credential definition as one document, with the columns it is found, filtered and ordered by. */
export const MicroCredentialEntity = defineEntity({
  name: 'MicroCredential',
  tableName: 'micro_credential',
  properties: {
    id: p.text().primary(),
    digest: p.text(),
    sortTitle: p.text(),
    /** Folded titles, descriptions and outcomes in every language. */
    searchText: p.text(),
    opportunityId: p.text(),
    awardingMember: p.text(),
    jurisdictionCode: p.text(),
    eqfLevel: p.integer().nullable(),
    /** Exact: `numeric`, read as a string. */
    ects: p.decimal('string').columnType('numeric'),
    document: p.json<MicroCredential>(),
  },
})
