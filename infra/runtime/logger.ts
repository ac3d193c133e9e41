import { pino } from 'pino'
import { redactFields, redactText } from './redact.js'

/** What rooms log through. Fields are flat and never personal: no subjects, names, tokens, queries' variables or bodies. */
export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
  /** A logger that adds these fields to every line. */
  with(fields: Readonly<Record<string, unknown>>): Logger
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * A logger that writes one JSON object a line to standard error, so that standard output stays free for answers. What
 * looks secret or personal is left out, see `redact.ts`.
 *
 * @param write - Takes the lines instead.
 */
export function createLogger(
  level: LogLevel,
  name: string,
  write?: (line: string) => void,
): Logger {
  return wrap(
    pino(
      { level, name, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      write === undefined ? pino.destination({ dest: 2, sync: true }) : { write },
    ),
  )
}

/** A logger that drops everything; for tests and embedded rooms. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  with: () => silentLogger,
}

function wrap(target: pino.Logger): Logger {
  const log =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      if (target.isLevelEnabled(level)) target[level](redactFields(fields), redactText(message))
    }
  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    with: (fields) => wrap(target.child(redactFields(fields))),
  }
}
