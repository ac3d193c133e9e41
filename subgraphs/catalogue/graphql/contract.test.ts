import { readFile } from 'node:fs/promises'
import { buildSchema, getNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { buildCatalogueSdl, loadCatalogueSchema } from './catalogue-schema.js'

describe('the contract', () => {
  it('is the one that is committed', async () => {
    const committed = await readFile(
      new URL('../../../schema/catalogue.graphql', import.meta.url),
      'utf8',
    )
    expect(`${(await buildCatalogueSdl()).trim()}\n`).toBe(committed)
  })

  it('describes every type, field, argument and value', async () => {
    const sdl = await buildCatalogueSdl()
    const bare = sdl
      .replace(/extend schema.*\n/, '')
      .replace(/ @(key|shareable|cost|listSize)(\([^)]*\))?/g, '')
    const missing: string[] = []
    for (const type of Object.values(buildSchema(bare).getTypeMap())) {
      if (/^(__|String$|Int$|ID$|Boolean$|Float$)/.test(type.name)) continue
      if (!type.description && type.name !== 'Query') missing.push(type.name)
      if (isEnumType(type)) {
        for (const { name, description } of type.getValues()) {
          if (!description) missing.push(`${type.name}.${name}`)
        }
      }
      if (!isObjectType(type) && !isInputObjectType(type)) continue
      for (const field of Object.values(type.getFields())) {
        if (!field.description) missing.push(`${type.name}.${field.name}`)
        for (const argument of 'args' in field ? field.args : []) {
          if (!argument.description) missing.push(`${type.name}.${field.name}(${argument.name})`)
        }
      }
    }
    expect(missing).toEqual([])
  })

  it('is executable, with the federation fields', async () => {
    const schema = await loadCatalogueSchema()
    const fields = schema.getQueryType()?.getFields() ?? {}
    expect(getNamedType(fields._entities?.type)?.toString()).toBe('_Entity')
    expect(Object.keys(fields)).toContain('_service')
  })
})
