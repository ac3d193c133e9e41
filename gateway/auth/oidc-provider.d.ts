/** What the tests use of the package, which brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>)
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    readonly Client: { find(id: string): Promise<object | undefined> }
    readonly AccessToken: new (
      fields: Readonly<Record<string, unknown>>,
    ) => { resourceServer?: object; save(): Promise<string> }
    readonly ResourceServer: new (
      identifier: string,
      fields: Readonly<Record<string, unknown>>,
    ) => object
  }
}
