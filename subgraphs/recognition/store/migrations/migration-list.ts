import type { Migration } from '@mikro-orm/migrations'
import { M0001CreateReferenceTables } from './m0001-create-reference-tables.js'

/**
 * Every migration in the order it is run. A list, not a folder scan: it holds compiled, bundled and under test alike.
 * Forward only: a mistake is mended by the next entry.
 */
export const migrationList: readonly (new (
  ...dependencies: ConstructorParameters<typeof Migration>
) => Migration)[] = [M0001CreateReferenceTables]
