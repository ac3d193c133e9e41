import type { MicroCredential } from '../domain/micro-credential.js'

/** What becomes of one sample learner. Days are counted back from the day of seeding. */
export interface SampleStory {
  readonly awards: readonly { readonly definition: MicroCredential; readonly daysAgo: number }[]
  /** Index into the published pathways; null: on none. */
  readonly pathway: number | null
  readonly isFirstAwardRevoked: boolean
  /** Whether another member is asked to recognise the first award. */
  readonly asksForRecognition: boolean
}

/**
 * The story of the learner with this index: the same in every run. The first thirteen have begun to collect what
 * digital literacy asks for and lack cybersecurity, so that each sees what would complete it.
 */
export function writeSampleStory(
  index: number,
  homeMember: string,
  definitions: readonly MicroCredential[],
): SampleStory {
  const random = createRandom(index + 1)
  const chosen =
    index < 13
      ? beginDigitalLiteracy(homeMember, definitions)
      : pickSome(definitions, random() % 5, random)
  return {
    awards: chosen.map((definition) => ({ definition, daysAgo: 20 + (random() % 500) })),
    pathway: index % 3 === 2 ? null : index,
    isFirstAwardRevoked: index % 16 === 15,
    asksForRecognition: index % 4 === 0,
  }
}

function beginDigitalLiteracy(
  homeMember: string,
  definitions: readonly MicroCredential[],
): readonly MicroCredential[] {
  const isAbout = (key: string) => (one: MicroCredential) => one.id.endsWith(key)
  const own = definitions.find(
    (one) => isAbout('-ai-foundations')(one) && one.awardingMember === homeMember,
  )
  const abroad = definitions.find(
    (one) => isAbout('-working-with-data')(one) && one.awardingMember !== homeMember,
  )
  return [own, abroad].filter((one) => one !== undefined)
}

function pickSome(
  definitions: readonly MicroCredential[],
  count: number,
  random: () => number,
): readonly MicroCredential[] {
  const left = [...definitions]
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [picked] = left.splice(random() % left.length, 1)
    return picked
  }).filter((one) => one !== undefined)
}

/** Whole numbers by xorshift: enough for a story, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  return () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state
  }
}
