import type { FakeOffering } from '../fixtures/members/fake-catalogue.js'

/** Offerings of one member with few distinct dates, so that ties between members occur. */
export function makeOfferings(slug: string, count: number, seed = 1): readonly FakeOffering[] {
  return Array.from({ length: count }, (_, index) => {
    const day = ((index * 7 + seed * 3) % 28) + 1
    return {
      id: `${slug}:offering:${index}`,
      title: `${slug} course ${index}`,
      startDate: `2026-09-${String(day).padStart(2, '0')}`,
      language: index % 3 === 0 ? 'en' : slug,
    }
  })
}
