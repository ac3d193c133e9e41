import type { Principal } from '../../../schema/index.js'
import {
  createStatusListPublisher,
  followAwards,
  type IssueDeps,
  migrateAndSeed,
  openRecognitionDatabase,
  type RecognitionOrm,
  readBit,
  revokeCredentials,
  runCommand,
  takeStatusPlaces,
} from '../../../subgraphs/recognition/index.js'
import { createTestCluster } from '../../setup/test-cluster.js'

/** What it takes to revoke many credentials, from the registrar's word to the lists that verifiers read. */
export interface RevocationFigures {
  readonly credentials: number
  readonly lists: number
  /** The awards, each with its entry in the audit trail and its event, 10,000 in one transaction. */
  readonly awardsMs: number
  /** From those events to every bit, with an event for each credential. */
  readonly statusesMs: number
  /** To sign every list that changed, once. */
  readonly signMs: number
  /** Counted: documents that are not as they were. */
  readonly documentsRewritten: number
  readonly auditEntries: number
}

/** Fills a database of its own with credentials, revokes their awards and carries it through, as a hub does. */
export async function measureRevocation(
  credentials: number,
  { issuing, document, now }: { issuing: IssueDeps; document: string; now: Date },
  note: (text: string) => void,
): Promise<RevocationFigures> {
  const cluster = await createTestCluster()
  try {
    const orm = await openRecognitionDatabase({
      databaseUrl: cluster.url,
      databaseName: 'bench_credentials',
    })
    try {
      await migrateAndSeed(orm, async () => null)
      const lists = await fill(orm, issuing.issuer.slug, credentials, document)
      note(`${credentials} credentials are there`)
      return await revoke(orm, { issuing, lists, now, credentials })
    } finally {
      await orm.close(true)
    }
  } finally {
    await cluster.drop()
  }
}

async function revoke(
  orm: RecognitionOrm,
  bench: {
    readonly issuing: IssueDeps
    readonly lists: readonly number[]
    readonly now: Date
    readonly credentials: number
  },
): Promise<RevocationFigures> {
  const { issuing, lists, now, credentials } = bench
  const em = () => orm.em.fork()
  const publisher = createStatusListPublisher({ em: orm.em, issuing, now: () => now })
  // Signed once before, as in a hub that has been asked for them.
  for (const list of lists) await publisher.publish(list, 'revocation')
  await em().execute('create table before as select id, md5(document) as digest from credential')
  const awardsMs = await timed(() => revokeCohorts(orm, credentials, now))
  const statusesMs = await timed(async () => {
    while ((await followAwards(orm.em, () => now)) > 0) {}
  })
  const signMs = await timed(async () => {
    for (const list of lists) await publisher.publish(list, 'revocation')
  })
  await assertRevoked(orm, publisher, issuing.issuer.origin)
  const [counts] = (await em().execute(
    `select (select count(*)::int from audit_entry) as entries,
      (select count(*)::int from before join credential using (id) where md5(document) <> digest) as rewritten`,
  )) as { entries: number; rewritten: number }[]
  return {
    credentials,
    lists: lists.length,
    awardsMs,
    statusesMs,
    signMs,
    documentsRewritten: counts?.rewritten ?? credentials,
    auditEntries: counts?.entries ?? 0,
  }
}

const cohortSize = 10_000
const registrar: Principal = {
  kind: 'person',
  subjectId: 'bench',
  homeMember: 'utwente',
  grants: [{ role: 'registrar', member: 'utwente' }],
  scopes: [],
  assurance: [],
}

/** Revokes everything as a registrar does, in the largest cohorts there may be. */
async function revokeCohorts(orm: RecognitionOrm, credentials: number, now: Date): Promise<void> {
  const deps = { em: orm.em, now: () => now, onCommitted: async () => {} }
  for (let from = 1; from <= credentials; from += cohortSize) {
    const length = Math.min(cohortSize, credentials - from + 1)
    const awardIds = Array.from({ length }, (_, index) => `utwente:award:a${from + index}`)
    const request = {
      principal: registrar,
      idempotencyKey: `bench-from-${from}`,
      operation: 'revokeCredentials',
      input: { member: 'utwente', awardIds, reason: 'bench' },
    }
    const result = await runCommand(deps, request, revokeCredentials)
    if (!result.isDone || result.value.revoked !== length) throw new Error('not all were revoked')
  }
}

/** Learners, awards and documents, each with a place in a list; returns the lists' numbers. */
async function fill(
  orm: RecognitionOrm,
  issuingBody: string,
  credentials: number,
  document: string,
): Promise<readonly number[]> {
  return orm.em.fork().transactional(async (em) => {
    const places = await takeStatusPlaces(em, issuingBody, credentials)
    await em.execute(
      `insert into learner (id, synthetic)
       select 'alliance:learner:l' || n, true from generate_series(1, ${credentials}) n`,
    )
    await em.execute(
      `insert into award (id, learner_id, micro_credential_id, opportunity_id, awarding_member,
         jurisdiction_code, awarded_on, ects, isced_f, learning_outcomes, supervision, is_capstone,
         status, version, synthetic)
       select 'utwente:award:a' || n, 'alliance:learner:l' || n, 'm', 'o', 'utwente', 'NL',
         current_date, 2, '{}', '[]', 'NOT_SUPERVISED', false, 'VALID', 1, true
       from generate_series(1, ${credentials}) n`,
    )
    await em.execute(
      `insert into credential (id, award_id, learner_id, awarding_member, format, holder_thumbprint,
         document, status, status_list, status_index, issued_at)
       select 'alliance:credential:c' || n, 'utwente:award:a' || n, 'alliance:learner:l' || n,
         'utwente', 'vc+jwt', '', ? || n, 'VALID', (place->>'list')::int, (place->>'index')::int, now()
       from jsonb_array_elements(?::jsonb) with ordinality as given(place, n)`,
      [document, JSON.stringify(places)],
    )
    return [...new Set(places.map(({ list }) => list))]
  })
}

/** Every place that was given out is set in the list a verifier of this hub reads; else the figures are of nothing. */
async function assertRevoked(
  orm: RecognitionOrm,
  publisher: ReturnType<typeof createStatusListPublisher>,
  origin: string,
): Promise<void> {
  const rows = (await orm.em
    .fork()
    .execute('select status_list as list, status_index as index, status from credential')) as {
    list: number
    index: number
    status: string
  }[]
  for (const [list, places] of Map.groupBy(rows, (row) => row.list)) {
    const read = await publisher.readOwn(`${origin}/credentials/status/${list}/revocation`)
    const isWhole = places.every(
      ({ index, status }) => status === 'REVOKED' && read !== null && readBit(read.bits, index),
    )
    if (!isWhole) throw new Error(`list ${list} does not say that all are revoked`)
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
