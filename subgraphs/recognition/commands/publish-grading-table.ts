import { hasRole } from '../../../schema/index.js'
import { orderGrades } from '../domain/grades/grade-order.js'
import {
  buildGradingTable,
  type Cycle,
  type GradeCount,
  type GradeOrder,
  type GradingTable,
} from '../domain/grades/grading-table.js'
import { insertGradingTable, lockGradingTableVersion } from '../store/grading-table.store.js'
import { createRecognitionStore } from '../store/recognition.store.js'
import { type CommandResult, done, FaultList, refused } from './fault.js'
import type { UnitOfWork } from './unit-of-work.js'

export interface PublishGradingTableInput {
  /** Slug of the member whose grades these are. */
  readonly member: string
  /** ISCED-F code of two to four digits. */
  readonly iscedF: string
  readonly cycle: Cycle
  /** How often each grade was given, by year; a grade may come in several lines. */
  readonly counts: readonly GradeCount[]
  /** Where the member does not grade by its jurisdiction's scale: the scale's grades, best first. */
  readonly order?: GradeOrder | null
  /** 0 for the first of a reference group. */
  readonly expectedVersion: number
}

/** Most lines of one import: every grade of a scale of a hundred over twenty years. */
const maximumCounts = 2_000
const maximumCount = 1_000_000
const longestGrade = 20

/**
 * A registrar publishes the distribution of grades of a reference group of their own member. Earlier versions stay.
 *
 * @param jurisdictionCode - Of the member; null for one that is not in the register.
 */
export async function publishGradingTable(
  unit: UnitOfWork,
  input: PublishGradingTableInput,
  jurisdictionCode: string | null,
): Promise<CommandResult<GradingTable>> {
  const { member, iscedF, cycle, counts, expectedVersion } = input
  if (!hasRole(unit.actor.principal, 'registrar', member)) {
    return refused('NOT_PERMITTED', 'member', 'only its own registrars publish a grading table')
  }
  const faults = new FaultList()
  if (!/^\d{2,4}$/.test(iscedF)) {
    faults.add('VALUE_INVALID', 'iscedF', 'has to be an ISCED-F code of two to four digits')
  }
  checkCounts(faults, counts, unit.now.getUTCFullYear())
  const order = input.order ?? (await findOrder(unit, jurisdictionCode, counts))
  if (order === null) {
    faults.add('VALUE_REQUIRED', 'order', 'no grading scale of its jurisdiction is known')
  }
  const referenceGroup = { member, iscedF, cycle }
  const version = (await lockGradingTableVersion(unit.em, referenceGroup)) + 1
  if (expectedVersion !== version - 1) {
    const message = `version ${version - 1} holds, not ${expectedVersion}`
    faults.add('VERSION_CONFLICT', 'expectedVersion', message)
  }
  const built =
    order &&
    buildGradingTable({ version: String(version), referenceGroup, synthetic: false }, order, counts)
  if (built && !built.ok) {
    faults.add('VALUE_INVALID', 'counts', `${built.code}: needs ${built.need}, has ${built.have}`)
  }
  if (!faults.isEmpty || !built?.ok) return faults.toResult()
  await insertGradingTable(unit.em, built.table, unit.now)
  unit.audit({
    entityId: `${member}:gradingtable:${iscedF}-${cycle}`,
    action: 'gradingTable.published',
    fromState: version === 1 ? null : String(version - 1),
    toState: String(version),
    reason: null,
    role: 'registrar',
    member,
  })
  return done(built.table)
}

function checkCounts(faults: FaultList, counts: readonly GradeCount[], thisYear: number): void {
  if (counts.length > maximumCounts) {
    faults.add('VALUE_TOO_LONG', 'counts', `has ${counts.length} lines, at most ${maximumCounts}`)
    return
  }
  counts.forEach(({ year, grade, count }, index) => {
    const path = `counts.${index}`
    if (year < 1990 || year > thisYear) {
      faults.add('VALUE_INVALID', `${path}.year`, `has to be 1990 to ${thisYear}`)
    }
    if (grade.trim() === '' || grade.length > longestGrade) {
      faults.add('VALUE_INVALID', `${path}.grade`, `has to have 1 to ${longestGrade} characters`)
    }
    if (count < 0 || count > maximumCount) {
      faults.add('VALUE_INVALID', `${path}.count`, `has to be 0 to ${maximumCount}`)
    }
  })
}

async function findOrder(
  { em }: UnitOfWork,
  code: string | null,
  counts: readonly GradeCount[],
): Promise<GradeOrder | null> {
  if (code === null) return null
  const jurisdiction = (await createRecognitionStore(em).findJurisdictions([code])).get(code)
  if (!jurisdiction?.gradingScale) return null
  return orderGrades(
    jurisdiction.gradingScale,
    counts.map(({ grade }) => grade),
  )
}
