import type { MemberOutcome } from '../../schema/index.js'
import type { SubgraphRequest } from '../engine/subgraph-client.js'
import type { DirectoryEntry } from '../registry/member-directory.js'
import type { CompiledOperation } from './compile-operation.js'
import type { FanOutContract } from './fan-out-contract.js'
import {
  type MemberDocument,
  type MemberDocumentFinder,
  representationsVariable,
} from './member-document.js'
import { toLeftOut, toUnknownFields } from './member-report.js'
import type { FieldPlan } from './plan-request.js'
import { findUnknownInput } from './unknown-input.js'

/** One request to one member: everything of this operation that concerns it. */
export interface MemberCall {
  readonly entry: DirectoryEntry
  readonly fields: readonly FieldPlan[]
  readonly document: MemberDocument
  readonly request: SubgraphRequest
  /** Root fields and parts the member lacks, not asked of it. */
  readonly pruned: readonly string[]
  /** Set for a member that cannot be asked now: only what is kept of it can answer. */
  readonly leftOut?: MemberOutcome
}

export interface CallPlan {
  readonly calls: readonly MemberCall[]
  /** Members that are concerned but cannot be asked. */
  readonly notAsked: readonly MemberOutcome[]
}

export interface CallPlanning {
  readonly contract: FanOutContract
  readonly findDocument: MemberDocumentFinder
}

export interface PlanOptions {
  /** Whether members that do not answer are planned for, too. */
  readonly withUnreachable: boolean
}

/** Turns whom each field concerns into one call per member, in register order. */
export function planCalls(
  { contract, findDocument }: CallPlanning,
  compiled: CompiledOperation,
  fields: readonly FieldPlan[],
  request: SubgraphRequest,
  { withUnreachable }: PlanOptions,
): CallPlan {
  const byMember = new Map<DirectoryEntry, FieldPlan[]>()
  for (const field of fields) {
    for (const entry of field.concerned) {
      const known = byMember.get(entry)
      if (known === undefined) byMember.set(entry, [field])
      else known.push(field)
    }
  }
  const calls: MemberCall[] = []
  const notAsked: MemberOutcome[] = []
  const shared = new Map<MemberDocument, SubgraphRequest>()
  let last: AskedPart | undefined
  for (const [entry, concerning] of byMember) {
    const { member, verdict } = entry
    const isAskable = verdict.state === 'serving' || verdict.state === 'lagging'
    if (!isAskable && !(withUnreachable && verdict.state === 'unreachable')) {
      notAsked.push(toLeftOut(entry))
      continue
    }
    const { missing } = verdict
    const known: FieldPlan[] = []
    const unknownRoots: string[] = []
    for (const field of concerning) {
      const lacking = missing.size === 0 ? [] : findLacking(field, missing, member.slug)
      if (lacking.length === 0) known.push(field)
      else unknownRoots.push(...lacking)
    }
    if (known.length === 0) {
      notAsked.push(toUnknownFields(member.slug, unknownRoots))
      continue
    }
    const document = isAskedLike(last, known, missing)
      ? last.document
      : findDocument(compiled, known, missing)
    last = { known, missing, document }
    const refused =
      missing.size === 0
        ? []
        : [
            ...document.unanswerable,
            ...findUnknownInput(contract.schema, document, request.variables, missing),
          ]
    if (refused.length > 0) {
      notAsked.push(toUnknownFields(member.slug, refused))
      continue
    }
    const asked = shared.get(document) ?? toRequest(compiled, known, document, request, member.slug)
    // Only representations differ between members: all others get one and the same request, which is then printed once.
    if (!known.some(({ detail }) => detail.kind === 'ENTITIES')) shared.set(document, asked)
    calls.push({
      entry,
      fields: known,
      document,
      request: asked,
      pruned: [...unknownRoots, ...document.pruned],
      ...(!isAskable && { leftOut: toLeftOut(entry) }),
    })
  }
  return { calls, notAsked }
}

/** What a member is asked, and with which document. */
interface AskedPart {
  readonly known: readonly FieldPlan[]
  readonly missing: ReadonlySet<string>
  readonly document: MemberDocument
}

/** Whether the member before was asked the same: mostly all are. */
function isAskedLike(
  last: AskedPart | undefined,
  known: readonly FieldPlan[],
  missing: ReadonlySet<string>,
): last is AskedPart {
  if (last === undefined || missing.size > 0 || last.missing.size > 0) return false
  return (
    last.known.length === known.length && known.every((field, index) => field === last.known[index])
  )
}

/** The request for some of a call's fields, which may also be narrower than they are there. */
export function narrowRequest(
  { findDocument }: CallPlanning,
  compiled: CompiledOperation,
  { entry, request }: MemberCall,
  fields: readonly FieldPlan[],
): SubgraphRequest {
  const document = findDocument(compiled, fields, entry.verdict.missing)
  return toRequest(compiled, fields, document, request, entry.member.slug)
}

/** Why a member cannot be asked a root field at all: it lacks the field, an argument given to it, or the entities' type. */
function findLacking(
  { root, active, detail }: FieldPlan,
  missing: ReadonlySet<string>,
  slug: string,
): readonly string[] {
  const field = `Query.${root.name}`
  if (detail.kind === 'ENTITIES') {
    const types = new Set(detail.shares.byOwner.get(slug)?.types)
    return [...types].filter((type) => missing.has(type))
  }
  const used = active.flatMap((occurrence) => root.occurrences[occurrence]?.node.arguments ?? [])
  const names = [field, ...used.map(({ name }) => `${field}(${name.value}:)`)]
  return names.filter((name) => missing.has(name))
}

function toRequest(
  compiled: CompiledOperation,
  fields: readonly FieldPlan[],
  document: MemberDocument,
  { variables }: SubgraphRequest,
  slug: string,
): SubgraphRequest {
  const own: Record<string, unknown> = {}
  for (const name of document.variables) {
    if (Object.hasOwn(variables, name)) own[name] = variables[name]
  }
  const representations: Record<string, readonly string[]> = {}
  for (const { root, detail } of fields) {
    if (detail.kind !== 'ENTITIES') continue
    const printed = detail.shares.byOwner.get(slug)?.printed ?? []
    representations[representationsVariable(compiled, root)] = printed
  }
  return {
    query: document.query,
    operationName: undefined,
    operationType: 'query',
    variables: own,
    representations,
  }
}
