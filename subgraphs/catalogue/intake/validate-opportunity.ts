import type { z } from 'zod'
import type { OpportunityRecord } from '../domain/catalogue-record.js'
import type { Fault, FaultCode } from '../domain/fault.js'
import { preview } from './field-checks.js'
import { asObject, own } from './loose-json.js'
import { opportunitySchema } from './opportunity-schema.js'
import { type BrokenRule, findBrokenRules } from './record-rules.js'

/** A record that may enter the catalogue, or everything that is wrong with it. */
export type Validated =
  | { readonly ok: true; readonly record: OpportunityRecord }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/**
 * The draft as a complete record with its texts trimmed, its languages canonical and its decimals exact; or every fault
 * it has. Fields that are left out become empty; `localId`, `kind` and `title` must be there.
 */
export function validateOpportunity(
  draft: unknown,
  position: { readonly index: number },
): Validated {
  const parsed = opportunitySchema.safeParse(draft, { reportInput: true })
  const rules = findBrokenRules(draft)
  if (parsed.success && rules.length === 0) return { ok: true, record: parsed.data }
  const localId = own(asObject(draft), 'localId')
  const issues = parsed.success ? [] : parsed.error.issues.flatMap(toBrokenRules)
  const faults = [...issues, ...rules].map((rule) => ({
    index: position.index,
    localId: typeof localId === 'string' ? localId.slice(0, 200) : null,
    ...rule,
  }))
  return { ok: false, faults }
}

type Issue = z.core.$ZodIssue

function toBrokenRules(issue: Issue): readonly BrokenRule[] {
  const path = printPath(issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: printPath([...issue.path, key]),
      code: 'UNKNOWN_FIELD',
      message: `there is no field ${preview(key)}; expected one of the record's own fields`,
    }))
  }
  return [{ path, ...describe(issue) }]
}

function describe(issue: Issue): { readonly code: FaultCode; readonly message: string } {
  const value = preview(issue.input)
  if (issue.code === 'custom' && issue.params?.fault !== undefined) {
    return { code: issue.params.fault as FaultCode, message: issue.message }
  }
  // Adapters write null for an id they did not find; for lists and texts by language it is a wrong form instead.
  const isMissing = issue.input === undefined || (issue.input === null && isPlainText(issue))
  if (isMissing) {
    return { code: 'REQUIRED', message: `the value is missing; expected ${expected(issue)}` }
  }
  if (issue.code === 'invalid_value') {
    return { code: 'UNKNOWN_VALUE', message: `${value} is not one of ${issue.values.join(', ')}` }
  }
  if (issue.code === 'too_big') {
    const length = Array.isArray(issue.input) ? issue.input.length : value
    return { code: 'TOO_LONG', message: `${length} items; at most ${issue.maximum} are accepted` }
  }
  return { code: 'FORMAT', message: `${value} was given; expected ${expected(issue)}` }
}

function expected(issue: Issue): string {
  if (issue.code === 'invalid_value') return `one of ${issue.values.join(', ')}`
  if (issue.code === 'invalid_union') return 'a decimal'
  if (issue.code === 'custom') return 'text by language, such as { "en": "…" }'
  if (issue.code !== 'invalid_type') return 'another value'
  if (issue.expected === 'array') return 'a list (leave it out when there is nothing)'
  return issue.expected === 'string' ? 'text' : `${article(issue.expected)} ${issue.expected}`
}

function isPlainText(issue: Issue): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'string'
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a'
}

function printPath(path: readonly PropertyKey[]): string {
  let printed = ''
  for (const step of path) {
    if (typeof step === 'number') printed += `[${step}]`
    else printed += printed === '' ? String(step) : `.${String(step)}`
  }
  return printed.slice(0, 300)
}
