import { expect, test } from 'vitest'
import { wrapLabel } from './wrap-label.js'

test.each([
  ['short', ['short']],
  ['breaks between words', ['breaks', 'between', 'words']],
  ['two by two are here', ['two by two', 'are here']],
  ['unbreakableword', ['unbreakab…']],
  ['one more word than there is any room for at all', ['one more', 'word than', 'there is…']],
])('a label %j of ten characters and three lines is %j', (text, lines) => {
  expect(wrapLabel(text, 10, 3)).toEqual(lines)
})
