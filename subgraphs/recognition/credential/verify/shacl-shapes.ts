import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Parser, type Quad, Store } from 'n3'
import SHACLValidator from 'rdf-validate-shacl'
import { applicationProfiles } from '../issue/elm/build-european-credential.js'

/** The Commission's SHACL shapes and its context, read from a directory they were put into. */
export interface ElmShapes {
  /** The Commission's JSON-LD context for ELM. */
  readonly context: object
  /** Application profiles whose identifier a credential may name. */
  readonly profiles: ReadonlySet<string>
  /** Checks statements against some of the profiles at once and names what is wrong. */
  readonly check: (
    profiles: readonly string[],
    quads: readonly Quad[],
  ) => Promise<readonly ShaclFault[]>
}

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
    for (const [, files] of profileFiles) await Promise.all(files.map(parse))
    const shapes = new Map<string, readonly Quad[]>()
    for (const [name, quads] of parsed) shapes.set(name, await quads)
    return {
      context: JSON.parse(await read('edc-ap-context.jsonld')) as object,
      profiles: new Set(profileFiles.map(([profile]) => profile)),
      check: createCheck(shapes),
    }
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

/**
 * A validator for every set of files that was asked for: the profiles build on each other, and one pass over their union
 * demands what a pass for each would. Building one takes a tenth of a second to a second.
 */
function createCheck(shapes: ReadonlyMap<string, readonly Quad[]>): ElmShapes['check'] {
  const validators = new Map<string, SHACLValidator>()
  return async (profiles, quads) => {
    const files = new Set(
      profileFiles.flatMap(([profile, names]) => (profiles.includes(profile) ? names : [])),
    )
    const key = [...files].sort().join()
    const validator =
      validators.get(key) ??
      new SHACLValidator(new Store([...files].flatMap((name) => [...(shapes.get(name) ?? [])])))
    validators.set(key, validator)
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
