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
