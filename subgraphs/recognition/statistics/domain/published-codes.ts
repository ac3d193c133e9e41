import { type Dimension, sortDimensions } from './dimension.js'

/** One value of a dimension, with a name for readers. */
export interface PublishedCode {
  readonly code: string
  readonly label: string
}

/**
 * Every value that figures are given for, from the register and the reference data. Rows are made of these, never of the
 * data: whether a cell is listed must not tell whether somebody is in it.
 */
export interface PublishedCodes {
  readonly byDimension: Readonly<Record<Dimension, readonly PublishedCode[]>>
  /** Steps of each pathway, by its id. */
  readonly steps: ReadonlyMap<string, readonly PublishedCode[]>
  /** The only member of a jurisdiction, by code: see `canonicalCell`. */
  readonly soleMembers: ReadonlyMap<string, string>
  /** How many micro-credentials are offered that name the skill, by its code. Public. */
  readonly offersOfSkill: ReadonlyMap<string, number>
}

/** One code for each dimension of a breakdown. */
export type CodeSet = Readonly<Partial<Record<Dimension, string>>>

/** Which codes to list; a dimension that is missing is listed whole. */
export type CodeFilter = Readonly<Partial<Record<Dimension, readonly string[]>>>

/** Every combination of published codes of a breakdown, in the order of its dimensions. */
export function listCodeSets(
  codes: PublishedCodes,
  view: readonly Dimension[],
  filter: CodeFilter = {},
): readonly CodeSet[] {
  let sets: readonly CodeSet[] = [{}]
  for (const dimension of sortDimensions(view)) {
    const wanted = filter[dimension]
    sets = sets.flatMap((set) => {
      const own =
        dimension === 'step' && set.pathway !== undefined
          ? (codes.steps.get(set.pathway) ?? [])
          : codes.byDimension[dimension]
      return own
        .filter(({ code }) => wanted === undefined || wanted.includes(code))
        .map(({ code }) => ({ ...set, [dimension]: code }))
    })
  }
  return sets
}

/** How many combinations {@link listCodeSets} lists without a filter. */
export function countCodeSets(codes: PublishedCodes, view: readonly Dimension[]): number {
  const isByStep = view.includes('pathway') && view.includes('step')
  return view.reduce((product, dimension) => {
    if (isByStep && dimension === 'step') return product
    if (!isByStep || dimension !== 'pathway') return product * codes.byDimension[dimension].length
    const steps = codes.byDimension.pathway.map(({ code }) => codes.steps.get(code)?.length ?? 0)
    return product * steps.reduce((sum, each) => sum + each, 0)
  }, 1)
}

/** Codes of the filter that no figure is given for, as `dimension: code`. */
export function findUnknownCodes(codes: PublishedCodes, filter: CodeFilter): readonly string[] {
  return Object.entries(filter).flatMap(([name, wanted]) => {
    const known = new Set(codes.byDimension[name as Dimension].map(({ code }) => code))
    return (wanted ?? []).filter((code) => !known.has(code)).map((code) => `${name}: ${code}`)
  })
}

/** The name of a combination, for maps: codes in the order of dimensions. */
export function nameOfCodes(view: readonly Dimension[], codes: CodeSet): string {
  return sortDimensions(view)
    .map((dimension) => codes[dimension] ?? '')
    .join('\n')
}
