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

const scales: Readonly<Record<string, string>> = {
  ocena: profile.gradingScale,
  'zaliczenie bez oceny': 'zaliczono / nie zaliczono',
}

/**
 * Reads a row of the export with its runs: semicolons, Polish column names, decimal commas, days as DD.MM.YYYY, several
 * values in one cell separated by `|`. The level is that of the PRK, whose levels 1–8 are those of the EQF.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const { row, offerings } = parseCsvRecord(record)
  const localId = toCellText(row.kod_zajęć)
  const kind = toCellWord(row.rodzaj, kinds)
  const taught = toCellList(row.języki).map((name) => translateWord(name, languages))
  return {
    localId,
    kind,
    codes: localId === null ? [] : [{ codeType: 'kod_zajęć', code: localId }],
    title: toCellsText({ pl: row.tytuł_pl, en: row.tytuł_en }),
    description: toCellsText({ pl: row.opis_pl, en: row.opis_en }),
    ...creditFromNational(toCellDecimal(row.punkty_ects), profile),
    workloadHours: toCellWhole(row.godziny),
    eqfLevel: toEqfLevel(row),
    nqfLevel: toCellText(row.poziom),
    iscedF: toCellList(row.isced).map(toIscedField),
    learningOutcomes: toCellsOutcomes(
      { pl: row.efekty_pl, en: row.efekty_en },
      { en: row.umiejętności_esco },
    ),
    languages: taught,
    mode: toCellWord(row.forma_zajęć, modes),
    entryRequirements: toCellsText({ pl: row.wymagania_pl, en: row.wymagania_en }),
    assessments: toAssessments(row),
    topics: toCellList(row.tematy),
    challenge: kind === 'CHALLENGE' ? toChallenge(row) : null,
    partOf: toCellList(row.część_grupy),
    synthetic: row.synthetic === 'tak',
    offerings: offerings.map((run) => toOffering(run, taught)),
  }
}

function toEqfLevel(row: CsvCells): number | null {
  const level = /^PRK ([1-8])$/.exec(row.poziom ?? '')?.[1]
  return level === undefined ? null : Number(level)
}

function toAssessments(row: CsvCells): readonly unknown[] {
  const gradingScale = toCellWord(row.zaliczenie, scales)
  return toCellList(row.weryfikacja).map((word) => ({
    type: translateWord(word, assessments),
    description: { pl: word },
    supervised: supervised.has(word) ? true : null,
    gradingScale,
  }))
}

function toChallenge(row: CsvCells): unknown {
  return {
    providers: toCellList(row.partnerzy),
    place: toCellText(row.miejsce),
    minimumTeamSize: toCellWhole(row.zespół_min),
    maximumTeamSize: toCellWhole(row.zespół_maks),
  }
}
