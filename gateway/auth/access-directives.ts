import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type SchemaDefinitionNode,
  type ValueNode,
} from 'graphql'
import { HubError } from '../../schema/index.js'
import type { AccessCondition } from './access-conditions.js'

/** Reads the access conditions among the directives of a definition. */
export type ConditionReader = (
  directives: readonly ConstDirectiveNode[] | undefined,
) => readonly AccessCondition[]

const features = ['authenticated', 'requiresScopes', 'policy'] as const
type Feature = (typeof features)[number]

/** Features for security that need nothing of the executor: their rules are in the API schema already. */
const harmless: ReadonlySet<string> = new Set(['inaccessible'])
const featureUrl = /^https:\/\/specs\.apollo\.dev\/(\w+)\/v\d+\.\d+$/

/**
 * Finds out what a supergraph calls `@authenticated`, `@requiresScopes` and `@policy`: imports may rename them.
 *
 * @throws HubError `SUPERGRAPH_INVALID` for a feature marked `for: SECURITY` that is not known here. To serve such a graph
 * would mean not to enforce what its author relies on (link specification, "for").
 */
export function createConditionReader(supergraph: DocumentNode): ConditionReader {
  const names = new Map<string, Feature>(features.map((feature) => [feature, feature]))
  for (const link of listLinks(supergraph)) {
    const url = readText(link.arguments, 'url') ?? ''
    const name = featureUrl.exec(url)?.[1] ?? ''
    const feature = features.find((known) => known === name)
    if (feature === undefined) {
      if (readText(link.arguments, 'for') !== 'SECURITY' || harmless.has(name)) continue
      const message = `the supergraph needs the security feature '${url}', which is not known here`
      throw new HubError('SUPERGRAPH_INVALID', { message })
    }
    for (const alias of listAliases(link, feature)) names.set(alias, feature)
  }
  return (directives = []) =>
    directives.flatMap((directive) => {
      const feature = names.get(directive.name.value)
      return feature === undefined ? [] : [toCondition(feature, directive)]
    })
}

function toCondition(feature: Feature, { arguments: args }: ConstDirectiveNode): AccessCondition {
  switch (feature) {
    case 'authenticated':
      return { kind: 'authenticated' }
    case 'requiresScopes':
      return { kind: 'scopes', anyOf: readNames(args, 'scopes') }
    case 'policy':
      return { kind: 'policies', anyOf: readNames(args, 'policies') }
  }
}

function listLinks(supergraph: DocumentNode): readonly ConstDirectiveNode[] {
  return supergraph.definitions
    .filter(
      (definition): definition is SchemaDefinitionNode =>
        definition.kind === Kind.SCHEMA_DEFINITION ||
        // An extension has the same parts as far as directives go.
        (definition.kind as string) === Kind.SCHEMA_EXTENSION,
    )
    .flatMap(({ directives = [] }) => directives)
    .filter(({ name }) => name.value === 'link')
}

/** The names a link gives to its feature's directive: of the feature itself (`as`), and of the import. */
function listAliases(link: ConstDirectiveNode, feature: Feature): readonly string[] {
  const aliases: string[] = []
  const as = readText(link.arguments, 'as')
  if (as !== undefined) aliases.push(as, `${as}__${feature}`)
  const imports = link.arguments?.find(({ name }) => name.value === 'import')?.value
  for (const item of imports?.kind === Kind.LIST ? imports.values : []) {
    if (item.kind !== Kind.OBJECT) continue
    const fields = new Map(item.fields.map(({ name, value }) => [name.value, toText(value)]))
    const renamed = fields.get('as')
    if (fields.get('name') === `@${feature}` && renamed !== undefined) {
      aliases.push(renamed.replace(/^@/, ''))
    }
  }
  return aliases
}

function readText(args: readonly ArgumentNode[] | undefined, name: string): string | undefined {
  const argument = args?.find((candidate) => candidate.name.value === name)
  return argument && toText(argument.value)
}

function toText(value: ValueNode): string | undefined {
  return value.kind === Kind.STRING || value.kind === Kind.ENUM ? value.value : undefined
}

/** A list of lists of names. What is none of that is dropped, which leaves less that could be met. */
function readNames(
  args: readonly ArgumentNode[] | undefined,
  name: string,
): readonly (readonly string[])[] {
  const value = args?.find((candidate) => candidate.name.value === name)?.value
  if (value?.kind !== Kind.LIST) return []
  return value.values.map((inner) =>
    // A name that cannot be read may not vanish from the ones that are all needed.
    inner.kind === Kind.LIST ? inner.values.map((one) => toText(one) ?? '') : [],
  )
}
