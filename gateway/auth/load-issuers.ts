import { readFile } from 'node:fs/promises'
import { HubError } from '../../schema/index.js'
import { type IssuerConfig, parseIssuers } from './issuer-config.js'

/**
 * The issuers in a configuration file; see {@link parseIssuers}.
 *
 * @throws HubError `CONFIG_INVALID`, naming the file.
 */
export async function loadIssuers(
  file: string,
  isProduction: boolean,
): Promise<readonly IssuerConfig[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const message = `the issuers ${file} cannot be read`
    throw new HubError('CONFIG_INVALID', { message, cause })
  })
  return parseIssuers(text, { origin: file, isProduction })
}
