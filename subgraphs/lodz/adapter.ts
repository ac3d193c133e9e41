import { z } from 'zod'
import { type CatalogueAdapter, creditFromNational, toIscedField } from '../catalogue/index.js'
import { toDecimal, toList, toLocalised, toText, toWhole } from './cell.js'
import { toOffering } from './offering.js'
import { profile } from './profile.js'
import { assessments, kinds, languages, modes, supervised, translate } from './vocabulary.js'

const scales: Readonly<Record<string, string>> = {
  ocena: profile.gradingScale,
  'zaliczenie bez oceny': 'zaliczono / nie zaliczono',
}

const cells = z.record(z.string(), z.string())
const csvRecord = z.object({ row: cells, offerings: z.array(cells) })

type Row = z.infer<typeof cells>

/**
 * Reads a row of the export with its runs: semicolons, Polish column names, decimal commas, days as DD.MM.YYYY, several
 * values in one cell separated by `|`. The level is that of the PRK, whose levels 1–8 are those of the EQF.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const { row, offerings } = csvRecord.parse(record)
  const localId = toText(row.kod_zajęć)
  const kind = translate(row.rodzaj ?? '', kinds)
  const mode = toText(row.forma_zajęć)
  const taught = toList(row.języki).map((name) => translate(name, languages))
  return {
    localId,
    kind,
    codes: localId === null ? [] : [{ codeType: 'kod_zajęć', code: localId }],
    title: toLocalised(row.tytuł_pl, row.tytuł_en),
    description: toLocalised(row.opis_pl, row.opis_en),
    ...creditFromNational(toDecimal(row.punkty_ects), profile),
    workloadHours: toWhole(row.godziny),
    eqfLevel: toEqfLevel(row),
    nqfLevel: toText(row.poziom),
    iscedF: toList(row.isced).map(toIscedField),
    learningOutcomes: toOutcomes(row),
    languages: taught,
    mode: mode === null ? null : translate(mode, modes),
    entryRequirements: toLocalised(row.wymagania_pl, row.wymagania_en),
    assessments: toAssessments(row),
    topics: toList(row.tematy),
    challenge: kind === 'CHALLENGE' ? toChallenge(row) : null,
    partOf: toList(row.część_grupy),
    synthetic: row.synthetic === 'tak',
    offerings: offerings.map((run) => toOffering(run, taught)),
  }
}

function toEqfLevel(row: Row): number | null {
  const level = /^PRK ([1-8])$/.exec(row.poziom ?? '')?.[1]
  return level === undefined ? null : Number(level)
}

// The nth outcome has the nth skill; the two languages stand in columns of their own, in the same order.
function toOutcomes(row: Row): readonly unknown[] {
  const [pl, en, skills] = [
    toList(row.efekty_pl),
    toList(row.efekty_en),
    toList(row.umiejętności_esco),
  ]
  return Array.from({ length: Math.max(pl.length, en.length) }, (_, index) => {
    const skill = skills[index]
    return {
      title: toLocalised(pl[index], en[index]),
      skills: skill === undefined ? [] : [{ escoUri: null, title: { en: skill } }],
    }
  })
}

function toAssessments(row: Row): readonly unknown[] {
  const gradingScale = translate(row.zaliczenie ?? '', scales)
  return toList(row.weryfikacja).map((word) => ({
    type: translate(word, assessments),
    description: { pl: word },
    supervised: supervised.has(word) ? true : null,
    gradingScale: gradingScale === '' ? null : gradingScale,
  }))
}

function toChallenge(row: Row): unknown {
  return {
    providers: toList(row.partnerzy),
    place: toText(row.miejsce),
    minimumTeamSize: toWhole(row.zespół_min),
    maximumTeamSize: toWhole(row.zespół_maks),
  }
}
