import type { EntityManager } from '@mikro-orm/postgresql'
import { holdingDecision } from '../domain/recognition-decision/change-request.js'
import type {
  RecognitionRequest,
  RequestState,
} from '../domain/recognition-decision/recognition-request.js'
import { readKeyPageRequest, toKeyPage } from './key-page.js'
import type { Page, PageArguments } from './title-page.js'

/** Writes a request, in the place of its earlier version. */
export async function saveRecognitionRequest(
  em: EntityManager,
  request: RecognitionRequest,
): Promise<void> {
  const decision = holdingDecision(request)
  await em.execute(
    `insert into recognition_request (id, learner_id, award_id, target_opportunity_id,
       awarding_member, recognising_member, state, outcome, requested_on, equivalence_id, document,
       version)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
     on conflict (id) do update set state = excluded.state, outcome = excluded.outcome,
       equivalence_id = excluded.equivalence_id, document = excluded.document,
       version = excluded.version`,
    [
      request.id,
      request.learnerId,
      request.awardId,
      request.targetOpportunityId,
      request.awardingMember,
      request.recognisingMember,
      request.state,
      decision?.outcome ?? null,
      request.requestedOn,
      decision?.equivalenceId ?? null,
      JSON.stringify(request),
      request.version,
    ],
  )
}

interface Row {
  readonly document: RecognitionRequest
}

/** The request with this id, locked until the end of the transaction; null when there is none. */
export async function lockRecognitionRequest(
  em: EntityManager,
  id: string,
): Promise<RecognitionRequest | null> {
  const [row]: readonly Row[] = await em.execute(
    'select document from recognition_request where id = ? for update',
    [id],
  )
  return row?.document ?? null
}

/** Whether this was asked for already and not withdrawn. */
export async function hasRecognitionRequest(
  em: EntityManager,
  wanted: Pick<RecognitionRequest, 'awardId' | 'recognisingMember' | 'targetOpportunityId'>,
): Promise<boolean> {
  const rows: readonly object[] = await em.execute(
    `select id from recognition_request where award_id = ? and recognising_member = ?
     and target_opportunity_id is not distinct from ? and state <> 'WITHDRAWN'`,
    [wanted.awardId, wanted.recognisingMember, wanted.targetOpportunityId],
  )
  return rows.length > 0
}

/** The requests of these learners, latest first; learners without any are missing. */
export async function findRecognitionRequests(
  em: EntityManager,
  learnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RecognitionRequest[]>> {
  const rows: readonly Row[] = await em.execute(
    `select document from recognition_request
     where learner_id in (select jsonb_array_elements_text(?::jsonb))
     order by requested_on desc, id`,
    [JSON.stringify(learnerIds)],
  )
  return Map.groupBy(
    rows.map(({ document }) => document),
    (request) => request.learnerId,
  )
}

/** A page of the requests to a member, oldest first. */
export async function pageRecognitionRequests(
  em: EntityManager,
  member: string,
  states: readonly RequestState[] | null,
  page: PageArguments,
): Promise<Page<RecognitionRequest>> {
  const { size, after } = readKeyPageRequest('REQUESTED_ON', page)
  const where = `recognising_member = ? and (?::jsonb is null
    or state in (select jsonb_array_elements_text(?::jsonb)))`
  const wanted = states && JSON.stringify(states)
  const [count]: { count: number }[] = await em.execute(
    `select count(*)::int from recognition_request where ${where}`,
    [member, wanted, wanted],
  )
  const rows: readonly Row[] = await em.execute(
    `select document from recognition_request where ${where}
     and (?::date is null or (requested_on, id) > (?::date, ?))
     order by requested_on, id limit ?::int`,
    [member, wanted, wanted, after?.key ?? null, after?.key ?? null, after?.id ?? null, size + 1],
  )
  return toKeyPage(
    'REQUESTED_ON',
    rows.map(({ document }) => document),
    (request) => request.requestedOn,
    { size, totalCount: count?.count ?? 0, hasPreviousPage: after !== null },
  )
}
