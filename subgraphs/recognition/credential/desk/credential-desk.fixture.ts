import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AwardId, loadMemberRegister, toGlobalId } from '../../../../schema/index.js'
import { createTestDatabase } from '../../../../tests/setup/test-database.js'
import type { Award, AwardStatus } from '../../domain/award.js'
import type { MicroCredential } from '../../domain/micro-credential.js'
import { loadReferenceData } from '../../intake/load-reference-data.js'
import { insertAward, updateAwardStatus } from '../../store/award.store.js'
import { saveLearnerIdentity } from '../../store/learner-identity.store.js'
import { appendEvents } from '../../store/outbox/append-events.js'
import {
  migrateAndSeed,
  openRecognitionDatabase,
  type RecognitionOrm,
} from '../../store/recognition-database.js'
import { seedReferenceData } from '../../store/reference-data.seeding.js'
import type { CredentialFormat } from '../credential-source.js'
import { testGraphThreads } from '../graph-threads.fixture.js'
import { type CredentialOffice, openCredentialOffice } from '../office/credential-office.js'
import { sampleNow } from '../sample-source.fixture.js'
import type { Check } from '../verify/report.js'
import type { IssueOutcome } from './credential-desk.js'
import { followAwards } from './follow-awards.js'

const root = new URL('../../../..', import.meta.url).pathname
const register = loadMemberRegister(join(root, 'schema/register/members.json'))

const awardEvents = {
  'award.revoked': 'REVOKED',
  'award.suspended': 'SUSPENDED',
  'award.reinstated': 'VALID',
  'award.superseded': 'SUPERSEDED',
} as const satisfies Record<string, AwardStatus>

/** The desk over a database of its own, with what registrars do to awards. */
export interface TestDesk {
  readonly orm: RecognitionOrm
  readonly office: CredentialOffice
  readonly keyDirectory: string
  /** A new learner with one award, attested unless told otherwise. */
  makeAward(isAttested?: boolean): Promise<Award>
  issue(
    awardId: AwardId,
    holderKey?: object | null,
    format?: CredentialFormat,
  ): Promise<IssueOutcome>
  /** What a registrar's command does: the award's new status and its event, in one transaction. */
  change(award: Award, kind: keyof typeof awardEvents): Promise<void>
  /** What a registrar's correction does: another award takes this one's place. */
  supersede(award: Award): Promise<Award>
  revocationOf(document: string): Promise<Check | undefined>
  stop(): Promise<void>
}

/** Opens the desk; stop it in `afterAll`. */
export async function openTestDesk(): Promise<TestDesk> {
  const database = await createTestDatabase()
  const keyDirectory = await mkdtemp(join(tmpdir(), 'hub-keys-'))
  const orm = await openRecognitionDatabase({
    databaseUrl: database.url,
    databaseName: new URL(database.url).pathname.slice(1),
  })
  const jurisdictions = new Map(
    register.members.map((member) => [member.slug, member.jurisdiction]),
  )
  const { data } = loadReferenceData(join(root, 'subgraphs/recognition/data'), jurisdictions)
  await migrateAndSeed(orm, (em) => seedReferenceData(em, data))
  const definition = data.microCredentials.find(
    (item) => item.awardingMember === 'utwente',
  ) as MicroCredential
  const office = await openCredentialOffice({
    em: orm.em,
    publicUrl: 'https://hub.example',
    register,
    issuingBody: data.issuingBody,
    keyDirectory,
    allowsTestKeys: true,
    graphThreads: testGraphThreads,
    shapesDirectory: null,
    accreditations: [],
    trustedIssuers: [],
    now: () => sampleNow,
  })
  let count = 0

  async function makeAward(isAttested = true): Promise<Award> {
    count += 1
    const learnerId = toGlobalId('alliance', 'learner', `learner-${count}`)
    const award: Award = {
      id: toGlobalId('utwente', 'award', `a-${count}`),
      learnerId,
      microCredentialId: definition.id,
      opportunityId: definition.opportunityId,
      awardingMember: 'utwente',
      jurisdictionCode: 'NL',
      awardedOn: '2026-11-20',
      ects: definition.ects,
      eqfLevel: definition.eqfLevel,
      iscedF: ['0613'],
      learningOutcomes: definition.learningOutcomes,
      grade: null,
      supervision: definition.supervision,
      isCapstone: false,
      accreditation: null,
      status: 'VALID',
      supersededBy: null,
      version: 1,
      synthetic: true,
    }
    const em = orm.em.fork()
    await em.execute('insert into learner (id, synthetic) values (?, true)', [learnerId])
    await insertAward(em, award)
    const identity = { givenName: 'Ada', familyName: `Sample ${count}`, dateOfBirth: null }
    const by = { member: 'utwente', at: sampleNow }
    if (isAttested) await saveLearnerIdentity(em, learnerId, identity, by)
    return award
  }

  async function change(award: Award, kind: keyof typeof awardEvents): Promise<void> {
    count += 1
    const version = count
    await orm.em.fork().transactional(async (em) => {
      await updateAwardStatus(em, { ...award, version, status: awardEvents[kind] })
      await appendEvents(em, [
        {
          id: `${award.id}:${kind}:${version}`,
          occurredOn: '2026-11-23',
          recordedAt: sampleNow.toISOString(),
          learnerId: award.learnerId,
          homeMember: null,
          corrects: null,
          fact: {
            kind,
            awardId: award.id,
            microCredentialId: award.microCredentialId,
            opportunityId: award.opportunityId,
            awardingMember: award.awardingMember,
            jurisdictionCode: award.jurisdictionCode,
            ects: award.ects,
            eqfLevel: award.eqfLevel,
            iscedF: award.iscedF,
            skills: [],
            supersededBy: award.supersededBy,
          },
        },
      ])
    })
    while ((await followAwards(orm.em, () => sampleNow)) > 0) {}
  }

  async function supersede(award: Award): Promise<Award> {
    const successor: Award = {
      ...award,
      id: toGlobalId('utwente', 'award', `${award.id.slice(14)}-b`),
    }
    await orm.em.fork().transactional(async (em) => {
      await updateAwardStatus(em, { ...award, version: 2, status: 'REVOKED' })
      await insertAward(em, successor)
    })
    await change({ ...award, supersededBy: successor.id }, 'award.superseded')
    return successor
  }

  return {
    orm,
    office,
    keyDirectory,
    makeAward,
    issue: (awardId, holderKey = null, format = 'dc+sd-jwt') =>
      orm.em
        .fork()
        .transactional((em) =>
          office.desk.issue(em, { awardId, format, holderKey, now: sampleNow }),
        ),
    change,
    supersede,
    revocationOf: async (document) =>
      (await office.verify(Buffer.from(document))).checks.find(({ name }) => name === 'REVOCATION'),
    stop: async () => {
      await office.stop()
      await orm.close(true)
      await database.drop()
      await rm(keyDirectory, { recursive: true })
    },
  }
}
