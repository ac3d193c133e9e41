import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  parse,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { readAnswerRule } from './contract-rules.js'

/** Everything that tells of one learner: none of it may ever be in an answer that is kept. */
const learnerTypes = [
  ...['Learner', 'Award', 'AwardConnection', 'AuditEntry', 'OriginalGrade', 'DigitalCredential'],
  ...['CredentialShare', 'CompetencePassport', 'PassportShareLink', 'StackedCredentialProgress'],
  ...['StackChange', 'PathwayProgress', 'RecognitionRequest', 'Recommendation', 'WalletOffer'],
]

const contracts = ['recognition', 'catalogue'].map((name) => {
  const sdl = readFileSync(`schema/${name}.graphql`, 'utf8')
  const schema = buildSchema(sdl, { assumeValid: true, assumeValidSDL: true })
  return [name, schema] as const
})

interface Step {
  readonly parent: GraphQLObjectType
  readonly field: GraphQLField<unknown, unknown>
  /** Fields from `Query` down to this one. */
  readonly path: readonly GraphQLField<unknown, unknown>[]
}

/** Every field that a query can reach, on its shortest path. */
function listSteps(schema: GraphQLSchema): readonly Step[] {
  const query = schema.getQueryType()
  if (!query) throw new Error('no queries')
  const steps: Step[] = []
  const seen = new Set<string>([query.name])
  let level: { type: GraphQLObjectType; path: Step['path'] }[] = [{ type: query, path: [] }]
  while (level.length > 0) {
    const next: typeof level = []
    for (const { type, path } of level) {
      for (const field of Object.values(type.getFields())) {
        const below = [...path, field]
        steps.push({ parent: type, field, path: below })
        const named = getNamedType(field.type)
        if (!isObjectType(named) || seen.has(named.name)) continue
        seen.add(named.name)
        next.push({ type: named, path: below })
      }
    }
    level = next
  }
  return steps
}

/** What the contract says about a query for this path alone. */
function readRule(schema: GraphQLSchema, path: Step['path']) {
  const text = path.reduceRight(
    (inner, field) => {
      // Values do not matter to the rule, only that nothing is missing.
      const args = field.args.filter(isRequiredArgument).map(({ name }) => `${name}: null`)
      return ` ${field.name}${args.length > 0 ? `(${args.join(' ')})` : ''}${inner === '' ? '' : ` {${inner} }`}`
    },
    leafOf(path.at(-1)),
  )
  return readAnswerRule(schema, parse(`{${text} }`))
}

function leafOf(field: GraphQLField<unknown, unknown> | undefined): string {
  return field !== undefined && isCompositeType(getNamedType(field.type)) ? ' __typename' : ''
}

const tokenDirectives = new Set(['authenticated', 'requiresScopes', 'policy'])

function needsToken({ parent, field }: Step): boolean {
  const named = getNamedType(field.type)
  const nodes = [parent.astNode, field.astNode, isCompositeType(named) ? named.astNode : undefined]
  return nodes.some((node) => node?.directives?.some(({ name }) => tokenDirectives.has(name.value)))
}

describe.each(contracts)('the contract of %s', (name, schema) => {
  const steps = listSteps(schema)

  test('makes every field that needs a token, and all below it, private', () => {
    const behindToken = steps.filter(({ path }) =>
      path.some((_field, index) => {
        const parent =
          index === 0 ? schema.getQueryType() : getNamedType(path[index - 1]?.type as never)
        const field = path[index]
        return isObjectType(parent) && field !== undefined && needsToken({ parent, field, path })
      }),
    )
    if (name === 'recognition') expect(behindToken.length).toBeGreaterThan(100)
    const exposed = behindToken.filter(({ path }) => !readRule(schema, path).isPrivate)
    expect(exposed.map(({ path }) => path.map((field) => field.name).join('.'))).toEqual([])
  })

  test('lets nothing that tells of one learner into an answer that is kept', () => {
    const named = steps.filter(({ field }) => learnerTypes.includes(getNamedType(field.type).name))
    if (name === 'recognition') expect(named.length).toBeGreaterThanOrEqual(learnerTypes.length)
    const kept = named.filter(({ path }) => {
      const { isPrivate, maxAgeSeconds } = readRule(schema, path)
      return !isPrivate && maxAgeSeconds > 0
    })
    expect(kept.map(({ path }) => path.map((field) => field.name).join('.'))).toEqual([])
  })
})

test('statistics, whose detail depends on who asks, are kept for nobody', () => {
  const [, schema] = contracts[0] ?? []
  if (schema === undefined) throw new Error('no contract')
  const roots = [
    'pathwayStatistics',
    'mobilityMatrix',
    'cohortSurvival',
    'issuingJob',
    'verifyCredential',
  ]
  for (const root of roots) {
    const field = schema.getQueryType()?.getFields()[root]
    expect(field, root).toBeDefined()
    if (field !== undefined)
      expect([root, readRule(schema, [field]).maxAgeSeconds]).toEqual([root, 0])
  }
})
