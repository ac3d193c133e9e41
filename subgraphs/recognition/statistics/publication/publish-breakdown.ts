import type { Pool } from 'pg'
import { type CellNoise, canonicalCell } from '../domain/cell-key.js'
import { contributionBounds } from '../domain/contribution-bounds.js'
import type { Dimension } from '../domain/dimension.js'
import { type CountContext, publishCount } from '../domain/publish-count.js'
import { publishEcts, publishShare } from '../domain/publish-derived.js'
import { emptyCell, type PublishedCell } from '../domain/published-cell.js'
import {
  type CodeSet,
  countCodeSets,
  nameOfCodes,
  type PublishedCodes,
} from '../domain/published-codes.js'
import type { Release } from '../domain/release.js'
import type { Population } from '../domain/statistics-family.js'
import { type ExactCells, readCells } from '../store/read-cells.js'
import { type BreakdownRequest, checkRequest } from './check-request.js'
import type { Publication } from './publication.js'

/** Whose question it is, and what answering it takes. */
export interface PublicationContext {
  readonly pool: Pool
  readonly publication: Publication
  readonly codes: PublishedCodes
  readonly noise: CellNoise
  /** ISO date. */
  readonly today: string
  readonly now: () => Date
  /** How long a question outside the roll-ups may count, in ms. */
  readonly adHocTimeoutMs: number
  /** Notes the question and takes it from the budget before anything is read; throws when there is none left. */
  readonly charge: (
    request: BreakdownRequest,
    view: readonly Dimension[],
    cells: number,
  ) => Promise<void>
  /** The release that a table is given of: the latest, as far as the policy can pay for it. */
  readonly release: (
    request: Pick<BreakdownRequest, 'family' | 'period'>,
    view: readonly Dimension[],
  ) => Promise<Release>
}

/** A published breakdown: its dimensions and a row for each combination of codes. */
export interface PublishedBreakdown {
  readonly request: BreakdownRequest
  readonly view: readonly Dimension[]
  readonly release: Release
  readonly rows: readonly PublishedRow[]
}

/** Published figures of one combination of codes. Nothing exact is left in it. */
export interface PublishedRow {
  readonly codes: CodeSet
  /** Learners, each once. */
  persons(population: Population): number
  /** Awards or requests, at most three of each learner. */
  units(population: Population): number
  /** In whole per cent. */
  share(numerator: Population, denominator: Population): PublishedCell
  ects(): PublishedCell
}

/** Publishes a breakdown. @throws HubError as `checkRequest`, `readCells` and `charge` do. */
export async function publishBreakdown(
  context: PublicationContext,
  request: BreakdownRequest,
): Promise<PublishedBreakdown> {
  const { pool, publication, codes, today, adHocTimeoutMs, charge } = context
  const { view, rows } = checkRequest(request, publication, codes, today)
  await charge(request, view, rows.length)
  const release = await context.release(request, view)
  const { family, filter } = request
  const exact = await readCells(pool, { family, view, release, filter }, adHocTimeoutMs)
  const published = rows.map((set) => publishRow(context, release, view, set, exact))
  return { request, view, release, rows: published }
}

/** One row of a breakdown that has been read. */
export function publishRow(
  context: Pick<PublicationContext, 'codes' | 'noise' | 'publication'>,
  release: Pick<Release, 'period' | 'number'>,
  view: readonly Dimension[],
  codes: CodeSet,
  exact: ExactCells,
): PublishedRow {
  const { noise, publication } = context
  const { policy } = publication
  const own = exact.get(nameOfCodes(view, codes))
  const cellOf = (population: Population) => own?.get(population) ?? emptyCell
  const nameOf = (population: Population) =>
    canonicalCell({ population, release, codes }, context.codes.soleMembers)
  const toContext = (population: Population, bound: number): CountContext => ({
    policy,
    noise,
    cell: nameOf(population),
    // At worst one learner is in every cell of the table, with as much as counts at all.
    tableSensitivity: bound * Math.max(1, countCodeSets(context.codes, view)),
  })
  const published = new Map<Population, number>()
  const persons = (population: Population): number => {
    const { persons: count } = cellOf(population)
    const own = published.get(population) ?? publishCount(count, count, toContext(population, 1))
    published.set(population, own)
    return own
  }
  return {
    codes,
    persons,
    units: (population) => {
      const { boundedUnits, persons: few } = cellOf(population)
      return publishCount(boundedUnits, few, toContext(population, contributionBounds.units))
    },
    share: (numerator, denominator) =>
      publishShare(policy, persons(numerator), persons(denominator)),
    ects: () => {
      const population = 'award.valid'
      const cell = cellOf(population)
      return publishEcts(policy, noise, nameOf(population), cell, persons(population))
    },
  }
}
