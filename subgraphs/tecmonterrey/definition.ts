import { join } from 'node:path'
import { createCsvSource, type MemberDefinition } from '../catalogue/index.js'
import { toOpportunity } from './adapter.js'
import { profile } from './profile.js'

/** Tecnológico de Monterrey as a member of the catalogue, with its sample data. */
export const definition: MemberDefinition = {
  profile,
  adapter: toOpportunity,
  openSource: (data) =>
    createCsvSource({
      name: 'csv data/opportunities.csv',
      location: join(data, 'opportunities.csv'),
      offeringsLocation: join(data, 'offerings.csv'),
      key: 'clave',
    }),
  sampleAcademicYear: 2026,
}
