import { readFile } from 'node:fs/promises'
import { composeServices } from '@apollo/composition'
import {
  type BreakingChange,
  buildSchema,
  type DangerousChange,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  parse,
  printSchema,
} from 'graphql'
import { expect, test } from 'vitest'

function readContract(name: string): Promise<string> {
  return readFile(new URL(`../../schema/${name}`, import.meta.url), 'utf8')
}

function findChanges(
  before: GraphQLSchema,
  after: GraphQLSchema,
): (BreakingChange | DangerousChange)[] {
  return [...findBreakingChanges(before, after), ...findDangerousChanges(before, after)]
}

test('Apollo’s composer makes the same API of the committed contracts as ours', async () => {
  const subgraphs = await Promise.all(
    ['catalogue', 'recognition'].map(async (name) => ({
      name,
      url: `http://${name}`,
      typeDefs: parse(await readContract(`${name}.graphql`)),
    })),
  )
  const composed = composeServices(subgraphs)
  expect(composed.errors ?? []).toEqual([])
  const api = composed.schema?.toAPISchema().toGraphQLJSSchema()
  if (api === undefined) throw new Error('Apollo’s composer made no schema')
  // Printed and built anew: comparing needs both schemas from one build of graphql.
  const theirs = buildSchema(printSchema(api))
  const ours = buildSchema(await readContract('api.graphql'))
  expect(findChanges(ours, theirs)).toEqual([])
  expect(findChanges(theirs, ours)).toEqual([])
})
