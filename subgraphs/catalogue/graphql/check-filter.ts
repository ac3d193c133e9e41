import { HubError } from '../../../schema/index.js'
import type { CatalogueFilter } from '../domain/catalogue-filter.js'
import { toThousandths } from '../domain/credit-thousandths.js'
import { parseCatalogueLanguage } from '../domain/language-tag.js'
import type { CatalogueMember } from './catalogue-member.js'

const maximumTextLength = 200
const maximumListLength = 100
const maximumValueLength = 64
const maximumEcts = 1_000_000

/**
 * A client's filter made ready for the store: bounded, and with languages as the catalogue files them (`en-GB` is
 * found under `en`).
 *
 * @throws HubError `BAD_USER_INPUT` that names the argument and the limit.
 */
export function checkFilter(
  filter: CatalogueFilter | null | undefined,
  member: Pick<CatalogueMember, 'languages'>,
): CatalogueFilter {
  if (!filter) return {}
  const { text, languages } = filter
  if (text && text.length > maximumTextLength) {
    throw new HubError('BAD_USER_INPUT', {
      message: `filter.text has ${text.length} characters, more than the limit of ${maximumTextLength}`,
      limit: maximumTextLength,
    })
  }
  if (text) checkCharacters('text', text)
  for (const [name, list] of Object.entries(filter)) {
    if (Array.isArray(list)) checkList(name, list)
  }
  checkEcts(filter.ects)
  if (!languages) return filter
  return {
    ...filter,
    languages: languages.map((tag) => parseCatalogueLanguage(tag, member.languages) ?? tag),
  }
}

function checkList(name: string, list: readonly unknown[]): void {
  if (list.length > maximumListLength) {
    throw new HubError('BAD_USER_INPUT', {
      message: `filter.${name} has ${list.length} values, more than the limit of ${maximumListLength}`,
      limit: maximumListLength,
    })
  }
  for (const value of list) {
    if (typeof value !== 'string') continue
    checkCharacters(name, value)
    if (value.length > maximumValueLength) {
      throw new HubError('BAD_USER_INPUT', {
        message: `a value of filter.${name} has more than ${maximumValueLength} characters`,
        limit: maximumValueLength,
      })
    }
  }
}

function checkEcts(range: CatalogueFilter['ects']): void {
  for (const bound of [range?.minimum, range?.maximum]) {
    const thousandths = bound ? toThousandths(bound) : 0
    if (thousandths !== null && Math.abs(thousandths) <= maximumEcts * 1_000) continue
    throw new HubError('BAD_USER_INPUT', {
      message: `a bound of filter.ects is beyond ${maximumEcts} credits`,
      limit: maximumEcts,
    })
  }
}

/** Postgres cannot store the character NUL, so nothing contains it. */
function checkCharacters(name: string, value: string): void {
  if (!value.includes('\0')) return
  throw new HubError('BAD_USER_INPUT', { message: `filter.${name} contains the character NUL` })
}
