import { parentPort } from 'node:worker_threads'
import { type CompiledStack, compileStack } from '../../domain/evaluate-all-stacks.js'
import { evaluateLearners } from '../../domain/evaluate-learners.js'
import { encodeEvaluations } from '../encode-evaluations.js'
import { decodeHistories } from '../encode-histories.js'
import type { ThreadRequest } from '../evaluation-thread.js'

let stacks: readonly CompiledStack[] = []
let date = ''

parentPort?.on('message', (request: ThreadRequest) => {
  if (request.rules) stacks = request.rules.map(compileStack)
  date = request.date ?? date
  const histories = decodeHistories(request.histories)
  const evaluations = evaluateLearners(stacks, histories, date)
  parentPort?.postMessage(encodeEvaluations(stacks, histories, evaluations))
})
