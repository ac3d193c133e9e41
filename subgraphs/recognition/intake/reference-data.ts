import type { Jurisdiction } from '../domain/jurisdiction.js'
import type { LearningPathway } from '../domain/learning-pathway.js'
import type { IssuingBody, MicroCredential } from '../domain/micro-credential.js'

/** Everything the recognition subgraph publishes in its first form, checked and ready to be stored. */
export interface ReferenceData {
  readonly issuingBody: IssuingBody
  readonly jurisdictions: readonly Jurisdiction[]
  readonly microCredentials: readonly MicroCredential[]
  readonly pathways: readonly LearningPathway[]
}
