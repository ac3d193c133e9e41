import { z } from 'zod'
import { isLocalId } from '../../schema/index.js'
import { type CatalogueAdapter, toOpportunityFromOeapi } from '../catalogue/index.js'
import { profile } from './profile.js'

interface Level {
  readonly eqf: number
  readonly nkr: string
}

// Courses say to which cycle they belong, not their NKR level. A first-cycle course counts towards a bachelor's degree
// (6.2), and one of foundation studies towards a two-year vocational degree (5.2).
const levels: Readonly<Record<string, Level>> = {
  Grunnutdanning: { eqf: 5, nkr: 'NKR 5.2' },
  'Lavere grad': { eqf: 6, nkr: 'NKR 6.2' },
  'Høyere grad': { eqf: 7, nkr: 'NKR 7' },
}

const asciiLetters: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Ø: 'O',
  Å: 'A',
}

const national = z.object({ course: z.object({ ext: z.object({ studienivaa: z.string() }) }) })
const identified = z.object({
  course: z.object({ primaryCode: z.object({ code: z.string() }) }),
  offerings: z.array(z.object({ primaryCode: z.object({ code: z.string() }) })),
})

/**
 * The OEAPI mapping plus three Norwegian conventions: study load in `x-studiepoeng`, the NKR level by `studienivaa`,
 * and course codes with Æ, Ø or Å, which cannot stand in a hub id: `ØKO444` is filed as `OKO444` and keeps its code.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const draft = toOpportunityFromOeapi(record, profile)
  const level = readLevel(record)
  return {
    ...draft,
    ...toAsciiIds(record, draft),
    eqfLevel: level?.eqf ?? null,
    nqfLevel: level?.nkr ?? null,
  }
}

function readLevel(record: unknown): Level | null {
  const parsed = national.safeParse(record)
  return parsed.success ? (levels[parsed.data.course.ext.studienivaa] ?? null) : null
}

function toAsciiIds(
  record: unknown,
  draft: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const parsed = identified.safeParse(record)
  if (!parsed.success) return {}
  const { course, offerings: runs } = parsed.data
  const offerings = Array.isArray(draft.offerings) ? draft.offerings : []
  return {
    localId: toAscii(course.primaryCode.code) ?? draft.localId,
    // The mapping keeps the order of the runs, so each is found by its place.
    offerings: offerings.map((offering: { localId: unknown }, index) => ({
      ...offering,
      localId: toAscii(runs[index]?.primaryCode.code ?? '') ?? offering.localId,
    })),
  }
}

function toAscii(code: string): string | null {
  const ascii = code.trim().replaceAll(/[ÆØÅ]/g, (letter) => asciiLetters[letter] ?? letter)
  return isLocalId(ascii) ? ascii : null
}
