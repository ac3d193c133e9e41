import type { DeliveryMode } from '../domain/catalogue-record.js'

// Null: says who teaches, not how one takes part.
const modes: Readonly<Record<string, DeliveryMode | null>> = {
  coil: 'COIL',
  hybrid: 'HYBRID',
  blended: 'BLENDED',
  presential: 'PRESENTIAL',
  online: 'ONLINE',
  work_based: 'WORK_BASED',
  research_lab_based: 'LAB_BASED',
  project_based: 'PROJECT_BASED',
  joint_delivery: null,
}

const precedence: readonly DeliveryMode[] = [
  'COIL',
  'HYBRID',
  'BLENDED',
  'PRESENTIAL',
  'ONLINE',
  'WORK_BASED',
  'LAB_BASED',
  'PROJECT_BASED',
]

/**
 * One mode for the several of OEAPI. Online together with presential is blended; otherwise the first of COIL, hybrid,
 * blended, presential, online, work-based, lab-based, project-based, so that how one attends wins over how one works:
 * attendance is what people search by. Modes of the member's own (`x-…`) say nothing; any other word is passed on.
 */
export function toModeOfDelivery(value: unknown): unknown {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) return value
  const found = new Set<DeliveryMode>()
  for (const word of value) {
    if (typeof word !== 'string') return word
    if (word.startsWith('x-')) continue
    if (!Object.hasOwn(modes, word)) return word
    const mode = modes[word]
    if (mode) found.add(mode)
  }
  const isBoth = found.has('ONLINE') && found.has('PRESENTIAL')
  if (isBoth && !found.has('COIL') && !found.has('HYBRID')) return 'BLENDED'
  return precedence.find((mode) => found.has(mode)) ?? null
}
