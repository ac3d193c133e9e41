import { defineEntity, p } from '@mikro-orm/core'
import type { StackedCredential } from '../domain/stacked-credential.js'

/** A stacked credential as its rule stands now; earlier versions are in a table of their own. */
export const StackedCredentialEntity = defineEntity({
  name: 'StackedCredential',
  tableName: 'stacked_credential',
  properties: {
    id: p.text().primary(),
    sortTitle: p.text(),
    searchText: p.text(),
    awardingMember: p.text().nullable(),
    ruleVersion: p.integer(),
    document: p.json<StackedCredential>(),
  },
})
