import { hasRole } from '../../../schema/index.js'
import type { LocalisedText } from '../domain/localised-text.js'
import type { StackedCredential } from '../domain/stacked-credential.js'
import { parseStackingRule } from '../intake/parse-stacking-rule.js'
import { openRuleEvaluation } from '../store/rule-evaluation.store.js'
import {
  insertStackedCredentialVersion,
  lockStackedCredential,
} from '../store/stacked-credential.store.js'
import { checkText } from './check-input.js'
import { type CommandResult, done, FaultList, refused } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface PublishRuleInput {
  /** The rule in the rule language. Its version is one more than the one that holds, 1 for a new credential. */
  readonly rule: unknown
  /** In English; default what is published already. */
  readonly description?: string | null
  /** Slug of the member that awards the whole; null: the alliance. */
  readonly awardingMember?: string | null
}

/**
 * Publishes a rule, or another version of it. Every learner with awards is looked at again, by and by.
 * For registrars of the member that awards the whole, and operators for what the alliance awards.
 */
export async function publishRule(
  unit: UnitOfWork,
  input: PublishRuleInput,
  { synthetic = false }: { readonly synthetic?: boolean } = {},
): Promise<CommandResult<StackedCredential>> {
  const faults = new FaultList()
  const parsed = parseStackingRule(input.rule)
  if (!parsed.ok) {
    // Who publishes nothing anywhere learns nothing of what is wrong.
    if (!hasRole(unit.actor.principal, 'registrar') && !mayPublish(unit, null)) {
      return refused('NOT_PERMITTED', 'rule', 'only registrars and operators publish rules')
    }
    for (const { path, message } of parsed.faults) {
      faults.add('RULE_INVALID', path === '(top)' ? 'rule' : `rule.${path}`, message)
    }
    return faults.toResult()
  }
  const { rule } = parsed
  const awardingMember = input.awardingMember ?? null
  if (!mayPublish(unit, awardingMember)) {
    faults.add('NOT_PERMITTED', 'awardingMember', 'only who awards the whole publishes it')
  }
  const before = await lockStackedCredential(unit.em, rule.id)
  const expectedVersion = (before?.rule.version ?? 0) + 1
  if (rule.version !== expectedVersion) {
    const message = `the next version is ${expectedVersion}, not ${rule.version}`
    faults.add('VERSION_CONFLICT', 'rule.version', message)
  }
  if (before && before.awardingMember !== awardingMember) {
    faults.add('VALUE_INVALID', 'awardingMember', 'cannot change')
  }
  if (!before || input.description != null) {
    checkText(faults, 'description', input.description ?? '')
  }
  if (!faults.isEmpty) return faults.toResult()
  const credential: StackedCredential = {
    id: rule.id,
    rule,
    descriptions:
      input.description == null
        ? (before?.descriptions as LocalisedText)
        : { ...before?.descriptions, en: input.description },
    awardingMember,
    synthetic: before?.synthetic ?? synthetic,
  }
  await insertStackedCredentialVersion(unit.em, credential, unit.now)
  await openRuleEvaluation(unit.em, rule.id, rule.version, unit.now)
  unit.audit({
    entityId: rule.id,
    action: 'rule.published',
    fromState: before ? `version ${before.rule.version}` : null,
    toState: `version ${rule.version}`,
    reason: rule.source,
    role: awardingMember === null ? 'operator' : 'registrar',
    member: awardingMember,
  })
  return done(credential)
}

function mayPublish({ actor }: UnitOfWork, awardingMember: string | null): boolean {
  return awardingMember === null
    ? hasRole(actor.principal, 'operator')
    : hasRole(actor.principal, 'registrar', awardingMember)
}
