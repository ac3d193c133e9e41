import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Parser, type Quad, Store } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'
import { applicationProfiles } from '../issue/elm/build-european-credential.js'

/** The Commission's SHACL shapes and its context, read from a directory they were put into. */
export interface ElmShapes {
  /** The Commission's JSON-LD context for ELM. */
  readonly context: object
  /** One validator for each application profile whose identifier a credential may name. */
  readonly validators: ReadonlyMap<string, ShaclCheck>
}

/** Checks statements against one profile and names what is wrong. */
export type ShaclCheck = (quads: readonly Quad[]) => Promise<readonly ShaclFault[]>

export interface ShaclFault {
  /** Last part of the property's IRI, e.g. `eidasLegalIdentifier`; empty when the node itself is at fault. */
  readonly property: string
  readonly message: string
}

const baseFile = 'EDC-generic-no-cv.ttl'
const genericFile = 'EDC-generic-full.ttl'
const profileFiles = [
  ['http://data.europa.eu/snb/model/ap/edc-generic-no-cv', [baseFile]],
  [applicationProfiles.generic, [baseFile, genericFile]],
  [applicationProfiles.mandate, [baseFile, genericFile, 'EDC-issuedByMandate.ttl']],
  [applicationProfiles.accredited, [baseFile, genericFile, 'EDC-accredited.ttl']],
] as const

/** The shapes in `directory`, or null when it does not have them. Their names are those of the ELM repository. */
export async function loadElmShapes(directory: string): Promise<ElmShapes | null> {
  try {
    const read = (name: string) => readFile(join(directory, name), 'utf8')
    const parsed = new Map<string, Promise<Quad[]>>()
    const parse = (name: string) => {
      const known = parsed.get(name) ?? read(name).then(parseShapes)
      parsed.set(name, known)
      return known
    }
    const validators = new Map<string, ShaclCheck>()
    for (const [profile, files] of profileFiles) {
      validators.set(profile, createCheck((await Promise.all(files.map(parse))).flat()))
    }
    return { context: JSON.parse(await read('edc-ap-context.jsonld')) as object, validators }
  } catch {
    return null
  }
}

function parseShapes(text: string): Quad[] {
  // Without owl:imports: we put the imported file beside it instead of letting the engine fetch.
  return new Parser()
    .parse(text)
    .filter((quad) => quad.predicate.value !== 'http://www.w3.org/2002/07/owl#imports')
}

function createCheck(shapes: readonly Quad[]): ShaclCheck {
  let validator: SHACLValidator | undefined
  return async (quads) => {
    // Made when first asked: building one takes a tenth of a second, and most processes need one profile.
    validator ??= new SHACLValidator(new Store([...shapes]))
    const report = await validator.validate(new Store([...quads]))
    return report.results
      .filter((result) => result.severity.value.endsWith('#Violation'))
      .map((result) => ({
        // A node at fault as a whole has no path.
        property: lastPart((result.path as { value: string } | undefined)?.value ?? ''),
        message: result.message.map((text) => text.value).join('; ') || 'violates its shape',
      }))
  }
}

function lastPart(iri: string): string {
  return iri.slice(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1)
}
