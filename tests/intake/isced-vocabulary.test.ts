import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { isIscedField } from '../../subgraphs/catalogue/index.js'
import { interopData, isInteropDataPresent } from './interop-data.fixture.js'

const vocabulary = interopData('vocabulary/isced-f.csv')

describe.skipIf(!isInteropDataPresent(vocabulary))(
  `the fields of ISCED-F 2013 (needs ${vocabulary})`,
  () => {
    test('are the ones of the European list, no more and no fewer', async () => {
      const text = await readFile(vocabulary, 'utf8')
      const published = new Set([...text.matchAll(/isced-f\/(\d+)/g)].map((match) => match[1]))
      const all = Array.from({ length: 10_000 }, (_, number) => number).flatMap((number) =>
        [2, 3, 4]
          .map((digits) => String(number).padStart(digits, '0'))
          .filter((code) => code.length <= 4),
      )
      const accepted = new Set(all.filter(isIscedField))
      expect(accepted).toEqual(published)
    })
  },
)
