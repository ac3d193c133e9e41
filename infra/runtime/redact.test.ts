import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.js'
import { redactFields, redactText } from './redact.js'

const secrets = {
  token: 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl',
  esi: 'urn:schac:personalUniqueCode:int:esi:ie:12345678',
  mail: 'jane.doe@student.dcu.ie',
  url: 'postgres://hub:pass-word@db.internal:5432/hub',
  learner: 'alliance:learner:n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
}
/** Parts that give a secret away. */
const telling = ['eyJzdWIi', '12345678', 'jane.doe', 'pass-word', 'n4bQgYhM', 'Jane Doe']

describe('a log line', () => {
  it.each([
    ['a text', Object.values(secrets).join(' and ')],
    ['a text in quotes and brackets', JSON.stringify(secrets)],
    ['a header', `authorization: Bearer ${secrets.token}, DPoP abc.def`],
    ['a failed statement', `insert into award values ('${secrets.learner}', '${secrets.mail}')`],
  ])('loses what is secret in %s', (_what, text) => {
    const kept = redactText(text)
    for (const part of telling) expect(kept).not.toContain(part)
  })

  it('loses fields of telling names, however deep and however spelt', () => {
    const kept = redactFields({
      requestId: 'r1',
      request: {
        headers: { Authorization: 'opaque', 'hub-principal': 'x1' },
        variables: { a: 'v1' },
      },
      people: [
        { given_name: 'Jane Doe', familyName: 'Jane Doe', schac_personal_unique_code: 'y1' },
      ],
      [secrets.mail]: 1,
    })
    const text = JSON.stringify(kept)
    for (const part of [...telling, 'opaque', 'x1', 'v1', 'y1']) expect(text).not.toContain(part)
    expect(kept.requestId).toBe('r1')
  })

  it('keeps what operators need: codes, members, places, times', () => {
    const fields = {
      code: 'SUBGRAPH_TIMEOUT',
      member: 'dcu',
      tookMs: 12,
      ids: ['dcu:offering:CA4011'],
      url: 'http://127.0.0.1:4101/graphql',
    }
    expect(redactFields(fields)).toEqual(fields)
  })

  it('is written without them, message, fields, errors and child fields alike', () => {
    const lines: string[] = []
    const log = createLogger('debug', 'test', (line) => lines.push(line)).with({
      from: secrets.mail,
    })
    const error = new Error(`cannot send to ${secrets.mail}`, { cause: secrets.token })
    log.error(`failed for ${secrets.learner}`, { error, token: secrets.token })
    log.info(secrets.esi)
    const text = lines.join('')
    expect(lines).toHaveLength(2)
    expect(text).toContain('failed for alliance:learner:[subject]')
    for (const part of telling) expect(text).not.toContain(part)
  })

  it('takes no long time for a long text', () => {
    const text = `${'a@'.repeat(100_000)} eyJ${'a.'.repeat(100_000)}`
    const startedAt = performance.now()
    redactText(text)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })
})
