import type { KeyRing } from './key-ring.js'

/**
 * Whom a subgraph answers: the gateway alone, known by its signature, or `anyone`, who then is anonymous whatever they
 * claim. The latter is for a member's work on its own machine.
 */
export type Callers =
  | { readonly kind: 'gateway'; readonly keys: KeyRing }
  | { readonly kind: 'anyone' }
