import { pino } from 'pino'

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

/** A logger that writes one JSON object a line to standard error, so that standard output stays free for answers. */
export function createLogger(level: LogLevel, name: string): Logger {
  return wrap(
    pino(
      { level, name, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ dest: 2, sync: true }),
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
  return {
    debug: (message, fields) => target.debug(fields ?? {}, message),
    info: (message, fields) => target.info(fields ?? {}, message),
    warn: (message, fields) => target.warn(fields ?? {}, message),
    error: (message, fields) => target.error(fields ?? {}, message),
    with: (fields) => wrap(target.child(fields)),
  }
}
