import { RuntimeFailure } from './runtime-failure.js'

/** Reads typed values by variable name. A variable set to the empty text counts as absent. */
export interface EnvReader {
  string(name: string, options: { readonly default: string }): string
  /** The text, or undefined when absent. */
  optionalString(name: string): string | undefined
  integer(
    name: string,
    options: { readonly default: number; readonly min: number; readonly max: number },
  ): number
  /** `true`, `1`, `yes`, `on` and their opposites, in any case. */
  boolean(name: string, options: { readonly default: boolean }): boolean
  /** An absolute URL with one of these schemes, or undefined when absent. */
  optionalUrl(name: string, options: { readonly schemes: readonly string[] }): string | undefined
  /** Comma-separated pairs `KEY=URL`, each URL as of `optionalUrl`; empty when absent. */
  urlMap(
    name: string,
    options: { readonly schemes: readonly string[] },
  ): ReadonlyMap<string, string>
  oneOf<const Choice extends string>(
    name: string,
    options: { readonly default: NoInfer<Choice>; readonly choices: readonly Choice[] },
  ): Choice
  /** Comma-separated; blanks around the parts are dropped, and so are empty parts. */
  list(name: string, options: { readonly default: readonly string[] }): readonly string[]
}

const truths = new Map([
  ...['true', '1', 'yes', 'on'].map((text) => [text, true] as const),
  ...['false', '0', 'no', 'off'].map((text) => [text, false] as const),
])

/**
 * Builds a configuration from environment variables and freezes it.
 *
 * @throws RuntimeFailure `CONFIG_INVALID` that lists every variable at fault, not only the first. Values are shown only
 * where they cannot be secrets.
 */
export function readEnv<Config extends object>(
  env: Readonly<Record<string, string | undefined>>,
  build: (read: EnvReader) => Config,
): Readonly<Config> {
  const problems: string[] = []
  const config = build(createReader(env, problems))
  if (problems.length > 0) throw new RuntimeFailure('CONFIG_INVALID', problems.join('; '))
  return Object.freeze(config)
}

function createReader(
  env: Readonly<Record<string, string | undefined>>,
  problems: string[],
): EnvReader {
  const text = (name: string) => {
    const value = env[name]?.trim()
    return value === '' ? undefined : value
  }
  return {
    string: (name, options) => text(name) ?? options.default,
    optionalString: text,
    integer: (name, options) => {
      const value = text(name)
      if (value === undefined) return options.default
      const number = Number(value)
      if (/^-?\d+$/.test(value) && number >= options.min && number <= options.max) return number
      problems.push(
        `${name} must be a whole number from ${options.min} to ${options.max}, not '${value}'`,
      )
      return options.default
    },
    boolean: (name, options) => {
      const value = text(name)
      if (value === undefined) return options.default
      const truth = truths.get(value.toLowerCase())
      if (truth === undefined) problems.push(`${name} must be true or false, not '${value}'`)
      return truth ?? options.default
    },
    optionalUrl: (name, { schemes }) => {
      const value = text(name)
      if (value === undefined || hasScheme(value, schemes)) return value
      // The value is not shown: it may hold a password.
      problems.push(`${name} must be a URL ${describeForms(schemes)}`)
      return undefined
    },
    urlMap: (name, { schemes }) => {
      const urls = new Map<string, string>()
      for (const pair of text(name)?.split(',') ?? []) {
        const [key = '', ...rest] = pair.trim().split('=')
        const url = rest.join('=')
        if (key !== '' && hasScheme(url, schemes)) urls.set(key, url)
        else problems.push(`${name} must be pairs KEY=URL with a URL ${describeForms(schemes)}`)
      }
      return urls
    },
    oneOf: (name, options) => {
      const value = text(name)
      if (value === undefined) return options.default
      const choice = options.choices.find((candidate) => candidate === value)
      if (choice === undefined) {
        problems.push(`${name} must be one of ${options.choices.join(', ')}, not '${value}'`)
      }
      return choice ?? options.default
    },
    list: (name, options) => {
      const parts = text(name)?.split(',')
      if (parts === undefined) return options.default
      return parts.map((part) => part.trim()).filter((part) => part !== '')
    },
  }
}

function hasScheme(url: string, schemes: readonly string[]): boolean {
  const scheme = URL.parse(url)?.protocol.slice(0, -1)
  return scheme !== undefined && schemes.includes(scheme)
}

function describeForms(schemes: readonly string[]): string {
  return schemes.map((allowed) => `${allowed}://…`).join(' or ')
}
