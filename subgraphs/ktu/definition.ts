import { join } from 'node:path'
import { createOeapiSource, type MemberDefinition } from '../catalogue/index.js'
import { toOpportunity } from './adapter.js'
import { profile } from './profile.js'

/** Kaunas University of Technology as a member of the catalogue, with its sample data. */
export const definition: MemberDefinition = {
  profile,
  adapter: toOpportunity,
  openSource: (data) =>
    createOeapiSource({ name: 'oeapi data/oeapi.json', location: join(data, 'oeapi.json') }),
  sampleAcademicYear: 2026,
}
