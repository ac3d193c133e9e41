import { loadMemberRegister } from '../../../schema/index.js'
import { generateHistories } from '../../../subgraphs/recognition/index.js'

/** What the process is told as its one argument, as JSON. */
export interface GenerateTask {
  readonly databaseUrl: string
  readonly databaseName: string
  readonly registerFile: string
  readonly dataDirectory: string
  readonly learners: number
}

/** A process of its own: histories under way take memory that the roll-up must not be blamed for. */
process.once('disconnect', () => process.exit())
const task = JSON.parse(process.argv[2] ?? '') as GenerateTask
const startedAt = performance.now()
let told = startedAt
const { events } = await generateHistories({
  databaseUrl: task.databaseUrl,
  databaseName: task.databaseName,
  register: loadMemberRegister(task.registerFile),
  dataDirectory: task.dataDirectory,
  learners: task.learners,
  seed: 7,
  startsOn: '2021-08-01',
  days: 1_700,
  rollUp: false,
  onProgress: ({ done }) => {
    const now = performance.now()
    if (now - told < 15_000) return
    told = now
    process.stderr.write(`  ${done} events written, ${((now - startedAt) / 1_000).toFixed(0)} s\n`)
  },
})
process.send?.({ events })
