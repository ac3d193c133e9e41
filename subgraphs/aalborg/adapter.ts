import { z } from 'zod'
import { type CatalogueAdapter, creditFromNational, toIscedField } from '../catalogue/index.js'
import { toDecimal, toList, toLocalised, toText, toWhole } from './cell.js'
import { toOffering } from './offering.js'
import { profile } from './profile.js'
import { assessments, kinds, languages, modes, supervised, translate } from './vocabulary.js'

// The words of the export, and the scale as it is printed for people from elsewhere.
const scales: Readonly<Record<string, string>> = {
  '7-trins-skala': profile.gradingScale,
  'bestået/ikke bestået': 'bestået / ikke bestået',
}

const cells = z.record(z.string(), z.string())
const csvRecord = z.object({ row: cells, offerings: z.array(cells) })

type Row = z.infer<typeof cells>

/**
 * Reads a row of the export with its runs: Danish column names, decimal commas, days as DD-MM-YYYY, several values in
 * one cell separated by `|`. Results are on the 7-point scale or passed (`bestået`), and the kind of censur is noted.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const { row, offerings } = csvRecord.parse(record)
  const localId = toText(row.kursuskode)
  const kind = translate(row.type ?? '', kinds)
  const mode = toText(row.undervisningsform)
  const taught = toList(row.undervisningssprog).map((name) => translate(name, languages))
  return {
    localId,
    kind,
    codes: localId === null ? [] : [{ codeType: 'kursuskode', code: localId }],
    title: toLocalised(row.titel, row.titel_en),
    description: toLocalised(row.beskrivelse, row.beskrivelse_en),
    ...creditFromNational(toDecimal(row.ects), profile),
    workloadHours: toWhole(row.timer),
    eqfLevel: toWhole(row.kvalifikationsniveau),
    nqfLevel: toLevelName(row),
    iscedF: toList(row.isced).map(toIscedField),
    learningOutcomes: toOutcomes(row),
    languages: taught,
    mode: mode === null ? null : translate(mode, modes),
    entryRequirements: toLocalised(row.forudsætninger, row.forudsætninger_en),
    assessments: toAssessments(row),
    topics: toList(row.emner),
    challenge: kind === 'CHALLENGE' ? toChallenge(row) : null,
    partOf: toList(row.del_af),
    synthetic: row.synthetic === 'ja',
    offerings: offerings.map((run) => toOffering(run, taught)),
  }
}

// The eight levels of the Danish framework for lifelong learning are those of the EQF.
function toLevelName(row: Row): string | null {
  const level = toText(row.kvalifikationsniveau)
  return level === null ? null : `DK NQF ${level}`
}

// The nth outcome has the nth skill; the two languages stand in columns of their own, in the same order.
function toOutcomes(row: Row): readonly unknown[] {
  const [da, en, skills] = [
    toList(row.læringsmål),
    toList(row.læringsmål_en),
    toList(row.esco_færdigheder),
  ]
  return Array.from({ length: Math.max(da.length, en.length) }, (_, index) => {
    const skill = skills[index]
    return {
      title: toLocalised(da[index], en[index]),
      skills: skill === undefined ? [] : [{ escoUri: null, title: { en: skill } }],
    }
  })
}

function toAssessments(row: Row): readonly unknown[] {
  const gradingScale = translate(row.bedømmelse ?? '', scales)
  const censur = toText(row.censur)
  return toList(row.prøveformer).map((word) => ({
    type: translate(word, assessments),
    description: { da: censur === null ? word : `${word}, ${censur} censur` },
    supervised: supervised.has(word) ? true : null,
    gradingScale: gradingScale === '' ? null : gradingScale,
  }))
}

function toChallenge(row: Row): unknown {
  return {
    providers: toList(row.udfordringsstillere),
    place: toText(row.sted),
    minimumTeamSize: toWhole(row.gruppe_min),
    maximumTeamSize: toWhole(row.gruppe_maks),
  }
}
