import type { GraphQLFormattedError } from 'graphql'

type Errors = readonly GraphQLFormattedError[]

/**
 * The errors of an answer that concern one response key, paths from there. One without a path concerns the whole
 * answer, so this part, too; it stays without.
 */
export function errorsIn(errors: Errors | undefined, key: string): Errors {
  return (errors ?? []).flatMap((error) => {
    if (error.path === undefined) return [error]
    const [first, ...rest] = error.path
    return first === key ? [{ ...error, path: rest }] : []
  })
}

/** Of errors in a list those of one item, paths from there; those of the list as a whole are everybody's. */
export function errorsBelow(errors: Errors, index: number): Errors {
  return errors.flatMap((error) => {
    const [first, ...rest] = error.path ?? []
    if (first === undefined) return [toPathless(error)]
    return first === index ? [{ ...error, path: rest }] : []
  })
}

function toPathless({
  message,
  locations,
  extensions,
}: GraphQLFormattedError): GraphQLFormattedError {
  return { message, ...(locations && { locations }), ...(extensions && { extensions }) }
}
