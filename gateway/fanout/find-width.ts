import { HubError } from '../../schema/index.js'
import type { MemberDirectory } from '../registry/member-directory.js'
import { narrowMembers } from './eligible-members.js'
import { readFanOutContract } from './fan-out-contract.js'

/**
 * Finds out how many members a root field asks, for the arguments given: all, or those its filter names. Undefined for a field
 * the fan-out does not answer.
 */
export function createWidthFinder(
  catalogueSdl: string,
  directory: Pick<MemberDirectory, 'entries'>,
) {
  const { strategies } = readFanOutContract(catalogueSdl)
  return (fieldName: string) => {
    const strategy = strategies.get(fieldName)
    if (strategy === undefined || !('membersPath' in strategy)) {
      return strategy === undefined ? undefined : () => 1
    }
    return (values: Readonly<Record<string, unknown>>): number => {
      try {
        return Math.max(1, narrowMembers(directory.entries(), strategy, values).length)
      } catch (error) {
        // A member nobody knows: the fan-out will say so, and ask nobody.
        if (error instanceof HubError) return 1
        throw error
      }
    }
  }
}
