import type { LoadedCase } from './load-cases.js'

const heading = `# Where other gateways answer otherwise

Made from the cases' \`hiveDiffers\` and \`apolloDiffers\`, which the tests hold the gateways to. Each entry says what the gateway
does wrong or, at a few places, that it answers what we refuse. A gateway that begins to answer as expected fails its test, and
the entry goes.
`

/** Writes the list of all reasons to differ, by gateway and case. */
export function printPeers(cases: readonly LoadedCase[]): string {
  const hive = printReasons(cases, 'hiveDiffers')
  const refused = cases.flatMap(({ name, apolloRefuses }) =>
    apolloRefuses === undefined
      ? []
      : [`- **${name}**, the whole supergraph: ${apolloRefuses.why}.`],
  )
  const apollo = [printReasons(cases, 'apolloDiffers'), ...refused].join('\n')
  return `${heading}
## \`@graphql-hive/gateway\`

${hive}

## \`@apollo/gateway\`

${apollo}
`
}

function printReasons(
  cases: readonly LoadedCase[],
  reason: 'hiveDiffers' | 'apolloDiffers',
): string {
  const lines = cases.flatMap((one) =>
    one.operations.flatMap((operation) => {
      const why = operation[reason]
      return why === undefined ? [] : [`- **${one.name}**, ${operation.title}: ${why}.`]
    }),
  )
  return lines.join('\n')
}
