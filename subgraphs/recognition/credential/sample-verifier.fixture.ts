import type { IssueDeps } from './issue/issue-vc-jwt.js'
import { buildOfflineContexts } from './json-ld/offline-contexts.js'
import { sampleNow, sampleSource } from './sample-source.fixture.js'
import { statusListLength, writeBit } from './status/bitstring.js'
import { statusPurposes, toStatusListUrl } from './status/status-entry.js'
import { signStatusList } from './status/status-list-credential.js'
import { createGraphCheck } from './verify/graph/create-graph-check.js'
import { toTrustedIssuer } from './verify/own-issuer.js'
import type { ElmShapes } from './verify/shacl-shapes.js'
import { createStatusListReader } from './verify/status-list-reader.js'
import { createTrustStore } from './verify/trust-store.js'
import type { VerifyDeps } from './verify/verify-credential.js'

/** What verifying takes, with one issuer trusted and its lists of statuses in memory. */
export async function createSampleVerifier(
  { issuer, keys }: IssueDeps,
  options: {
    readonly shapes?: ElmShapes | null
    /** Bits that are set, by URL of the list. */
    readonly set?: Readonly<Record<string, number>>
    readonly now?: Date
  } = {},
): Promise<VerifyDeps> {
  const { shapes = null, set = {}, now = sampleNow } = options
  const { awardingBody } = sampleSource
  const trust = createTrustStore([
    toTrustedIssuer(issuer, keys, [awardingBody.id, awardingBody.legalNames.en]),
  ])
  const pair = `${issuer.origin}/credentials/status/1`
  const lists = new Map<string, string>()
  for (const purpose of statusPurposes) {
    const url = toStatusListUrl(pair, purpose)
    const bits = new Uint8Array(statusListLength / 8)
    if (set[url] !== undefined) writeBit(bits, set[url], true)
    const list = { url, purpose, bits }
    lists.set(url, await signStatusList(list, issuer, keys.signer('ES256', sampleNow), sampleNow))
  }
  const clock = () => now.getTime()
  return {
    checkGraph: createGraphCheck({ contexts: buildOfflineContexts(shapes?.context), shapes }),
    trust,
    remoteKeys: null,
    statusLists: createStatusListReader({
      load: async (url) => {
        const text = lists.get(url)
        if (text === undefined) throw new Error('no such list')
        return text
      },
      trust,
      remoteKeys: null,
      now: clock,
    }),
    accreditations: () => [],
    now: clock,
  }
}
