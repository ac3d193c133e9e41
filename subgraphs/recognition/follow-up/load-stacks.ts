import type { EntityManager } from '@mikro-orm/postgresql'
import { type CompiledStack, compileStack } from '../domain/evaluate-all-stacks.js'
import { listStackedCredentials } from '../store/stacked-credential.store.js'

/** Every stacked credential as its rule stands in this transaction, prepared for many learners. */
export async function loadStacks(em: EntityManager): Promise<readonly CompiledStack[]> {
  return (await listStackedCredentials(em)).map(({ rule }) => compileStack(rule))
}
