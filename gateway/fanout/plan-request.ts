import { type GraphQLFormattedError, getArgumentValues, getVariableValues } from 'graphql'
import { HubError, ownerOf, parseGlobalId } from '../../schema/index.js'
import type { SubgraphRequest } from '../engine/subgraph-client.js'
import type { DirectoryEntry } from '../registry/member-directory.js'
import type { CompiledOperation, RootField } from './compile-operation.js'
import { narrowMembers } from './eligible-members.js'
import { type EntityShares, splitRepresentations } from './entity-shares.js'
import type { FanOutContract } from './fan-out-contract.js'
import { toFieldError } from './field-error.js'
import type { ActiveRoot } from './member-document.js'
import { type PageArguments, readPageArguments } from './page-arguments.js'
import { readRepresentations } from './read-representations.js'
import { holds } from './selection-condition.js'

/** A root field with whom it concerns in this request, before it is known who of them can be asked. */
export interface FieldPlan extends ActiveRoot {
  readonly concerned: readonly DirectoryEntry[]
  readonly detail:
    | { readonly kind: 'PAGE'; readonly page: PageArguments }
    | { readonly kind: 'ROUTE'; readonly id: string }
    | { readonly kind: 'ENTITIES'; readonly shares: EntityShares }
    | { readonly kind: 'PLAIN' }
}

export interface RequestPlan {
  readonly fields: readonly FieldPlan[]
  /** Fields that are answered here. */
  readonly local: readonly ActiveRoot[]
  /** Fields that are null already: an id nobody owns, an argument that is wrong. */
  readonly settled: readonly string[]
  readonly errors: readonly GraphQLFormattedError[]
}

/**
 * Decides, for each root field, whom it concerns.
 *
 * @throws HubError `BAD_USER_INPUT` when a variable does not fit its type. What is wrong with one field only is in
 * `errors`, and the other fields go on.
 */
export function planRequest(
  contract: FanOutContract,
  compiled: CompiledOperation,
  request: SubgraphRequest,
  entries: readonly DirectoryEntry[],
): RequestPlan {
  const variables = coerceVariables(contract, compiled, request.variables)
  const fields: FieldPlan[] = []
  const local: ActiveRoot[] = []
  const settled: string[] = []
  const errors: GraphQLFormattedError[] = []
  for (const root of compiled.roots) {
    const active = [...root.occurrences.keys()].filter((index) =>
      holds(root.occurrences[index]?.conditions ?? [], variables),
    )
    if (active.length === 0) continue
    if (root.strategy.kind === 'LOCAL') {
      local.push({ root, active })
      continue
    }
    try {
      const plan = planField({ root, active }, request, variables, entries)
      if (plan === null) settled.push(root.key)
      else if (plan.concerned.length > 0 || plan.detail.kind === 'ENTITIES') fields.push(plan)
      else local.push(plan)
    } catch (error) {
      if (!(error instanceof HubError)) throw error
      settled.push(root.key)
      errors.push(toFieldError(error, root.key))
    }
  }
  return { fields, local, settled, errors }
}

/** The plan of one field, or null when its value is null without asking. */
function planField(
  activeRoot: ActiveRoot,
  request: SubgraphRequest,
  variables: Readonly<Record<string, unknown>>,
  entries: readonly DirectoryEntry[],
): FieldPlan | null {
  const { root } = activeRoot
  const { strategy } = root
  switch (strategy.kind) {
    case 'ENTITIES': {
      const shares = splitRepresentations(readRepresentations(root, request))
      const concerned = entries.filter(({ member }) => shares.byOwner.has(member.slug))
      return { ...activeRoot, concerned, detail: { kind: 'ENTITIES', shares } }
    }
    case 'ROUTE': {
      const id = String(readArguments(root, variables)[strategy.argument])
      if (parseGlobalId(id) === null) {
        throw new HubError('ID_INVALID', { message: `'${id.slice(0, 200)}' is not a hub id` })
      }
      const owner = ownerOf(id)
      const concerned = entries.filter(({ member }) => member.slug === owner)
      return concerned.length === 0
        ? null
        : { ...activeRoot, concerned, detail: { kind: 'ROUTE', id } }
    }
    case 'CONNECTION': {
      const values = readArguments(root, variables)
      const page = readPageArguments(values)
      const concerned = narrowMembers(entries, strategy, values)
      return { ...activeRoot, concerned, detail: { kind: 'PAGE', page } }
    }
    case 'CONCAT':
    case 'SUM':
    case 'FACETS': {
      const concerned = narrowMembers(entries, strategy, readArguments(root, variables))
      return { ...activeRoot, concerned, detail: { kind: 'PLAIN' } }
    }
    case 'LOCAL':
      return null
  }
}

function readArguments(
  { definition, occurrences }: RootField,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const [first] = occurrences
  if (definition === undefined || first === undefined) return {}
  try {
    return getArgumentValues(definition, first.node, variables)
  } catch (cause) {
    throw new HubError('BAD_USER_INPUT', { message: String((cause as Error).message), cause })
  }
}

/** Coerces only what decides whom to ask; members coerce everything that reaches them. */
function coerceVariables(
  contract: FanOutContract,
  { operation, decidingVariables }: CompiledOperation,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (decidingVariables.size === 0) return {}
  const definitions = operation.variableDefinitions?.filter(({ variable }) =>
    decidingVariables.has(variable.name.value),
  )
  const result = getVariableValues(contract.schema, definitions ?? [], given)
  if (result.coerced !== undefined) return result.coerced
  const message = result.errors?.map((error) => error.message).join('; ') ?? ''
  throw new HubError('BAD_USER_INPUT', { message })
}
