import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { HubError } from '../../../../schema/index.js'
import { type TrustedIssuer, trustedIssuerSchema } from '../verify/trust-store.js'

const fileSchema = z.object({ issuers: z.array(trustedIssuerSchema) })

/**
 * Reads a trust file: `{"issuers": […]}`, each as `TrustedIssuer` describes it.
 *
 * @throws HubError `CONFIG_INVALID` that names the file and every fault.
 */
export async function readTrustedIssuers(file: string): Promise<readonly TrustedIssuer[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HubError('CONFIG_INVALID', { message: `trust file ${file} cannot be read`, cause })
  })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new HubError('CONFIG_INVALID', { message: `trust file ${file} is not JSON` })
  }
  const result = fileSchema.safeParse(json)
  if (result.success) return result.data.issuers
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new HubError('CONFIG_INVALID', { message: `trust file ${file}: ${faults.join('; ')}` })
}

/**
 * Writes a trust file beside the keys: what somebody on this machine, or who is given it, needs to verify what this hub
 * issued. Nothing in it is secret.
 */
export async function writeTrustFile(
  directory: string,
  issuers: readonly TrustedIssuer[],
): Promise<void> {
  const file = join(directory, 'trust.json')
  const draft = `${file}.${process.pid}.draft`
  const copies = issuers.map((issuer) => ({ ...issuer, isComplete: false }))
  await writeFile(draft, `${JSON.stringify({ issuers: copies }, null, 2)}\n`, { mode: 0o644 })
  await rename(draft, file)
}
