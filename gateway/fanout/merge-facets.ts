import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql'
import { compareCodePoints } from '../../schema/index.js'
import { isFacetList } from './fan-out-contract.js'
import { type FieldAnswer, type FieldFailure, fail, type MergedField } from './field-answer.js'
import { isRecord } from './json-value.js'
import { collectSelectedFields, type Fragments, type SelectedField } from './selected-fields.js'

export interface FacetMergeOptions {
  readonly type: GraphQLObjectType
  readonly reserved: string
  readonly selected: ReadonlyMap<string, SelectedField>
  readonly fragments: Fragments
}

/** One member's facets: as the client selected them, and the reserved tree of `{ value, count }` beside. */
interface FacetPart {
  readonly shown: Readonly<Record<string, unknown>>
  readonly counted: Readonly<Record<string, unknown>>
}

/** Adds up facets: numbers summed, counts merged by value, the most frequent first, equal ones by code point. */
export function mergeFacets(
  answers: readonly FieldAnswer[],
  options: FacetMergeOptions,
): MergedField {
  const failures: FieldFailure[] = []
  const parts: FacetPart[] = []
  for (const { member, value } of answers) {
    if (!isRecord(value)) {
      failures.push(fail(member, 'SUBGRAPH_ANSWER_INVALID', 'answered with something not facets'))
      continue
    }
    parts.push({ shown: value, counted: value })
  }
  if (parts.length === 0) return { value: null, errors: [], failures, contributors: 0 }
  const { type, selected, fragments, reserved } = options
  const value = mergeParts(parts, type, selected, fragments, `${reserved}_`)
  const errors = answers.flatMap((answer) => answer.errors)
  return { value, errors, failures, contributors: parts.length }
}

function mergeParts(
  parts: readonly FacetPart[],
  type: GraphQLObjectType,
  selected: ReadonlyMap<string, SelectedField>,
  fragments: Fragments,
  prefix: string,
): Record<string, unknown> {
  const merged: Record<string, unknown> = {}
  for (const [key, { name, selectionSets }] of selected) {
    const present = parts.filter(({ shown }) => Object.hasOwn(shown, key))
    const [first] = present
    const fieldType = type.getFields()[name]?.type
    if (first === undefined) continue
    const inner = getNamedType(fieldType)
    const below = collectSelectedFields(selectionSets, fragments)
    if (isFacetList(fieldType)) {
      merged[key] = mergeCounts(present, key, `${prefix}${name}`, below)
    } else if (isObjectType(inner)) {
      const objects = present.flatMap(({ shown, counted }) => {
        const object = shown[key]
        const tree = counted[`${prefix}${name}`]
        return isRecord(object) ? [{ shown: object, counted: isRecord(tree) ? tree : {} }] : []
      })
      merged[key] = objects.length === 0 ? null : mergeParts(objects, inner, below, fragments, '')
    } else {
      merged[key] = addUp(present.map(({ shown }) => shown[key]))
    }
  }
  return merged
}

/** Numbers are summed; anything else (`__typename`) is the same everywhere. */
function addUp(values: readonly unknown[]): unknown {
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length === 0) return values[0]
  return numbers.reduce((sum, value) => sum + value, 0)
}

function mergeCounts(
  parts: readonly FacetPart[],
  key: string,
  reservedKey: string,
  below: ReadonlyMap<string, SelectedField>,
): readonly Record<string, unknown>[] {
  const totals = new Map<string, { count: number; item: Readonly<Record<string, unknown>> }>()
  for (const { shown, counted } of parts) {
    const list = counted[reservedKey]
    const items = shown[key]
    if (!Array.isArray(list) || !Array.isArray(items)) continue
    for (const [index, entry] of list.entries()) {
      const item: unknown = items[index]
      if (!isRecord(entry) || !isRecord(item)) continue
      const { value, count } = entry
      if (typeof value !== 'string' || typeof count !== 'number') continue
      const known = totals.get(value)
      if (known === undefined) totals.set(value, { count, item })
      else known.count += count
    }
  }
  return [...totals]
    .sort(([a, left], [b, right]) => right.count - left.count || compareCodePoints(a, b))
    .map(([, { count, item }]) => withCount(item, count, below))
}

function withCount(
  item: Readonly<Record<string, unknown>>,
  count: number,
  below: ReadonlyMap<string, SelectedField>,
): Record<string, unknown> {
  const counted = { ...item }
  for (const [key, { name }] of below) {
    if (name === 'count' && Object.hasOwn(counted, key)) counted[key] = count
  }
  return counted
}
