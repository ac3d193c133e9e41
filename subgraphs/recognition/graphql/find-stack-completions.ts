import type { AwardId, StackedCredentialId } from '../../../schema/index.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import type { StackState } from '../domain/stacked-credential.js'
import type { CompletionCandidate } from '../domain/stacking/completion.js'
import { findCompletions } from '../domain/stacking/find-completions.js'
import type { RequestContext } from './request-context.js'
import type { StackCompletionsType } from './stack-completion.type.js'

/** Evaluations for one stack of one request: some ten milliseconds. */
const maxSteps = 2_000

/** What would complete a learner's stack, of everything that members award in the alliance. */
export async function findStackCompletions(
  state: StackState,
  { records, now }: Pick<RequestContext, 'records' | 'now'>,
): Promise<StackCompletionsType> {
  const definition = await records.stackedCredential(state.stackedCredentialId)
  const none = { code: null, size: null, isAll: true, sets: [] }
  if (!definition) return { kind: 'NONE', ...none }
  const awards = await records.awardsOf(state.learnerId)
  const held = new Set(
    awards.filter(({ status }) => status === 'VALID').map((award) => award.microCredentialId),
  )
  const date = now().toISOString().slice(0, 10)
  const candidates = (await records.allMicroCredentials())
    .filter(({ id }) => !held.has(id))
    .map((credential) => toCandidate(credential, date))
  const usedElsewhere = listUsedElsewhere(state)
  const found = findCompletions(definition.rule, awards, candidates, {
    date,
    maxSteps,
    usedElsewhere,
  })
  switch (found.kind) {
    case 'ALREADY_FULFILLED':
    case 'NONE':
      return { kind: found.kind, ...none }
    case 'UNDECIDED':
      return { kind: found.kind, ...none, code: found.code, isAll: false }
    case 'FOUND':
      return { ...none, ...found }
  }
}

/** What a micro-credential would become for a learner: an award to be. */
export function toCandidate(credential: MicroCredential, expectedOn: string): CompletionCandidate {
  const { id, opportunityId, awardingMember, jurisdictionCode, ects, eqfLevel } = credential
  return {
    microCredentialId: id,
    opportunityId,
    awardingMember,
    jurisdictionCode,
    ects,
    eqfLevel,
    iscedF: credential.iscedF,
    learningOutcomes: credential.learningOutcomes,
    supervision: credential.supervision,
    isCapstone: false,
    accreditation: null,
    expectedOn,
  }
}

/** Awards that count towards another stack, as the last evaluation found them. */
export function listUsedElsewhere({
  evaluation,
}: StackState): ReadonlyMap<AwardId, StackedCredentialId> {
  const excluded = evaluation.kind === 'DECIDED' ? evaluation.excluded : []
  return new Map(
    excluded.flatMap(({ awardId, reasons }) =>
      reasons.flatMap((reason) =>
        reason.code === 'USED_ELSEWHERE' ? [[awardId, reason.by] as const] : [],
      ),
    ),
  )
}
