import type {
  MicroCredentialId,
  OpportunityId,
  PathwayId,
  StackedCredentialId,
} from '../../../../schema/index.js'
import type { LearningPathway } from '../../domain/learning-pathway.js'
import type { MicroCredential } from '../../domain/micro-credential.js'
import type { Statements } from '../store/statistics-connection.js'

/** What synthetic learners can learn, in the ids of the reference data. */
export interface SyntheticWorld {
  readonly pathways: readonly SyntheticPathway[]
  readonly credentials: readonly SyntheticCredential[]
  /** Stacked credentials whose rules are published; the pathways lead to them in turn. */
  readonly stacks: readonly StackedCredentialId[]
  /** Slugs of the members that award something, sorted. */
  readonly members: readonly string[]
}

export interface SyntheticPathway {
  readonly id: PathwayId
  readonly steps: readonly {
    readonly position: number
    readonly choices: readonly OpportunityId[]
  }[]
}

/** What an opportunity is awarded with. */
export interface SyntheticCredential {
  readonly opportunityId: OpportunityId
  readonly microCredentialId: MicroCredentialId
  readonly awardingMember: string
  readonly jurisdictionCode: string
  readonly ects: string
  readonly eqfLevel: number | null
  readonly iscedF: readonly string[]
  readonly skills: readonly string[]
}

/** Fields given out in turn: the reference data name none. */
const fields = ['0613', '0712', '0311', '0413', '0541', '0719', '0923', '0114', '0222', '0811']

/** Reads the world from the seeded reference data of the subgraph's database. */
export async function readSyntheticWorld(statements: Statements): Promise<SyntheticWorld> {
  const credentials = await statements.query<{ document: MicroCredential }>(
    'select document from micro_credential order by id',
  )
  const pathways = await statements.query<{ document: LearningPathway }>(
    'select document from learning_pathway order by id',
  )
  const stacks = await statements.query<{ id: StackedCredentialId }>(
    'select id from stacked_credential order by id',
  )
  const list = credentials.rows.map(({ document }, index) => toCredential(document, index))
  return {
    pathways: pathways.rows.map(({ document }) => ({
      id: document.id,
      steps: document.steps.map((step) => ({
        position: step.position,
        choices: step.opportunityIds,
      })),
    })),
    credentials: list,
    stacks: stacks.rows.map(({ id }) => id),
    members: [...new Set(list.map((credential) => credential.awardingMember))].sort(),
  }
}

function toCredential(document: MicroCredential, index: number): SyntheticCredential {
  const skills = document.learningOutcomes.flatMap((outcome) =>
    outcome.skills.map((skill) => skill.escoUri ?? skill.titles.en),
  )
  const field = fields[index % fields.length] ?? '0613'
  const second = fields[(index * 3 + 1) % fields.length] ?? '0311'
  return {
    opportunityId: document.opportunityId,
    microCredentialId: document.id,
    awardingMember: document.awardingMember,
    jurisdictionCode: document.jurisdictionCode,
    ects: document.ects,
    eqfLevel: document.eqfLevel,
    iscedF: index % 3 === 0 ? [field, second] : [field],
    skills: [...new Set(skills)],
  }
}
