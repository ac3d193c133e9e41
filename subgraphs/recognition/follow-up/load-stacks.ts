import type { EntityManager } from '@mikro-orm/postgresql'
import type { CompiledStack } from '../domain/evaluate-all-stacks.js'
import { compileRule } from '../domain/stacking/compile-rule.js'
import { listStackedCredentials } from '../store/stacked-credential.store.js'

/** Every stacked credential as its rule stands in this transaction, prepared for many learners. */
export async function loadStacks(em: EntityManager): Promise<readonly CompiledStack[]> {
  const definitions = await listStackedCredentials(em)
  return definitions.map((definition) => ({ definition, compiled: compileRule(definition.rule) }))
}
