import {
  type CatalogueAdapter,
  type CsvCells,
  creditFromNational,
  parseCsvRecord,
  toCellList,
  toCellsOutcomes,
  toCellsText,
  toCellText,
  toCellWhole,
  toCellWord,
  toIscedField,
  translateWord,
} from '../catalogue/index.js'
import { toOffering } from './offering.js'
import { profile } from './profile.js'
import { assessments, kinds, languages, modes, supervised } from './vocabulary.js'

const scales: Readonly<Record<string, string>> = {
  '1-100': profile.gradingScale,
  'acreditado/no acreditado': 'acreditado / no acreditado',
}

/**
 * Reads a row of the export with its runs: Spanish column names, days as DD/MM/YYYY, several values in one cell separated
 * by `|`. Study load is in the institution's own units (8 are 5 ECTS, so one is 0.625), kept exact. Mexico is not
 * referenced to the EQF: `eqfLevel` stays null whatever the cycle.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const { row, offerings } = parseCsvRecord(record)
  const localId = toCellText(row.clave)
  const kind = toCellWord(row.tipo, kinds)
  const taught = toCellList(row.idiomas).map((name) => translateWord(name, languages))
  return {
    localId,
    kind,
    codes: localId === null ? [] : [{ codeType: 'clave', code: localId }],
    title: toCellsText({ es: row.título, en: row.título_en }),
    description: toCellsText({ es: row.descripción, en: row.descripción_en }),
    ...creditFromNational(row.unidades, profile),
    workloadHours: toCellWhole(row.horas),
    eqfLevel: null,
    nqfLevel: toCellText(row.nivel),
    iscedF: toCellList(row.campo_isced).map(toIscedField),
    learningOutcomes: toCellsOutcomes(
      { es: row.resultados, en: row.resultados_en },
      { en: row.habilidades_esco },
    ),
    languages: taught,
    mode: toCellWord(row.modalidad, modes),
    entryRequirements: toCellsText({ es: row.requisitos, en: row.requisitos_en }),
    assessments: toAssessments(row),
    topics: toCellList(row.temas),
    challenge: kind === 'CHALLENGE' ? toChallenge(row) : null,
    partOf: toCellList(row.parte_de),
    synthetic: row.synthetic === 'sí',
    offerings: offerings.map((run) => toOffering(run, taught)),
  }
}

function toAssessments(row: CsvCells): readonly unknown[] {
  const gradingScale = toCellWord(row.calificación, scales)
  return toCellList(row.evaluación).map((word) => ({
    type: translateWord(word, assessments),
    description: { es: word },
    supervised: supervised.has(word) ? true : null,
    gradingScale,
  }))
}

function toChallenge(row: CsvCells): unknown {
  return {
    providers: toCellList(row.socios_formadores),
    place: toCellText(row.lugar),
    minimumTeamSize: toCellWhole(row.equipo_mín),
    maximumTeamSize: toCellWhole(row.equipo_máx),
  }
}
