import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { allianceOwner, HubError, toGlobalId } from '../../../schema/index.js'
import type { LearningPathway } from '../domain/learning-pathway.js'
import { membersInvolved } from '../domain/members-involved.js'
import type { MicroCredential } from '../domain/micro-credential.js'
import { findConflicts } from './find-conflicts.js'
import { jurisdictionSchema } from './jurisdiction.schema.js'
import { type LearningPathwayEntry, learningPathwayEntrySchema } from './learning-pathway.schema.js'
import { type MicroCredentialEntry, microCredentialFileSchema } from './micro-credential.schema.js'
import type { ReferenceData } from './reference-data.js'

/** What was read, and what of it is not published here because the register does not know the member. */
export interface LoadedReferenceData {
  readonly data: ReferenceData
  /** Ids of definitions and pathways left out. */
  readonly leftOut: readonly string[]
}

/**
 * Reads and checks the three files of reference data.
 *
 * @param memberJurisdictions - Jurisdiction code by member slug, from the register. What belongs to other members is
 * left out, not refused: the same data serves an alliance whose register is a part of it.
 * @throws HubError `REFERENCE_DATA_INVALID` that lists every fault of every file with its path.
 */
export function loadReferenceData(
  directory: string,
  memberJurisdictions: ReadonlyMap<string, string>,
): LoadedReferenceData {
  const faults: string[] = []
  const jurisdictions = readFile('jurisdictions.json', z.array(jurisdictionSchema).min(1))
  const credentialFile = readFile('micro-credentials.json', microCredentialFileSchema)
  const pathways = readFile('learning-pathways.json', z.array(learningPathwayEntrySchema))
  const definitions = credentialFile?.definitions ?? []
  faults.push(
    ...findConflicts({
      jurisdictions: jurisdictions ?? [],
      definitions,
      // Without the definitions the credits of a step's opportunities are unknown.
      pathways: pathways ?? [],
    }),
  )
  if (faults.length > 0 || !jurisdictions || !credentialFile || !pathways) {
    throw new HubError('REFERENCE_DATA_INVALID', {
      message: `reference data has ${faults.length} faults: ${faults.join('; ')}`,
    })
  }
  const leftOut: string[] = []
  return {
    data: {
      issuingBody: credentialFile.issuingBody,
      jurisdictions,
      microCredentials: definitions.flatMap((entry) => {
        const jurisdictionCode = memberJurisdictions.get(entry.awardedBy)
        if (jurisdictionCode !== undefined) return [toMicroCredential(entry, jurisdictionCode)]
        leftOut.push(toGlobalId(allianceOwner, 'microcredential', entry.key))
        return []
      }),
      pathways: pathways.map(toPathway).filter((pathway) => {
        if (membersInvolved(pathway).every((member) => memberJurisdictions.has(member))) return true
        leftOut.push(pathway.id)
        return false
      }),
    },
    leftOut,
  }

  function readFile<Content>(name: string, schema: z.ZodType<Content>): Content | null {
    let json: unknown
    try {
      json = JSON.parse(readFileSync(join(directory, name), 'utf8'))
    } catch (cause) {
      faults.push(`${name} cannot be read as JSON: ${String(cause)}`)
      return null
    }
    const result = schema.safeParse(json)
    if (result.success) return result.data
    for (const issue of result.error.issues) {
      faults.push(`${name} ${issue.path.join('.') || '(top)'}: ${issue.message}`)
    }
    return null
  }
}

function toMicroCredential(entry: MicroCredentialEntry, jurisdictionCode: string): MicroCredential {
  const { key, awardedBy, opportunity, ...rest } = entry
  return {
    id: toGlobalId(allianceOwner, 'microcredential', key),
    ...rest,
    awardingInstitutionId: toGlobalId(awardedBy, 'institution', awardedBy),
    awardingMember: awardedBy,
    jurisdictionCode,
    opportunityId: opportunity,
  }
}

function toPathway({ key, steps, ...rest }: LearningPathwayEntry): LearningPathway {
  return {
    id: toGlobalId(allianceOwner, 'pathway', key),
    ...rest,
    steps: steps.map(({ opportunities, ...step }, index) => ({
      position: index + 1,
      ...step,
      opportunityIds: opportunities,
    })),
  }
}
