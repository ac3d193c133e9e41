import { z } from 'zod'
import {
  type CatalogueAdapter,
  creditFromNational,
  type DeliveryMode,
  toHoursOfWork,
  toOpportunityFromMoochub,
  translateWord,
} from '../catalogue/index.js'
import { profile } from './profile.js'
import { toSemester } from './semester.js'

/** One Leistungspunkt is 30 hours, by the standing conference of the German ministers of education. */
const hoursPerPoint = '30'

const national = z.object({
  attributes: z.object({
    tuhh: z.object({
      /** With a decimal comma, e.g. `2,5`. */
      leistungspunkte: z.string(),
      /** E.g. `DQR 7`. */
      niveau: z.string().nullable(),
      /** What `courseMode` has no word for. */
      lehrform: z.string().nullable(),
      pruefungen: z.array(z.string()),
      /** Whether there is a grade; else one passes or fails. */
      benotet: z.boolean(),
    }),
  }),
})

const modes: Readonly<Record<string, DeliveryMode>> = {
  Projekt: 'PROJECT_BASED',
  Labor: 'LAB_BASED',
  'virtueller Austausch': 'COIL',
}

interface Examination {
  readonly type: string
  readonly supervised: boolean | null
}

const examinations: ReadonlyMap<string, Examination> = new Map(
  Object.entries({
    Klausur: { type: 'written examination', supervised: true },
    'mündliche Prüfung': { type: 'oral examination', supervised: true },
    Laborpraktikum: { type: 'practical assessment', supervised: true },
    Hausarbeit: { type: 'marked assignment', supervised: false },
    Studienleistung: { type: 'continuous evaluation', supervised: null },
    Projektarbeit: { type: 'project work', supervised: null },
    Gruppenarbeit: { type: 'group performance', supervised: null },
    Portfolio: { type: 'portfolio', supervised: false },
    Problemaufgabe: { type: 'problem based learning', supervised: null },
    'Peer-Review': { type: 'peer review', supervised: false },
    Werkstück: { type: 'artefact assessment', supervised: null },
    'Online-Test': { type: 'quiz', supervised: false },
  }),
)

/**
 * The MOOChub mapping plus what a German module handbook says: Leistungspunkte with a decimal comma and 30 hours each,
 * the DQR level (whose levels 1–8 are those of the EQF), the form of examination and whether it is graded. Semesters
 * get the dates that German law gives them.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  // The url of a MOOChub item is required; those of the sample lead nowhere.
  const draft = { ...toOpportunityFromMoochub(record, profile), homepage: null }
  const offerings = 'offerings' in draft ? withSemesters(draft.offerings) : []
  const parsed = national.safeParse(record)
  if (!parsed.success) return { ...draft, offerings }
  const { leistungspunkte, niveau, lehrform, pruefungen, benotet } = parsed.data.attributes.tuhh
  const credit = creditFromNational(leistungspunkte.replace(',', '.'), profile)
  return {
    ...draft,
    ...credit,
    workloadHours: toHoursOfWork(credit.ects, hoursPerPoint),
    eqfLevel: toLevel(niveau),
    nqfLevel: niveau,
    ...(lehrform === null ? {} : { mode: translateWord(lehrform, modes) }),
    assessments: pruefungen.map((word) => toAssessment(word, benotet)),
    offerings,
  }
}

function toLevel(niveau: string | null): number | null {
  const level = /^DQR ([1-8])$/.exec(niveau ?? '')?.[1]
  return level === undefined ? null : Number(level)
}

function toAssessment(word: string, isGraded: boolean): unknown {
  const { type, supervised } = examinations.get(word) ?? { type: word, supervised: null }
  const gradingScale = isGraded ? profile.gradingScale : 'bestanden / nicht bestanden'
  return { type, description: { de: word }, supervised, gradingScale }
}

function withSemesters(offerings: unknown): unknown {
  if (!Array.isArray(offerings)) return offerings
  return offerings.map((run: { readonly session?: { readonly name?: unknown } | null }) => {
    const semester = toSemester(run.session?.name)
    return semester === null ? run : { ...run, session: semester }
  })
}
