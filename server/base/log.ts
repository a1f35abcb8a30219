// Structured logs without personal values: one line per event, known secret fields removed wherever they stand.
import pino, { type Logger } from 'pino'

const SECRET = ['password', 'code', 'oldCode', 'newCode', 'token', 'phone', 'secret', 'totpSecret', 'link', 'authorization', 'cookie', 'idNumber']
export type Log = Logger

export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = { level, redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[removed]' }, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }
  return destination ? pino(options, destination) : pino(options)
}
/** An error as it may be logged: its kind, message and stack; never the values of a failed statement. */
export function loggable(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: 'not an error object' }
  const database = error as Error & { code?: string; constraint?: string; table?: string }
  // Postgres puts row values into `detail` and, for some errors, into the message: keep code, table and constraint only.
  const fromDatabase = typeof database.code === 'string' && /^[0-9A-Z]{5}$/.test(database.code)
  return fromDatabase
    ? { kind: 'database', sqlstate: database.code, table: database.table, constraint: database.constraint, stack: stackOnly(error) }
    : { kind: error.name, message: error.message, stack: stackOnly(error) }
}
function stackOnly(error: Error): string | undefined {
  return error.stack?.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 12).join('\n')
}
