import { isLocalId } from '../../../schema/index.js'
import { asList, asObject, asText, isObject, type LooseObject, own } from './loose-json.js'

/**
 * The local id of an OEAPI object: its primary code where it can stand in a hub id, because people know it and it
 * survives a change of system; else its UUID. Null when it has neither.
 */
export function toOeapiId(body: LooseObject, idField: string): string | null {
  const code = readPrimaryCode(body)
  return code !== null && isLocalId(code) ? code : asText(own(body, idField))
}

/** The code in `primaryCode`, or null. */
export function readPrimaryCode(body: LooseObject): string | null {
  return asText(own(asObject(own(body, 'primaryCode')), 'code'))?.trim() ?? null
}

/** The primary and the other codes, each once. */
export function toOeapiCodes(body: LooseObject): readonly unknown[] {
  const seen = new Set<string>()
  const codes: unknown[] = []
  for (const entry of [own(body, 'primaryCode'), ...asList(own(body, 'otherCodes'))]) {
    if (entry === undefined || entry === null) continue
    if (!isObject(entry)) {
      codes.push(entry)
      continue
    }
    const [codeType, code] = [own(entry, 'codeType'), own(entry, 'code')]
    const key = JSON.stringify([String(codeType), String(code)])
    if (seen.has(key)) continue
    seen.add(key)
    codes.push({ codeType, code })
  }
  return codes
}
