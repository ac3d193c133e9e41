import { explainRule } from '../domain/stacking/explain-rule.js'
import type { StackingRule } from '../domain/stacking/stacking-rule.js'
import type { StackingRuleType } from './stacked-credential.type.js'

/** A rule as the API shows it. */
export function toStackingRuleType(rule: StackingRule): StackingRuleType {
  const { version, inForceFrom, inForceUntil, source, illustrative } = rule
  return {
    version,
    json: JSON.stringify(rule),
    text: explainRule(rule),
    inForceFrom,
    inForceUntil,
    source,
    illustrative,
  }
}
