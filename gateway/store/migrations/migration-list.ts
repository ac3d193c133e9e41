import type { Migration } from '@mikro-orm/migrations'
import { M0001CreatePurgeLog } from './m0001-create-purge-log.js'
import { M0002CreateAuditTrail } from './m0002-create-audit-trail.js'
import { M0003CreatePurgeMemory } from './m0003-create-purge-memory.js'

/** Every migration in the order it is run. Forward only: a mistake is mended by the next entry. */
export const migrationList: readonly (new (
  ...dependencies: ConstructorParameters<typeof Migration>
) => Migration)[] = [M0001CreatePurgeLog, M0002CreateAuditTrail, M0003CreatePurgeMemory]
