import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadMemberRegister } from '../../schema/index.js'
import type {
  MemberDefinition,
  OfferingRecord,
  OpportunityRecord,
} from '../../subgraphs/catalogue/index.js'
import { findRecord, loadDefinition, readSample } from './sample-catalogue.fixture.js'

const registerPath = fileURLToPath(new URL('../../schema/register/members.json', import.meta.url))
const { members } = loadMemberRegister(registerPath)

/** What the recognition rules refer to at every member, and its kind. */
const referredTo = {
  'MM-AI-01': 'MICRO_MODULE',
  'MM-DATA-01': 'MICRO_MODULE',
  'MM-SUS-01': 'MICRO_MODULE',
  'MM-CYB-01': 'MICRO_MODULE',
  'CO-AI-01': 'COURSE',
  'CO-ENERGY-01': 'COURSE',
  'CH-CITY-01': 'CHALLENGE',
}

// The national conventions of a member are tested beside its adapter; here is what all have in common.
describe.each(members)('the sample catalogue of $slug', ({ slug, languages }) => {
  let definition: MemberDefinition
  let records: readonly OpportunityRecord[]
  let faults: readonly unknown[]
  beforeAll(async () => {
    definition = await loadDefinition(slug)
    ;({ records, faults } = await readSample(definition))
  })

  it('belongs to the member that the register names, with its languages', () => {
    expect(definition.profile.slug).toBe(slug)
    expect(definition.profile.languages).toEqual(languages)
  })

  it('passes the intake without a fault and is labelled as synthetic', () => {
    expect(faults).toEqual([])
    expect(records.length).toBeGreaterThanOrEqual(36)
    expect(records.filter((it) => !it.synthetic)).toEqual([])
  })

  it('has the opportunities that the recognition rules refer to, each of its kind', () => {
    const kinds = Object.keys(referredTo).map((id) => [id, findRecord(records, id).kind])
    expect(Object.fromEntries(kinds)).toEqual(referredTo)
  })

  it('describes everything in English and in the first language of the university', () => {
    const required = new Set([...languages.slice(0, 1), 'en'])
    const missing = records.filter((it) =>
      [...required].some((language) => !it.title[language] || !it.description[language]),
    )
    expect(missing.map((it) => it.localId)).toEqual([])
  })

  it('has at least three opportunities on artificial intelligence that are open all year', () => {
    const open = records.filter(
      (it) =>
        /artificial intelligence/i.test(`${it.title.en} ${it.description.en}`) &&
        it.offerings.some(isOpenAllYear),
    )
    expect(open.map((it) => it.localId)).toEqual(expect.arrayContaining(['MM-AI-01', 'CO-AI-01']))
    expect(open.length).toBeGreaterThanOrEqual(3)
  })

  it('refers only to groups that exist', () => {
    const ids = new Set(records.map((it) => it.localId))
    const parents = records.flatMap((it) => it.partOf)
    expect(parents.filter((id) => !ids.has(id))).toEqual([])
    expect(parents.length).toBeGreaterThan(1)
  })

  it('gives a run a title only where it differs from that of its opportunity', () => {
    const repeated = records.flatMap((it) =>
      it.offerings.filter((run) => isDeepStrictEqual(run.title, it.title)),
    )
    expect(repeated.map((run) => run.localId)).toEqual([])
  })
})

// From August 2026 to July 2028, both academic years of the samples. The hours depend on the time zone.
function isOpenAllYear({ state, application }: OfferingRecord): boolean {
  return (
    state === 'ACTIVE' &&
    (application?.opensAt ?? '9') <= '2026-08-01T12' &&
    (application?.closesAt ?? '0') >= '2028-07-31T20'
  )
}
