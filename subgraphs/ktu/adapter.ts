import { z } from 'zod'
import { type CatalogueAdapter, toOpportunityFromOeapi } from '../catalogue/index.js'
import { profile } from './profile.js'

const national = z.object({
  course: z.object({
    ext: z.object({
      ktu: z.object({
        /** Level of the Lietuvos kvalifikacijų sandara. */
        ltksLygis: z.number().nullable(),
        atsiskaitymai: z.array(z.string()),
        /** `dešimtbalė` is 1–10, `įskaita` is passed or failed. */
        vertinimas: z.string(),
      }),
    }),
  }),
})

interface Examination {
  readonly type: string
  readonly supervised: boolean | null
}

const examinations: ReadonlyMap<string, Examination> = new Map(
  Object.entries({
    'egzaminas raštu': { type: 'written examination', supervised: true },
    'egzaminas žodžiu': { type: 'oral examination', supervised: true },
    'laboratoriniai darbai': { type: 'practical assessment', supervised: true },
    'tęstinis vertinimas': { type: 'continuous evaluation', supervised: null },
    'namų darbas': { type: 'marked assignment', supervised: false },
    'komandinis darbas': { type: 'group performance', supervised: null },
    projektas: { type: 'project work', supervised: null },
    'darbų aplankas': { type: 'portfolio', supervised: false },
    'probleminis uždavinys': { type: 'problem based learning', supervised: null },
    'kolegų vertinimas': { type: 'peer review', supervised: false },
    gaminys: { type: 'artefact assessment', supervised: null },
    'internetinis testas': { type: 'quiz', supervised: false },
  }),
)

/**
 * The OEAPI mapping plus three Lithuanian conventions: study load in `x-kreditai` (one is one ECTS credit since 2011),
 * the LTKS level (whose levels 1–8 are those of the EQF), and the forms of `atsiskaitymas` with a mark of 1–10 or an
 * įskaita.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const draft = toOpportunityFromOeapi(record, profile)
  const parsed = national.safeParse(record)
  if (!parsed.success) return draft
  const { ltksLygis, atsiskaitymai, vertinimas } = parsed.data.course.ext.ktu
  const gradingScale = vertinimas === 'įskaita' ? 'įskaityta / neįskaityta' : profile.gradingScale
  return {
    ...draft,
    eqfLevel: ltksLygis,
    nqfLevel: ltksLygis === null ? null : `LTKS ${ltksLygis}`,
    assessments: atsiskaitymai.map((word) => ({
      ...(examinations.get(word) ?? { type: word, supervised: null }),
      description: { lt: word },
      gradingScale,
    })),
  }
}
