import { type GatewayConfig, readGatewayConfig } from '../../gateway/index.js'
import { RuntimeFailure } from '../runtime/index.js'
import { type LaunchConfig, readLaunchConfig } from './config.js'

/**
 * Reads the configurations of launcher and gateway.
 *
 * @throws RuntimeFailure `CONFIG_INVALID` that lists every variable at fault in either.
 */
export function readHubConfig(
  env: Readonly<Record<string, string | undefined>>,
  rootDirectory: string,
): { readonly config: LaunchConfig; readonly gatewayConfig: GatewayConfig } {
  const problems: string[] = []
  const collect = <Config>(read: () => Config): Config | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof RuntimeFailure)) throw error
      problems.push(error.message)
      return undefined
    }
  }
  const config = collect(() => readLaunchConfig(env, rootDirectory))
  const gatewayConfig = collect(() => readGatewayConfig(env))
  if (config === undefined || gatewayConfig === undefined) {
    throw new RuntimeFailure('CONFIG_INVALID', problems.join('; '))
  }
  return { config, gatewayConfig }
}
