/** A value of a European controlled list, as European Learning Model documents embed it. */
export interface Concept {
  readonly id: string
  readonly type: 'Concept'
  readonly inScheme: { readonly id: string; readonly type: 'ConceptScheme' }
  readonly prefLabel: Readonly<Record<string, string>>
}

/** A concept of the list at `scheme`. */
export function toConcept(scheme: string, id: string, label: string): Concept {
  return {
    id,
    type: 'Concept',
    inScheme: { id: scheme, type: 'ConceptScheme' },
    prefLabel: { en: label },
  }
}

const europass = 'http://data.europa.eu/snb'

/** A concept of one of the lists under `http://data.europa.eu/snb`, whose schemes all end in the same word. */
export function toEuropassConcept(list: string, code: string, label: string): Concept {
  return toConcept(`${europass}/${list}/25831c2`, `${europass}/${list}/${code}`, label)
}
