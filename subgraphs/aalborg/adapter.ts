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
  toIscedField,
  translateWord,
} from '../catalogue/index.js'
import { toOffering } from './offering.js'
import { profile } from './profile.js'
import { assessments, kinds, languages, modes, supervised } from './vocabulary.js'

// The words of the export, and the scale as it is printed for people from elsewhere.
const scales: Readonly<Record<string, string>> = {
  '7-trins-skala': profile.gradingScale,
  'bestået/ikke bestået': 'bestået / ikke bestået',
}

/**
 * Reads a row of the export with its runs: Danish column names, decimal commas, days as DD-MM-YYYY, several values in
 * one cell separated by `|`. Results are on the 7-point scale or passed (`bestået`), and the kind of censur is noted.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const { row, offerings } = parseCsvRecord(record)
  const localId = toCellText(row.kursuskode)
  const kind = toCellWord(row.type, kinds)
  const taught = toCellList(row.undervisningssprog).map((name) => translateWord(name, languages))
  return {
    localId,
    kind,
    codes: localId === null ? [] : [{ codeType: 'kursuskode', code: localId }],
    title: toCellsText({ da: row.titel, en: row.titel_en }),
    description: toCellsText({ da: row.beskrivelse, en: row.beskrivelse_en }),
    ...creditFromNational(toCellDecimal(row.ects), profile),
    workloadHours: toCellWhole(row.timer),
    eqfLevel: toCellWhole(row.kvalifikationsniveau),
    nqfLevel: toLevelName(row),
    iscedF: toCellList(row.isced).map(toIscedField),
    learningOutcomes: toCellsOutcomes(
      { da: row.læringsmål, en: row.læringsmål_en },
      { en: row.esco_færdigheder },
    ),
    languages: taught,
    mode: toCellWord(row.undervisningsform, modes),
    entryRequirements: toCellsText({ da: row.forudsætninger, en: row.forudsætninger_en }),
    assessments: toAssessments(row),
    topics: toCellList(row.emner),
    challenge: kind === 'CHALLENGE' ? toChallenge(row) : null,
    partOf: toCellList(row.del_af),
    synthetic: row.synthetic === 'ja',
    offerings: offerings.map((run) => toOffering(run, taught)),
  }
}

// The eight levels of the Danish framework for lifelong learning are those of the EQF.
function toLevelName(row: CsvCells): string | null {
  const level = toCellText(row.kvalifikationsniveau)
  return level === null ? null : `DK NQF ${level}`
}

function toAssessments(row: CsvCells): readonly unknown[] {
  const gradingScale = toCellWord(row.bedømmelse, scales)
  const censur = toCellText(row.censur)
  return toCellList(row.prøveformer).map((word) => ({
    type: translateWord(word, assessments),
    description: { da: censur === null ? word : `${word}, ${censur} censur` },
    supervised: supervised.has(word) ? true : null,
    gradingScale,
  }))
}

function toChallenge(row: CsvCells): unknown {
  return {
    providers: toCellList(row.udfordringsstillere),
    place: toCellText(row.sted),
    minimumTeamSize: toCellWhole(row.gruppe_min),
    maximumTeamSize: toCellWhole(row.gruppe_maks),
  }
}
