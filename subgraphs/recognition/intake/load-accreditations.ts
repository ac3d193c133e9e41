import { readFileSync } from 'node:fs'
import { HubError } from '../../../schema/index.js'
import type { AccreditationRecord } from '../domain/accreditation.js'
import { accreditationFileSchema } from './accreditation.schema.js'

/** Name of the file in a directory of reference data. */
export const accreditationFile = 'accreditations.json'

/**
 * Reads a register of accreditations.
 *
 * @throws HubError `REFERENCE_DATA_INVALID` that lists every fault with its path.
 */
export function loadAccreditations(file: string): readonly AccreditationRecord[] {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new HubError('REFERENCE_DATA_INVALID', {
      message: `${accreditationFile} cannot be read as JSON`,
      cause,
    })
  }
  const result = accreditationFileSchema.safeParse(json)
  if (result.success) return result.data
  const faults = result.error.issues.map(
    (issue) => `${accreditationFile} ${issue.path.join('.') || '(top)'}: ${issue.message}`,
  )
  throw new HubError('REFERENCE_DATA_INVALID', {
    message: `reference data has ${faults.length} faults: ${faults.join('; ')}`,
  })
}
