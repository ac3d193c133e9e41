import { readdirSync, readFileSync } from 'node:fs'

/** What a process and its descendants have used. */
export interface ProcessUsage {
  /** User and system time of all threads since the start, in ms; the kernel counts in steps of 10 ms. */
  readonly cpuMs: number
  readonly rssMb: number
}

/** Linux gives every architecture Node runs on 100 ticks a second to user space. */
const tickMs = 10
const pageMb = 4_096 / 1_048_576

/** Reads `/proc` for a process and everything it started. Processes that ended meanwhile count as nothing. */
export function readProcessUsage(pid: number): ProcessUsage {
  let cpuMs = 0
  let rssMb = 0
  for (const each of withDescendants(pid)) {
    const fields = readStat(each)
    if (fields === undefined) continue
    // Counted from the state, field 3 of proc(5): utime is field 14, stime 15, rss 24.
    cpuMs += (Number(fields[11]) + Number(fields[12])) * tickMs
    rssMb += Number(fields[21]) * pageMb
  }
  return { cpuMs, rssMb }
}

function withDescendants(root: number): readonly number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const parent = Number(readStat(pid)?.[1])
    const siblings = children.get(parent)
    if (siblings === undefined) children.set(parent, [pid])
    else siblings.push(pid)
  }
  const found = [root]
  for (const pid of found) found.push(...(children.get(pid) ?? []))
  return found
}

/** The fields after the command's name, which may itself hold spaces and brackets. */
function readStat(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
