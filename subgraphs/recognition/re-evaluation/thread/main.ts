import { parentPort, workerData } from 'node:worker_threads'
import { compileRule } from '../../domain/stacking/compile-rule.js'
import { evaluateBatch, type LearnerHistory } from '../../domain/stacking/evaluate-batch.js'
import type { StackingRule } from '../../domain/stacking/stacking-rule.js'

const { rule, date } = workerData as { readonly rule: StackingRule; readonly date: string }
const compiled = compileRule(rule)

parentPort?.on('message', (batch: readonly LearnerHistory[]) => {
  parentPort?.postMessage(evaluateBatch(compiled, batch, date))
})
