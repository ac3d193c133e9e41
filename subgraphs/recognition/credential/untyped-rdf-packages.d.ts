// Packages without types of their own, as far as we use them.

declare module 'shacl-engine' {
  export class Validator {
    constructor(dataset: object, options: { readonly factory: object })
    validate(data: { readonly dataset: object }): Promise<{ readonly results: readonly object[] }>
  }
}

declare module 'rdf-ext' {
  const environment: { dataset(quads: readonly object[]): object }
  // biome-ignore lint/style/noDefaultExport: the package has only that
  export default environment
}

declare module '@digitalbazaar/credentials-context' {
  /** The W3C's contexts by version, `v1` and `v2`. */
  export const named: ReadonlyMap<string, { readonly id: string; readonly context: object }>
}

declare module '@digitalbazaar/vc-bitstring-status-list' {
  export class BitstringStatusList {
    readonly length: number
    static decode(list: { readonly encodedList: string }): Promise<BitstringStatusList>
    getStatus(index: number): boolean
    setStatus(index: number, isSet: boolean): void
  }
  export function createList(options: { readonly length: number }): Promise<BitstringStatusList>
  export function createCredential(options: {
    readonly id: string
    readonly list: BitstringStatusList
    readonly statusPurpose: string
  }): Promise<{ readonly credentialSubject: { readonly encodedList: string } }>
}
