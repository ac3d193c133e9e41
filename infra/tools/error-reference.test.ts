import { expect, test } from 'vitest'
import { buildErrorReference } from './error-reference.js'

test('gives each code a row with status, retry and text, and escapes the column mark', () => {
  const page = buildErrorReference({
    FIRST: { httpStatus: 400, clientText: 'Either a | b.', retryable: false },
    SECOND: { httpStatus: 503, clientText: 'Later.', retryable: true },
  })
  expect(page.split('\n').slice(-3)).toEqual([
    '| `FIRST` | 400 | no | Either a \\| b. |',
    '| `SECOND` | 503 | yes | Later. |',
    '',
  ])
})
