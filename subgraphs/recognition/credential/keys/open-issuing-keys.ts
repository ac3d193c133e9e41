import { HubError } from '../../../../schema/index.js'
import { loadKeyRing } from './key-directory.js'
import { hasManifest } from './key-files.js'
import type { KeyRing } from './key-ring.js'
import { ensureTestKeys } from './make-test-keys.js'
import type { CertifiedOrganisation } from './test-authority.js'

/**
 * The keys an issuing body seals with. Where test keys are allowed, they are made when there are none; where not, a hub
 * without real keys does not start: nobody would notice that its seals are worth nothing.
 *
 * @throws HubError `SIGNING_KEYS_INVALID`.
 */
export async function openIssuingKeys(
  directory: string,
  organisation: CertifiedOrganisation,
  options: { readonly allowsTestKeys: boolean; readonly now: Date },
): Promise<KeyRing> {
  const { allowsTestKeys, now } = options
  if (allowsTestKeys) await ensureTestKeys(directory, organisation, now)
  else if (!(await hasManifest(directory))) return refuse('has no keys', directory)
  const keys = await loadKeyRing(directory)
  if (keys.isTest && !allowsTestKeys) return refuse('has test keys', directory)
  return keys
}

function refuse(fault: string, directory: string): never {
  throw new HubError('SIGNING_KEYS_INVALID', {
    message:
      `in production credentials are issued with real keys only, and HUB_CREDENTIAL_KEYS (${directory}) ${fault}; ` +
      'put one in: npm run keys -- credentials rotate --help',
  })
}
