import {
  type CatalogueAdapter,
  type CsvCells,
  creditFromNational,
  parseCsvRecord,
  toCellDecimal,
  toCellList,
  toCellsOutcomes,
  toCellsText,
  toCellText,
  toCellWhole,
  toCellWord,
  toHoursOfWork,
  toIscedField,
  translateWord,
} from '../catalogue/index.js'
import { toOffering } from './offering.js'
import { profile } from './profile.js'
import { assessments, kinds, languages, modes } from './vocabulary.js'

// Spanish rule: a credit is 25 to 30 hours. The least promises nobody more than was planned.
const hoursPerCredit = '25'

// MECES, the Spanish framework of higher education, has levels 1–4 for EQF 5–8.
const eqfByMeces: Readonly<Record<string, number>> = { '1': 5, '2': 6, '3': 7, '4': 8 }

const supervised = new Set(['written examination', 'oral examination', 'practical assessment'])

/**
 * Reads a row of the export with its runs: Catalan and Spanish column names, texts in three languages, decimal commas,
 * days as DD/MM/YYYY, several values in one cell separated by `|`, MECES levels instead of EQF ones.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const { row, offerings } = parseCsvRecord(record)
  const localId = toCellText(row.codi)
  const kind = toCellWord(row.tipus, kinds)
  const credit = creditFromNational(toCellDecimal(row.credits_ects), profile)
  const meces = toCellText(row.nivell_meces)
  const taught = toCellList(row.idiomes).map((name) => translateWord(name, languages))
  return {
    localId,
    kind,
    codes: localId === null ? [] : [{ codeType: 'codi', code: localId }],
    title: toCellsText({ ca: row.titol_ca, es: row.titulo_es, en: row.title_en }),
    description: toCellsText({
      ca: row.descripcio_ca,
      es: row.descripcion_es,
      en: row.description_en,
    }),
    ...credit,
    workloadHours: toHoursOfWork(credit.ects, hoursPerCredit),
    eqfLevel: meces === null ? null : (eqfByMeces[meces] ?? null),
    nqfLevel: meces === null ? null : `MECES ${meces}`,
    iscedF: toCellList(row.ambit_isced).map(toIscedField),
    learningOutcomes: toOutcomes(row),
    languages: taught,
    mode: toCellWord(row.modalitat, modes),
    entryRequirements: toCellsText({
      ca: row.requisits_ca,
      es: row.requisitos_es,
      en: row.requirements_en,
    }),
    assessments: toCellList(row.avaluacio).map(toAssessment),
    topics: toCellList(row.temes),
    challenge: kind === 'CHALLENGE' ? toChallenge(row) : null,
    partOf: toCellList(row.forma_part_de),
    synthetic: row.synthetic === 'sí',
    offerings: offerings.map((run) => toOffering(run, taught)),
  }
}

function toOutcomes(row: CsvCells): readonly unknown[] {
  const outcomes = toCellsOutcomes(
    { ca: row.resultats_ca, es: row.resultados_es, en: row.outcomes_en },
    { ca: row.competencies_ca, es: row.competencias_es, en: row.skills_en },
  )
  return outcomes.map((outcome, index) => ({ code: `RA${index + 1}`, ...outcome }))
}

function toAssessment(word: string): unknown {
  const type = translateWord(word, assessments)
  return {
    type,
    description: { ca: word },
    supervised: supervised.has(type),
    gradingScale: profile.gradingScale,
  }
}

function toChallenge(row: CsvCells): unknown {
  return {
    providers: toCellList(row.entitats_repte),
    place: toCellText(row.lloc_repte),
    minimumTeamSize: toCellWhole(row.equip_minim),
    maximumTeamSize: toCellWhole(row.equip_maxim),
  }
}
