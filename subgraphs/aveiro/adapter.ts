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
    ua: z.object({
      /** Level of the Quadro Nacional de Qualificações. */
      nivelQnq: z.number().nullable(),
      horasTotais: z.number(),
      /** What `courseMode` has no word for. */
      formato: z.string().nullable(),
      avaliacao: z.array(z.string()),
      /** `quantitativa` is 0–20, `qualitativa` is passed or failed. */
      classificacao: z.string(),
    }),
  }),
})

const modes: Readonly<Record<string, DeliveryMode>> = {
  projeto: 'PROJECT_BASED',
  laboratorial: 'LAB_BASED',
  'intercâmbio virtual': 'COIL',
}

/**
 * The MOOChub mapping plus what the sheet of a Portuguese course unit says: total hours of work (so no rule of hours
 * per credit is needed), the QNQ level (whose levels 1–8 are those of the EQF), the elements of assessment, and
 * whether the result is a number of 0–20 or a passed.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  // The url of a MOOChub item is required; those of the sample lead nowhere.
  const draft = { ...toOpportunityFromMoochub(record, profile), homepage: null }
  const parsed = national.safeParse(record)
  if (!parsed.success) return draft
  const { nivelQnq, horasTotais, formato, avaliacao, classificacao } = parsed.data.attributes.ua
  const scale = classificacao === 'qualitativa' ? 'aprovado / não aprovado' : profile.gradingScale
  return {
    ...draft,
    workloadHours: horasTotais,
    eqfLevel: nivelQnq,
    nqfLevel: nivelQnq === null ? null : `QNQ ${nivelQnq}`,
    ...(formato === null ? {} : { mode: translateWord(formato, modes) }),
    assessments: avaliacao.map((element) => toAssessment(element, scale)),
  }
}
