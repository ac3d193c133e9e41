import { z } from 'zod'
import { type CatalogueAdapter, creditFromNational, toIscedField } from '../catalogue/index.js'
import { toList, toLocalised, toText, toWhole } from './cell.js'
import { toOffering } from './offering.js'
import { profile } from './profile.js'
import { assessments, kinds, languages, modes, supervised, translate } from './vocabulary.js'

const scales: Readonly<Record<string, string>> = {
  '1-100': profile.gradingScale,
  'acreditado/no acreditado': 'acreditado / no acreditado',
}

const cells = z.record(z.string(), z.string())
const csvRecord = z.object({ row: cells, offerings: z.array(cells) })

type Row = z.infer<typeof cells>

/**
 * Reads a row of the export with its runs: Spanish column names, days as DD/MM/YYYY, several values in one cell separated
 * by `|`. Study load is in the institution's own units (8 are 5 ECTS, so one is 0.625), kept exact. Mexico is not
 * referenced to the EQF: `eqfLevel` stays null whatever the cycle.
 */
export const toOpportunity: CatalogueAdapter = (record) => {
  const { row, offerings } = csvRecord.parse(record)
  const localId = toText(row.clave)
  const kind = translate(row.tipo ?? '', kinds)
  const mode = toText(row.modalidad)
  const taught = toList(row.idiomas).map((name) => translate(name, languages))
  return {
    localId,
    kind,
    codes: localId === null ? [] : [{ codeType: 'clave', code: localId }],
    title: toLocalised(row.título, row.título_en),
    description: toLocalised(row.descripción, row.descripción_en),
    ...creditFromNational(row.unidades, profile),
    workloadHours: toWhole(row.horas),
    eqfLevel: null,
    nqfLevel: toText(row.nivel),
    iscedF: toList(row.campo_isced).map(toIscedField),
    learningOutcomes: toOutcomes(row),
    languages: taught,
    mode: mode === null ? null : translate(mode, modes),
    entryRequirements: toLocalised(row.requisitos, row.requisitos_en),
    assessments: toAssessments(row),
    topics: toList(row.temas),
    challenge: kind === 'CHALLENGE' ? toChallenge(row) : null,
    partOf: toList(row.parte_de),
    synthetic: row.synthetic === 'sí',
    offerings: offerings.map((run) => toOffering(run, taught)),
  }
}

// The nth outcome has the nth skill; the two languages stand in columns of their own, in the same order.
function toOutcomes(row: Row): readonly unknown[] {
  const [es, en, skills] = [
    toList(row.resultados),
    toList(row.resultados_en),
    toList(row.habilidades_esco),
  ]
  return Array.from({ length: Math.max(es.length, en.length) }, (_, index) => {
    const skill = skills[index]
    return {
      title: toLocalised(es[index], en[index]),
      skills: skill === undefined ? [] : [{ escoUri: null, title: { en: skill } }],
    }
  })
}

function toAssessments(row: Row): readonly unknown[] {
  const gradingScale = translate(row.calificación ?? '', scales)
  return toList(row.evaluación).map((word) => ({
    type: translate(word, assessments),
    description: { es: word },
    supervised: supervised.has(word) ? true : null,
    gradingScale: gradingScale === '' ? null : gradingScale,
  }))
}

function toChallenge(row: Row): unknown {
  return {
    providers: toList(row.socios_formadores),
    place: toText(row.lugar),
    minimumTeamSize: toWhole(row.equipo_mín),
    maximumTeamSize: toWhole(row.equipo_máx),
  }
}
