import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { createCellNoise } from '../domain/cell-key.js'
import type { Dimension } from '../domain/dimension.js'
import { type DisclosurePolicy, reachOf } from '../domain/disclosure-policy.js'
import {
  type CodeSet,
  listCodeSets,
  nameOfCodes,
  type PublishedCodes,
} from '../domain/published-codes.js'
import type { Release } from '../domain/release.js'
import {
  periodKinds,
  periodsPerYear,
  type ReportingPeriod,
  toPeriod,
} from '../domain/reporting-period.js'
import {
  type Family,
  type Population,
  rolledUpViews,
  viewName,
} from '../domain/statistics-family.js'
import { analystPublication } from '../publication/publication.js'
import { publishRow } from '../publication/publish-breakdown.js'
import { type ExactCells, readCells } from '../store/read-cells.js'
import { readReleases } from '../store/releases.js'

/** One published cell as an attacker has it, and the truth to judge the attack by. */
export interface KnownCell {
  readonly name: string
  readonly published: number
  readonly truth: number
  /** What the attacker knows for certain by now; both ends included. */
  low: number
  high: number
}

/** A published table of one population, with the exact cells it was made from. */
export interface ExactTable {
  readonly view: readonly Dimension[]
  readonly period: ReportingPeriod
  readonly release: Release
  readonly rows: readonly CodeSet[]
  readonly exact: ExactCells
}

/** Every table of a family that is published for a reporting year, its quarters and months. */
export async function readTables(
  pool: Pool,
  codes: PublishedCodes,
  family: Family,
  reportingYear: number,
): Promise<readonly ExactTable[]> {
  const tables: ExactTable[] = []
  for (const kind of periodKinds) {
    for (let number = 1; number <= periodsPerYear[kind]; number += 1) {
      const period = toPeriod(kind, reportingYear, number)
      const [release] = await readReleases(pool, period, new Date('2026-11-23T12:00:00Z'))
      for (const view of rolledUpViews(family, kind)) {
        const exact = await readCells(pool, { family, view, release, filter: {} }, 5_000)
        tables.push({ view, period, release, rows: listCodeSets(codes, view), exact })
      }
    }
  }
  return tables
}

/** What the tables say once they are published under a policy and a secret nobody knows. */
export function publishTables(
  tables: readonly ExactTable[],
  codes: PublishedCodes,
  population: Population,
  policy: DisclosurePolicy,
  seed: number,
): ReadonlyMap<string, KnownCell> {
  const noise = createCellNoise(createHash('sha256').update(`attack ${seed}`).digest())
  const context = { codes, noise, publication: { ...analystPublication, policy } }
  const reach = reachOf(policy)
  const known = new Map<string, KnownCell>()
  for (const { view, period, release, rows, exact } of tables) {
    for (const row of rows) {
      const published = publishRow(context, release, view, row, exact).persons(population)
      const name = cellName(view, period, row)
      known.set(name, {
        name,
        published,
        truth: exact.get(nameOfCodes(view, row))?.get(population)?.persons ?? 0,
        // The policy is public: 5 and more stands on at least three, 0 on anything rounding takes there.
        low: published === 0 ? 0 : Math.max(policy.zeroUpTo + 1, published - reach),
        high: Math.max(policy.zeroUpTo, published + reach),
      })
    }
  }
  return known
}

/** The name of a cell in the attacker's book. */
export function cellName(
  view: readonly Dimension[],
  period: ReportingPeriod,
  codes: CodeSet,
): string {
  return `${period.code}|${viewName(view)}|${nameOfCodes(view, codes)}`
}
