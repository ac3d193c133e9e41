import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeCatalogue } from '../../tests/fixtures/members/fake-catalogue.js'
import { makeOfferings } from '../../tests/fixtures/members/fake-offerings.js'
import {
  drifted,
  failing,
  garbage,
  hanging,
  slow,
  stalling,
  tampering,
} from '../../tests/fixtures/members/misbehaviours.js'
import { type FakeMember, startFakeMember } from '../../tests/fixtures/members/start-fake-member.js'
import {
  catalogueSdl,
  type OpenFanOut,
  openFanOut,
  toRegister,
  untilState,
} from './open-fan-out.fixture.js'

const slugs = ['aau', 'dcu', 'liu', 'uis'] as const
const memberTimeoutMs = 700
/** Says itself where its rows stand and whose they are; {@link query} does not, so that is asked for along with it. */
const tellingQuery = `{
  courseOfferings(first: 100, orderBy: { field: START_DATE }) {
    totalCount nodes { id } edges { position: cursor ... on CourseOfferingEdge { node { id } } }
  }
}`
const query = `{
  courseOfferings(first: 100, orderBy: { field: START_DATE }) { totalCount nodes { id } edges { cursor } }
}`

describe('fan-out when members misbehave', () => {
  let members: Record<string, FakeMember>
  let fanOut: OpenFanOut

  beforeEach(async () => {
    members = {}
    for (const slug of slugs) {
      const offerings = makeOfferings(slug, 10, slug.length)
      members[slug] = await startFakeMember(
        createFakeCatalogue({ slug, sdl: catalogueSdl, offerings }),
      )
    }
    fanOut = await openFanOut(Object.values(members), { memberTimeoutMs })
  })
  afterEach(async () => {
    await fanOut.stop()
    for (const member of Object.values(members)) await member.stop()
  })

  function memberOf(slug: string): FakeMember {
    const member = members[slug]
    if (member === undefined) throw new RangeError(`no member ${slug}`)
    return member
  }
  function owners(data: { courseOfferings: { nodes: { id: string }[] } }): string[] {
    return [...new Set(data.courseOfferings.nodes.map(({ id }) => id.split(':')[0] ?? ''))].sort()
  }

  it('gives the others’ rows within the deadline when one is killed, one hangs and one answers garbage', async () => {
    await memberOf('aau').kill()
    memberOf('dcu').misbehave(hanging)
    memberOf('liu').misbehave(garbage)
    const answer = await fanOut.ask(query)
    expect(answer.errors).toBeUndefined()
    expect(owners(answer.data)).toEqual(['uis'])
    expect(answer.data.courseOfferings.totalCount).toBe(10)
    expect(answer.tookMs).toBeLessThan(2 * memberTimeoutMs)
    expect(answer.members).toMatchObject({
      aau: { outcome: 'failed', code: 'SUBGRAPH_UNREACHABLE' },
      dcu: { outcome: 'timeout', code: 'SUBGRAPH_TIMEOUT' },
      liu: { outcome: 'failed', code: 'SUBGRAPH_ANSWER_INVALID' },
      uis: { outcome: 'ok' },
    })
    expect(JSON.stringify(answer)).not.toMatch(/127\.0\.0\.1|10\.0\.0\.7/)
  })

  it('leaves out members that stay down, says so at once, and has them back without a restart', async () => {
    await memberOf('aau').kill()
    memberOf('dcu').misbehave(hanging)
    await fanOut.ask(query)
    await untilState(fanOut.directory, 'aau', 'unreachable')
    await untilState(fanOut.directory, 'dcu', 'unreachable')
    const without = await fanOut.ask(query)
    expect(without.tookMs).toBeLessThan(memberTimeoutMs)
    expect(without.members).toMatchObject({
      aau: { outcome: 'skipped', code: 'SUBGRAPH_UNREACHABLE' },
      dcu: { outcome: 'skipped', code: 'SUBGRAPH_UNREACHABLE' },
    })
    await memberOf('aau').revive()
    memberOf('dcu').misbehave(null)
    await untilState(fanOut.directory, 'aau', 'serving')
    await untilState(fanOut.directory, 'dcu', 'serving')
    const again = await fanOut.ask(query)
    expect(owners(again.data)).toEqual([...slugs])
    expect(Object.values(again.members).map(({ outcome }) => outcome)).toEqual(
      slugs.map(() => 'ok'),
    )
  })

  it('waits for a slow member that makes its deadline, and not for a body that never ends', async () => {
    memberOf('aau').misbehave(slow(100))
    memberOf('dcu').misbehave(stalling)
    const answer = await fanOut.ask(query)
    expect(owners(answer.data)).toEqual(['aau', 'liu', 'uis'])
    expect(answer.members).toMatchObject({ aau: { outcome: 'ok' }, dcu: { outcome: 'timeout' } })
    expect(answer.tookMs).toBeLessThan(2 * memberTimeoutMs)
  })

  it('masks what a failing member says about itself', async () => {
    memberOf('aau').misbehave(failing)
    const answer = await fanOut.ask(query)
    expect(owners(answer.data)).toEqual(['dcu', 'liu', 'uis'])
    expect(answer.members.aau).toMatchObject({ outcome: 'failed', code: 'SUBGRAPH_ERROR' })
    expect(JSON.stringify(answer)).not.toMatch(/secret|ECONNREFUSED/)
  })

  it.each([
    ['rows of another member', 'FOREIGN_ID', renameFirstRow],
    ['rows out of order', 'ANSWER_ORDER', reverseEdges],
    ['lists of different lengths', 'ANSWER_LENGTH', dropFirstNode],
  ])('does not merge a member that answers with %s', async (_name, code, change) => {
    memberOf('aau').misbehave(tampering(changeConnection(change)))
    for (const asked of [query, tellingQuery]) {
      const answer = await fanOut.ask(asked)
      expect(owners(answer.data)).toEqual(['dcu', 'liu', 'uis'])
      expect(answer.data.courseOfferings.totalCount).toBe(30)
      expect(answer.members.aau).toMatchObject({ outcome: 'failed', code })
    }
  })

  it('answers MEMBERS_UNAVAILABLE when nobody could answer', async () => {
    for (const slug of slugs) memberOf(slug).misbehave(garbage)
    const answer = await fanOut.ask(query)
    expect(answer.data).toBeNull()
    expect(answer.errors).toMatchObject([{ extensions: { code: 'MEMBERS_UNAVAILABLE' } }])
    expect(Object.values(answer.members)).toHaveLength(slugs.length)
  })

  it('reports a drifting member, leaves it out, and takes it back once it is repaired', async () => {
    memberOf('aau').misbehave(
      drifted(catalogueSdl.replace(/(\n {2}titl)e(\([^)]*\): String!)/g, '$1el$2')),
    )
    fanOut.directory.reportFailure('aau')
    await untilState(fanOut.directory, 'aau', 'drifted')
    const answer = await fanOut.ask(query)
    expect(answer.members.aau).toMatchObject({
      outcome: 'skipped',
      code: 'CONTRACT_DRIFT',
      reason: expect.stringContaining('LearningOpportunity.title'),
    })
    memberOf('aau').misbehave(null)
    await untilState(fanOut.directory, 'aau', 'serving')
  })

  it('takes in a new member at run time and drops one that left', async () => {
    const slug = 'unitn'
    const offerings = makeOfferings(slug, 5)
    const trento = await startFakeMember(
      createFakeCatalogue({ slug, sdl: catalogueSdl, offerings }),
    )
    try {
      const { aau: _left, ...stayed } = members
      await fanOut.directory.apply(toRegister([...Object.values(stayed), trento]))
      const answer = await fanOut.ask(query)
      expect(owners(answer.data)).toEqual(['dcu', 'liu', 'uis', 'unitn'])
      expect(fanOut.directory.list().map((status) => status.slug)).not.toContain('aau')
    } finally {
      await trento.stop()
    }
  })
})

type Connection = Record<string, unknown>

function changeConnection(change: (connection: Connection) => Connection) {
  return (data: Record<string, unknown>): Record<string, unknown> =>
    'courseOfferings' in data
      ? { ...data, courseOfferings: change(data.courseOfferings as Connection) }
      : data
}

/** The edges that tell positions and owners: the client's own, or those asked for along with them. */
function edgesKey(connection: Connection): string {
  return '_hub_edges' in connection ? '_hub_edges' : 'edges'
}

function renameFirstRow(connection: Connection): Connection {
  const key = edgesKey(connection)
  const [first, ...rest] = connection[key] as object[]
  return { ...connection, [key]: [{ ...first, node: { id: 'dcu:offering:0' } }, ...rest] }
}

function reverseEdges(connection: Connection): Connection {
  const key = edgesKey(connection)
  return { ...connection, [key]: [...(connection[key] as object[])].reverse() }
}

function dropFirstNode(connection: Connection): Connection {
  return { ...connection, nodes: (connection.nodes as object[]).slice(1) }
}
