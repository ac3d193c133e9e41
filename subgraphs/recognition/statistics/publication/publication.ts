import type { Principal } from '../../../../schema/index.js'
import { HubError, hasRole } from '../../../../schema/index.js'
import type { Dimension } from '../domain/dimension.js'
import { analystPolicy, type DisclosurePolicy } from '../domain/disclosure-policy.js'
import type { PeriodKind } from '../domain/reporting-period.js'
import { type Family, viewName } from '../domain/statistics-family.js'

/** Which tables somebody may see, under which policy. */
export interface Publication {
  readonly name: 'analyst' | 'open'
  readonly policy: DisclosurePolicy
  /** Whether a breakdown is part of it. */
  readonly includes: (family: Family, view: readonly Dimension[], kind: PeriodKind) => boolean
}

/** Breakdowns everybody may see, for whole reporting years. */
const openTables: Readonly<Record<Family, readonly (readonly Dimension[])[]>> = {
  journey: [[], ['pathway']],
  step: [['pathway', 'step']],
  stack: [[]],
  award: [
    [],
    ['awardingMember'],
    ['jurisdiction'],
    ['eqfLevel'],
    ['iscedField'],
    ['sizeBand'],
    ['skill'],
    ['homeMember', 'awardingMember'],
  ],
  request: [[]],
}

/** What an analyst of the alliance may see: every breakdown. */
export const analystPublication: Publication = {
  name: 'analyst',
  policy: analystPolicy,
  includes: () => true,
}

/** What everybody may see under this policy. */
export function openPublication(policy: DisclosurePolicy): Publication {
  return {
    name: 'open',
    policy,
    includes: (family, view, kind) =>
      kind === 'YEAR' && openTables[family].some((table) => viewName(table) === viewName(view)),
  }
}

/**
 * The publication somebody is let into. It is decided before anything is read, by who asks alone.
 *
 * @throws HubError `FORBIDDEN` for who is somebody, but no analyst: a learner or registrar asks as themselves, and
 * figures answered under that name would be one more thing known about them.
 */
export function publicationFor(principal: Principal, open: Publication): Publication {
  if (hasRole(principal, 'analyst')) return analystPublication
  if (principal.kind === 'anonymous') return open
  throw new HubError('FORBIDDEN', { message: 'statistics need the role of an analyst' })
}
