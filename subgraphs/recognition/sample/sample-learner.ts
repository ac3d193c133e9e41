import { createHash } from 'node:crypto'
import { allianceOwner, type Principal, toGlobalId } from '../../../schema/index.js'
import type { Learner } from '../store/learner.store.js'

/** The issuer of tokens anybody can make on their own machine: sample learners can be signed in as. */
const developmentIssuer = 'urn:alliance-hub:development'

/** How many sample learners there are. */
export const sampleLearnerCount = 40

/** A learner who does not exist, and who they are when they act. */
export interface SampleLearner {
  readonly learner: Learner
  readonly principal: Principal
}

/**
 * The sample learners. Of the first ones each member has one, who is whoever signs in as a learner of that member with
 * a development token; the others have the subjects `sample-learner-014` and so on.
 */
export function listSampleLearners(members: readonly string[]): readonly SampleLearner[] {
  return Array.from({ length: sampleLearnerCount }, (_, index) => {
    const number = String(index + 1).padStart(3, '0')
    const own = members[index]
    const homeMember = own ?? members[(index * 5) % members.length] ?? null
    const subject = own === undefined ? `sample-learner-${number}` : `learner-${own}`
    const subjectId = toSubjectId(developmentIssuer, subject)
    return {
      learner: {
        id: toGlobalId(allianceOwner, 'learner', subjectId),
        homeMember,
        displayName: `Sample learner ${number}`,
        language: 'en',
        synthetic: true,
      },
      principal: {
        kind: 'person',
        subjectId,
        homeMember,
        grants: [{ role: 'learner', member: null }],
        scopes: [],
        assurance: [],
      },
    }
  })
}

/** Written as the gateway makes it from a token; a test signs in as a sample learner. */
function toSubjectId(issuer: string, subject: string): string {
  return createHash('sha256').update(`${issuer.length}:${issuer}${subject}`).digest('base64url')
}
