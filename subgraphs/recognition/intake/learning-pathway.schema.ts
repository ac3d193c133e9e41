import { z } from 'zod'
import { pathwayTypes } from '../domain/learning-pathway.js'
import { decimalSchema, localisedTextSchema } from './fact.schema.js'
import { keySchema, opportunityIdSchema } from './hub-id.schema.js'

const stepSchema = z
  .strictObject({
    titles: localisedTextSchema,
    required: z.boolean(),
    chooseAtLeast: z.int().min(1),
    ects: decimalSchema,
    opportunities: z.array(opportunityIdSchema).min(1),
  })
  .superRefine((step, context) => {
    const distinct = new Set(step.opportunities).size
    if (distinct < step.opportunities.length) {
      const message = 'lists an opportunity twice'
      context.addIssue({ code: 'custom', path: ['opportunities'], message })
    }
    if (step.chooseAtLeast > distinct) {
      const message = `asks for ${step.chooseAtLeast} of ${distinct} opportunities`
      context.addIssue({ code: 'custom', path: ['chooseAtLeast'], message })
    }
  })

/** One pathway as it stands in `learning-pathways.json`. A step's position is its place in the list. */
export const learningPathwayEntrySchema = z
  .strictObject({
    key: keySchema,
    titles: localisedTextSchema,
    descriptions: localisedTextSchema,
    type: z.enum(pathwayTypes),
    steps: z.array(stepSchema).min(1),
    illustrative: z.boolean(),
    synthetic: z.boolean(),
  })
  .superRefine((pathway, context) => {
    if (pathway.type !== 'RIGID') return
    pathway.steps.forEach((step, index) => {
      if (step.required && step.chooseAtLeast === step.opportunities.length) return
      const message = 'a RIGID pathway has only required steps and no choices'
      context.addIssue({ code: 'custom', path: ['steps', index], message })
    })
  })
export type LearningPathwayEntry = z.infer<typeof learningPathwayEntrySchema>
