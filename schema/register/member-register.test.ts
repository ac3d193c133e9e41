import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { HubError } from '../wire/hub-error.js'
import { parseMemberRegister } from './member-register.js'

const text = readFileSync(new URL('./members.json', import.meta.url), 'utf8')

describe('the register of members', () => {
  test('lists the thirteen members, each in a jurisdiction of its own', () => {
    const register = parseMemberRegister(text, 'members.json')
    expect(register.members.map(({ slug }) => slug).sort()).toEqual(
      'aalborg aveiro dcu insa ktu liu lodz tampere tecmonterrey tuhh uab uis utwente'.split(' '),
    )
    expect(new Set(register.members.map(({ jurisdiction }) => jurisdiction)).size).toBe(13)
  })

  test('leaves identifiers that nobody confirmed empty', () => {
    const register = parseMemberRegister(text, 'members.json')
    const insa = register.members.find(({ slug }) => slug === 'insa')
    expect(insa).toMatchObject({ ror: null, erasmusCode: null })
  })

  test('a register with several faults is refused with all of them, by path', () => {
    const broken = JSON.parse(text)
    broken.members[0].slug = 'Bad Slug'
    broken.members[1].endpoint = 'ftp://example.org'
    broken.members[2].policy = 'none-such'
    broken.members[4].slug = 'uis'
    broken.members[5].surprise = true
    const parse = () => parseMemberRegister(JSON.stringify(broken), 'broken.json')
    expect(parse).toThrow(HubError)
    for (const path of ['members.0.slug', 'members.1.endpoint', 'members.5']) {
      expect(parse).toThrow(path)
    }
    const references = JSON.parse(text)
    references.members[2].policy = 'none-such'
    references.members[4].slug = 'uis'
    const parseReferences = () => parseMemberRegister(JSON.stringify(references), 'broken.json')
    expect(parseReferences).toThrow("members.2.policy: no policy 'none-such'")
    expect(parseReferences).toThrow("members.4.slug: 'uis' is listed twice")
  })

  test('the slug of the alliance itself is reserved', () => {
    const broken = JSON.parse(text)
    broken.members[0].slug = 'alliance'
    expect(() => parseMemberRegister(JSON.stringify(broken), 'x')).toThrow('reserved')
  })

  test('text that is not JSON names its origin', () => {
    expect(() => parseMemberRegister('{', 'here.json')).toThrow('register here.json is not JSON')
  })
})
