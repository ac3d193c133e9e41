import { z } from 'zod'
import { findRuleFaults, type RuleFault } from '../domain/stacking/find-rule-faults.js'
import type { StackingRule } from '../domain/stacking/stacking-rule.js'
import {
  limitSchema,
  prerequisiteSchema,
  requirementSchema,
  stackingRuleSchema,
} from './stacking-rule.schema.js'

export type ParsedStackingRule =
  | { readonly ok: true; readonly rule: StackingRule }
  | { readonly ok: false; readonly faults: readonly RuleFault[] }

/** Reads a rule document. Refused with every fault at once: of its shape, and between those parts whose shape is right. */
export function parseStackingRule(json: unknown): ParsedStackingRule {
  const result = stackingRuleSchema.safeParse(json)
  const faults: RuleFault[] = (result.error?.issues ?? []).map(({ path, message }) => ({
    path: path.join('.') || '(top)',
    message,
  }))
  faults.push(...findRuleFaults(readParts(json)))
  if (faults.length > 0 || !result.success) return { ok: false, faults }
  // The patterns of the ids are those of the brands.
  return { ok: true, rule: result.data as unknown as StackingRule }
}

/** The parts whose own shape is right, each at its place; the others left empty. */
function readParts(json: unknown): Parameters<typeof findRuleFaults>[0] {
  const loose = looseSchema.safeParse(json).data ?? {}
  const each = (list: readonly unknown[] | undefined, schema: z.ZodType) =>
    (list ?? []).map((part) => schema.safeParse(part).data ?? null)
  return {
    inForceFrom: loose.inForceFrom ?? null,
    inForceUntil: loose.inForceUntil ?? null,
    source: loose.source ?? null,
    illustrative: loose.illustrative ?? null,
    prerequisites: each(loose.prerequisites, prerequisiteSchema),
    limits: each(loose.limits, limitSchema),
    requirements: each(loose.requirements, requirementSchema),
  } as Parameters<typeof findRuleFaults>[0]
}

const looseSchema = z.object({
  inForceFrom: z.iso.date().optional().catch(undefined),
  inForceUntil: z.iso.date().nullish().catch(undefined),
  source: z.string().nullish().catch(undefined),
  illustrative: z.boolean().optional().catch(undefined),
  prerequisites: z.array(z.unknown()).optional().catch(undefined),
  limits: z.array(z.unknown()).optional().catch(undefined),
  requirements: z.array(z.unknown()).optional().catch(undefined),
})
