import { z } from 'zod'
import { type CatalogueAdapter, creditFromNational, toIscedField } from '../catalogue/index.js'
import { toDecimal, toList, toLocalised, toText, toWhole } from './cell.js'
import { toOffering } from './offering.js'
import { profile } from './profile.js'
import { assessments, kinds, languages, modes, translate } from './vocabulary.js'

// Spanish rule: a credit is 25 to 30 hours. The least promises nobody more than was planned.
const hoursPerCredit = 25

// MECES, the Spanish framework of higher education, has levels 1–4 for EQF 5–8.
const eqfByMeces: Readonly<Record<string, number>> = { '1': 5, '2': 6, '3': 7, '4': 8 }

const supervised = new Set(['written examination', 'oral examination', 'practical assessment'])

const cells = z.record(z.string(), z.string())
const csvRecord = z.object({ row: cells, offerings: z.array(cells) })

type Row = z.infer<typeof cells>

/**
 * Reads a row of the export with its runs: Catalan and Spanish column names, texts in three languages, decimal commas,
 * days as DD/MM/YYYY, several values in one cell separated by `|`, MECES levels instead of EQF ones.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const { row, offerings } = csvRecord.parse(record)
  const localId = toText(row.codi)
  const kind = translate(row.tipus ?? '', kinds)
  const credit = creditFromNational(toDecimal(row.credits_ects), profile)
  const meces = toText(row.nivell_meces)
  const taught = toList(row.idiomes).map((name) => translate(name, languages))
  return {
    localId,
    kind,
    codes: localId === null ? [] : [{ codeType: 'codi', code: localId }],
    title: toLocalised(row.titol_ca, row.titulo_es, row.title_en),
    description: toLocalised(row.descripcio_ca, row.descripcion_es, row.description_en),
    ...credit,
    workloadHours: toHours(credit.ects),
    eqfLevel: meces === null ? null : (eqfByMeces[meces] ?? null),
    nqfLevel: meces === null ? null : `MECES ${meces}`,
    iscedF: toList(row.ambit_isced).map(toIscedField),
    learningOutcomes: toOutcomes(row),
    languages: taught,
    mode: toMode(row),
    entryRequirements: toLocalised(row.requisits_ca, row.requisitos_es, row.requirements_en),
    assessments: toList(row.avaluacio).map(toAssessment),
    topics: toList(row.temes),
    challenge: kind === 'CHALLENGE' ? toChallenge(row) : null,
    partOf: toList(row.forma_part_de),
    synthetic: row.synthetic === 'sí',
    offerings: offerings.map((run) => toOffering(run, taught)),
  }
}

function toMode(row: Row): string | null {
  const mode = toText(row.modalitat)
  return mode === null ? null : translate(mode, modes)
}

function toHours(ects: string | null): number | null {
  return ects === null ? null : Math.round(Number(ects) * hoursPerCredit)
}

// The nth outcome has the nth competence; the three languages stand in columns of their own, in the same order.
function toOutcomes(row: Row): readonly unknown[] {
  const [ca, es, en] = [row.resultats_ca, row.resultados_es, row.outcomes_en].map(toList)
  const [skillCa, skillEs, skillEn] = [row.competencies_ca, row.competencias_es, row.skills_en].map(
    toList,
  )
  const count = Math.max(ca?.length ?? 0, es?.length ?? 0, en?.length ?? 0)
  return Array.from({ length: count }, (_, index) => {
    const skill = toLocalised(skillCa?.[index], skillEs?.[index], skillEn?.[index])
    return {
      code: `RA${index + 1}`,
      title: toLocalised(ca?.[index], es?.[index], en?.[index]),
      skills: Object.keys(skill).length === 0 ? [] : [{ escoUri: null, title: skill }],
    }
  })
}

function toAssessment(word: string): unknown {
  const type = translate(word, assessments)
  return {
    type,
    description: { ca: word },
    supervised: supervised.has(type),
    gradingScale: profile.gradingScale,
  }
}

function toChallenge(row: Row): unknown {
  return {
    providers: toList(row.entitats_repte),
    place: toText(row.lloc_repte),
    minimumTeamSize: toWhole(row.equip_minim),
    maximumTeamSize: toWhole(row.equip_maxim),
  }
}
