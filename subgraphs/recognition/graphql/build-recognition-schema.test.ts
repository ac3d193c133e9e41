import { isUnionType, type NameNode, parse, type StringValueNode, visit } from 'graphql'
import { describe, expect, it } from 'vitest'
import { buildRecognitionSchema, buildRecognitionSdl } from './build-recognition-schema.js'

describe('the contract', () => {
  it('is the same text on every call', async () => {
    expect(await buildRecognitionSdl()).toBe(await buildRecognitionSdl())
  })

  it('describes every type, field, argument and input field', async () => {
    const missing: string[] = []
    const note = (node: { name: NameNode; description?: StringValueNode | undefined }) => {
      if (!node.description && !['Query', 'Mutation'].includes(node.name.value)) {
        missing.push(node.name.value)
      }
    }
    visit(parse(await buildRecognitionSdl()), {
      ObjectTypeDefinition: note,
      InputObjectTypeDefinition: note,
      EnumTypeDefinition: note,
      ScalarTypeDefinition: note,
      FieldDefinition: note,
      InputValueDefinition: note,
    })
    expect(missing).toEqual([])
  })

  it('publishes no type of another room and no helper type', async () => {
    const sdl = await buildRecognitionSdl()
    expect(sdl).not.toMatch(/type (FactType|CatalogueFacets|OpportunityKind)\b/)
    expect(sdl).toContain('type PageInfo @shareable')
    expect(sdl.match(/@key\(fields: "id"\)/g)).toHaveLength(5)
    expect(sdl).toContain('type Jurisdiction @key(fields: "code")')
  })

  it('becomes a schema with every entity', async () => {
    const schema = await buildRecognitionSchema()
    const entity = schema.getType('_Entity')
    if (!isUnionType(entity)) throw new Error('no _Entity union')
    expect(
      entity
        .getTypes()
        .map((type) => type.name)
        .sort(),
    ).toEqual([
      'CourseOffering',
      'Institution',
      'Jurisdiction',
      'LearningOpportunity',
      'LearningPathway',
      'MicroCredential',
    ])
  })
})
