import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql'
import type { ContractRule } from './domain/cache-policy.js'

/** What the contract says about keeping an answer, and which entity types are in it: a purge of any of them hides it. */
export interface AnswerRule extends ContractRule {
  /** Names of types with a key, sorted. */
  readonly types: readonly string[]
}

const authorisationDirectives: ReadonlySet<string> = new Set([
  'authenticated',
  'requiresScopes',
  'policy',
])

/** A contract that does not import a directive of federation calls it by its full name. */
function isAuthorisation(name: string): boolean {
  return authorisationDirectives.has(name.replace(/^federation__/, ''))
}

interface OpenRule {
  maxAgeSeconds: number
  isPrivate: boolean
  readonly types: Set<string>
}

/**
 * Reads from a document what its answer may be kept for: the strictest of its parts. `@cacheControl` on a field counts,
 * else that on its type; a root field without any is not kept, any other goes along with its parent. Private is what
 * says so and what is behind an authorisation directive. From the contract, never from an answer.
 *
 * @param document - One query, valid under the schema, with the fragments it uses.
 */
export function readAnswerRule(schema: GraphQLSchema, document: DocumentNode): AnswerRule {
  const rule: OpenRule = {
    maxAgeSeconds: Number.POSITIVE_INFINITY,
    isPrivate: false,
    types: new Set(),
  }
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition] as const]
        : [],
    ),
  )
  const visited = new Set<string>()

  function visitSet({ selections }: SelectionSetNode, parent: GraphQLNamedType): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        visitField(selection.name.value, selection.selectionSet, parent)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const name = selection.typeCondition?.name.value
        const type = name === undefined ? parent : schema.getType(name)
        noteType(type)
        if (type !== undefined) visitSet(selection.selectionSet, type)
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value)
        const fragment = fragments.get(selection.name.value)
        const type = schema.getType(fragment?.typeCondition.name.value ?? '')
        noteType(type)
        if (fragment !== undefined && type !== undefined) visitSet(fragment.selectionSet, type)
      }
    }
  }

  function visitField(
    name: string,
    selectionSet: SelectionSetNode | undefined,
    parent: GraphQLNamedType,
  ): void {
    if (name === '__typename' || !('getFields' in parent)) return
    // Its answer is what its fragments ask of each type; contracts do not list the field itself.
    if (name === '_entities') {
      if (selectionSet !== undefined) visitSet(selectionSet, parent)
      return
    }
    const field = parent.getFields()[name]
    if (field === undefined) return
    const type = getNamedType(field.type)
    const isRoot = parent === schema.getQueryType()
    // Whatever object answers for an interface may have rules of its own.
    const others = isInterfaceType(parent) ? schema.getPossibleTypes(parent) : []
    const hints = [field, ...others.flatMap((other) => other.getFields()[name] ?? [])]
    for (const { astNode } of hints) applyHints(astNode?.directives ?? [], type, isRoot)
    noteType(type)
    if (selectionSet !== undefined) visitSet(selectionSet, type)
  }

  function applyHints(
    directives: readonly ConstDirectiveNode[],
    type: GraphQLNamedType,
    isRoot: boolean,
  ): void {
    const typeDirectives = directivesOf(type)
    for (const { name } of [...directives, ...typeDirectives]) {
      if (isAuthorisation(name.value)) rule.isPrivate = true
    }
    const own = readHint(directives)
    const ofType = readHint(typeDirectives)
    if (own.isPrivate || ofType.isPrivate) rule.isPrivate = true
    const maxAge = own.maxAge ?? ofType.maxAge
    if (maxAge === undefined && isRoot) rule.maxAgeSeconds = 0
    if (maxAge !== undefined) rule.maxAgeSeconds = Math.min(rule.maxAgeSeconds, maxAge)
  }

  function noteType(type: GraphQLNamedType | undefined): void {
    if (isAbstractType(type)) for (const each of schema.getPossibleTypes(type)) noteType(each)
    if (!isObjectType(type)) return
    const directives = directivesOf(type)
    const { maxAge, isPrivate } = readHint(directives)
    if (isPrivate) rule.isPrivate = true
    for (const { name } of directives) {
      if (isAuthorisation(name.value)) rule.isPrivate = true
    }
    if (!directives.some(({ name }) => name.value === 'key')) return
    rule.types.add(type.name)
    if (maxAge !== undefined) rule.maxAgeSeconds = Math.min(rule.maxAgeSeconds, maxAge)
  }

  const query = schema.getQueryType()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION || !query) continue
    if (definition.operation === OperationTypeNode.QUERY) visitSet(definition.selectionSet, query)
  }
  const { maxAgeSeconds, isPrivate, types } = rule
  return {
    // Nothing at all said anything: then nothing is promised.
    maxAgeSeconds: Number.isFinite(maxAgeSeconds) ? maxAgeSeconds : 0,
    isPrivate,
    types: [...types].sort(),
  }
}

function readHint(directives: readonly ConstDirectiveNode[]): {
  readonly maxAge: number | undefined
  readonly isPrivate: boolean
} {
  const hint = directives.find(({ name }) => name.value === 'cacheControl')
  const argument = (name: string) =>
    hint?.arguments?.find((each) => each.name.value === name)?.value
  const maxAge = argument('maxAge')
  const scope = argument('scope')
  return {
    maxAge: maxAge?.kind === Kind.INT ? Number(maxAge.value) : undefined,
    isPrivate: scope?.kind === Kind.ENUM && scope.value === 'PRIVATE',
  }
}

function directivesOf(type: GraphQLNamedType): readonly ConstDirectiveNode[] {
  return [type.astNode, ...type.extensionASTNodes].flatMap((node) => node?.directives ?? [])
}
