import { z } from 'zod'
import {
  type CatalogueAdapter,
  type DeliveryMode,
  toOpportunityFromMoochub,
  translateWord,
} from '../catalogue/index.js'
import { toAssessment } from './assessment.js'
import { profile } from './profile.js'

const national = z.object({
  attributes: z.object({
    insa: z.object({
      /** The institute of the group that teaches and awards, e.g. `INSA Lyon`. */
      etablissement: z.string(),
      /** Level of the national directory as numbered since 2019, e.g. `niveau 7`. */
      niveauRncp: z.string().nullable(),
      volumeHoraire: z.number(),
      /** What `courseMode` has no word for. */
      format: z.string().nullable(),
      modalites: z.array(z.string()),
      /** `note sur 20` or `validation`. */
      notation: z.string(),
    }),
  }),
})

const modes: Readonly<Record<string, DeliveryMode>> = {
  projet: 'PROJECT_BASED',
  laboratoire: 'LAB_BASED',
  'échange virtuel': 'COIL',
}

/**
 * The MOOChub mapping plus two French conventions and one of the group: the level of the RNCP (since 2019 numbered as
 * the EQF), results as a mark out of 20 or a validation, and the institute as awarding body. The group itself awards
 * nothing: it has no single awarding body.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  // The url of a MOOChub item is required; those of the sample lead nowhere.
  const draft = { ...toOpportunityFromMoochub(record, profile), homepage: null }
  const parsed = national.safeParse(record)
  if (!parsed.success) return draft
  const { etablissement, niveauRncp, volumeHoraire, format, modalites, notation } =
    parsed.data.attributes.insa
  const scale = notation === 'validation' ? 'validé / non validé' : profile.gradingScale
  return {
    ...draft,
    workloadHours: volumeHoraire,
    eqfLevel: toLevel(niveauRncp),
    nqfLevel: niveauRncp === null ? null : `RNCP ${niveauRncp}`,
    ...(format === null ? {} : { mode: translateWord(format, modes) }),
    assessments: modalites.map((modality) => toAssessment(modality, scale)),
    offerings: withAwardingBody('offerings' in draft ? draft.offerings : [], etablissement),
  }
}

function toLevel(niveau: string | null): number | null {
  const level = /^niveau ([1-8])$/.exec(niveau ?? '')?.[1]
  return level === undefined ? null : Number(level)
}

function withAwardingBody(offerings: unknown, awardingBody: string): unknown {
  if (!Array.isArray(offerings)) return offerings
  return offerings.map((offering: object) => ({ ...offering, awardingBody }))
}
