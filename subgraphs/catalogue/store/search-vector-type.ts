import { Type } from '@mikro-orm/postgresql'
import type { SearchPart } from './search-document.js'

/** A tsvector column that is given its texts and computes the vector in the database. It is never read back. */
export class SearchVectorType extends Type<readonly SearchPart[], string> {
  override convertToDatabaseValue(parts: readonly SearchPart[]): string {
    return JSON.stringify(parts)
  }

  override convertToDatabaseValueSQL(key: string): string {
    return `build_search_vector(${key}::jsonb)`
  }

  override getColumnType(): string {
    return 'tsvector'
  }
}
