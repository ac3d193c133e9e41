import { expect, test } from 'vitest'
import { Cancellation } from './cancellation.js'

test('an abort tells every listener that is still there once, with its reason to be read', () => {
  const cancellation = new Cancellation()
  const told: string[] = []
  const gone = (): void => void told.push('gone')
  cancellation.addEventListener('abort', gone)
  cancellation.addEventListener('abort', () => told.push(`first ${cancellation.reason}`))
  cancellation.addEventListener('abort', { handleEvent: () => told.push('second') })
  cancellation.removeEventListener('abort', gone)
  expect(cancellation.aborted).toBe(false)
  cancellation.abort('late')
  cancellation.abort('later')
  expect(told).toEqual(['first late', 'second'])
  expect([cancellation.aborted, cancellation.reason]).toEqual([true, 'late'])
})

test('a listener that takes another out during an abort keeps it from being told', () => {
  const cancellation = new Cancellation()
  const told: string[] = []
  const other = (): void => void told.push('other')
  cancellation.addEventListener('abort', () => cancellation.removeEventListener('abort', other))
  cancellation.addEventListener('abort', other)
  cancellation.abort()
  expect(told).toEqual([])
})
