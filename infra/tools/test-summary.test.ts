import { expect, test } from 'vitest'
import { countTests, summaryLine } from './test-summary.js'

const report = (...files: { status: string; tests: string[] }[]) =>
  JSON.stringify({
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((each) => ({ status: each })),
    })),
  })

test('counts over all files, with pending and todo tests as skipped', () => {
  const json = report(
    { status: 'passed', tests: ['passed', 'pending', 'todo', 'skipped'] },
    { status: 'failed', tests: ['failed', 'passed'] },
  )
  expect(countTests(json)).toEqual({ passed: 2, failed: 1, skipped: 3 })
})

test('counts a file that could not be loaded, or whose hook failed, as one failed', () => {
  const json = report({ status: 'failed', tests: [] }, { status: 'failed', tests: ['skipped'] })
  expect(countTests(json)).toEqual({ passed: 0, failed: 2, skipped: 1 })
})

test('prints the line that machines read', () => {
  const line = summaryLine({ passed: 12, failed: 0, skipped: 1 })
  expect(line).toBe('tests: 12 passed, 0 failed, 1 skipped')
})
