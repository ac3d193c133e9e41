import { join } from 'node:path'
import { createMoochubSource, type MemberDefinition } from '../catalogue/index.js'
import { toOpportunity } from './adapter.js'
import { profile } from './profile.js'

/** Hamburg University of Technology as a member of the catalogue, with its sample data. */
export const definition: MemberDefinition = {
  profile,
  adapter: toOpportunity,
  openSource: (data) =>
    createMoochubSource({
      name: 'moochub data/moochub.json',
      location: join(data, 'moochub.json'),
    }),
  sampleAcademicYear: 2026,
}
