import {
  allianceOwner,
  HubError,
  hasRole,
  type LearnerId,
  type Principal,
  type Role,
  toGlobalId,
} from '../../../schema/index.js'

/**
 * Lets only those pass who may act in this role for this member.
 *
 * @throws HubError `UNAUTHENTICATED`, `FORBIDDEN`.
 */
export function requireRole(principal: Principal, role: Role, member?: string): void {
  if (principal.subjectId === null) throw new HubError('UNAUTHENTICATED')
  if (!hasRole(principal, role, member)) {
    throw new HubError('FORBIDDEN', {
      message:
        member === undefined
          ? `this needs the role ${role}`
          : `this needs the role ${role} for ${member}`,
    })
  }
}

/**
 * The learner that asks: everybody who has a token is one, and only ever this one.
 *
 * @throws HubError `UNAUTHENTICATED`, `FORBIDDEN` for systems.
 */
export function requireLearner({ kind, subjectId }: Principal): LearnerId {
  if (subjectId === null) throw new HubError('UNAUTHENTICATED')
  if (kind !== 'person') throw new HubError('FORBIDDEN', { message: 'only a person is a learner' })
  return toGlobalId(allianceOwner, 'learner', subjectId)
}

/**
 * Lets those read who deal with requests to this member: its registrars and admission officers.
 *
 * @throws HubError `UNAUTHENTICATED`, `FORBIDDEN`.
 */
export function requireRegistry(principal: Principal, member: string): void {
  if (hasRole(principal, 'admission', member)) return
  requireRole(principal, 'registrar', member)
}
