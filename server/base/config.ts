// Configuration: one schema read from the environment at boot; every fault is listed before the process gives up.
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { resolve } from 'node:path'

const number = (what: string, min: number, max: number, fallback: number) => Type.Integer({ minimum: min, maximum: max, default: fallback, description: what })
const text = (what: string, extra: object = {}) => Type.Optional(Type.String({ description: what, ...extra }))

/** Every setting, with its meaning; `.env.example` is checked against this list by a test. */
export const ConfigSchema = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', description: 'Address to listen on; 0.0.0.0 behind a reverse proxy in a container' }),
  PORT: number('Port to listen on', 1, 65535, 8020),
  PUBLIC_URL: text('Address under which people reach the server, for QR codes and links, such as https://fugong.example.gov.cn', { pattern: '^https?://[^\\s/]+(/[^\\s]*)?$' }),
  CITY: Type.String({ default: '520100', pattern: '^\\d{6}$', description: 'Code of the city; data/cities/<code> must exist' }),
  DATA_DIR: Type.String({ default: '.fugong', description: 'Folder for the embedded database, uploaded files, keys and audit heads' }),
  DATABASE_URL: text('PostgreSQL 15 or newer, as the owner of the schema; without it an embedded PostgreSQL with a sample city is used', { pattern: '^postgres(ql)?://' }),
  DATABASE_APP_URL: text('The same database as a member of fugong_app that owns nothing; without it the owner connection takes that role', { pattern: '^postgres(ql)?://' }),
  DATABASE_POOL: number('Connections of this process; some four for each core of the database serve best', 2, 200, 10),
  MASTER_KEY: text('32 bytes in base64 that seal keys of personal fields; without it a key file is made in DATA_DIR', { pattern: '^[A-Za-z0-9+/]{43}=$' }),
  SMS_GATEWAY_URL: text('HTTP address that receives messages to send; required outside the sample city', { pattern: '^https?://' }),
  SMS_GATEWAY_KEY: text('Secret that signs messages to the SMS gateway (HMAC-SHA256)', { minLength: 16 }),
  ROBOT_ALLOW: text('Addresses host:port, with commas, that robots of groups may use though they are not public https: an own gateway', { pattern: '^[\\w.\\[\\]:-]+:\\d{1,5}(,[\\w.\\[\\]:-]+:\\d{1,5})*$' }),
  CLAMD: text('Where ClamAV’s daemon listens, tcp://host:3310 or unix:/run/clamav/clamd.ctl; without it files are kept unscanned, which readers are told', { pattern: '^(tcp://[^\\s/]+:\\d{1,5}|unix:/\\S+)$' }),
  METRICS_TOKEN: text('Bearer token for /metrics; without it only this machine may read them', { minLength: 16 }),
  TRUST_PROXY: number('Reverse proxies in front that set X-Forwarded-For; 0 when people reach the server directly', 0, 5, 0),
  WORKER: Type.Enum(['on', 'off'], { default: 'on', description: 'off when jobs run in a process of their own (server/dist/worker.js)' }),
  RATE_PER_MINUTE: number('Requests per minute and address before 429', 60, 100000000, 1200),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { default: 'info', description: 'Least serious line that is written' }),
})
type Settings = Static<typeof ConfigSchema>
export interface Config extends Settings {
  /** True when the embedded database with the sample city is in use. */
  sampleCity: boolean
  publicUrl: string
  dataDir: string
}

export class ConfigFault extends Error {
  constructor(readonly faults: string[]) {
    super(`Configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
  }
}
const validator = Compile(ConfigSchema)

/** Reads settings from `environment`; throws ConfigFault naming all faults at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const values: Record<string, unknown> = {}
  const faults: string[] = []
  for (const [name, schema] of Object.entries(ConfigSchema.properties) as [string, { type?: string; default?: unknown }][]) {
    const raw = environment[name]?.trim()
    const value = raw === undefined || raw === '' ? schema.default : schema.type === 'integer' && /^-?\d+$/.test(raw) ? Number(raw) : raw
    if (value !== undefined) values[name] = value
  }
  for (const fault of validator.Errors(values)) faults.push(`${fault.instancePath.slice(1)} ${fault.message} (${describe(fault.instancePath.slice(1))})`)
  const settings = values as Settings
  const sampleCity = !settings.DATABASE_URL
  if (settings.DATABASE_APP_URL && sampleCity) faults.push('DATABASE_APP_URL needs DATABASE_URL')
  if (!sampleCity && !settings.SMS_GATEWAY_URL) faults.push('SMS_GATEWAY_URL is required with DATABASE_URL: firms sign in by a code sent to their phone')
  if (settings.SMS_GATEWAY_URL && !settings.SMS_GATEWAY_KEY) faults.push('SMS_GATEWAY_KEY is required with SMS_GATEWAY_URL: messages are signed')
  if (!sampleCity && !settings.MASTER_KEY) faults.push('MASTER_KEY is required with DATABASE_URL: every process must seal with the same key, kept apart from the backups')
  if (!sampleCity && !settings.PUBLIC_URL) faults.push('PUBLIC_URL is required with DATABASE_URL: certificates carry it in their QR code')
  if (faults.length) throw new ConfigFault(faults)
  return { ...settings, sampleCity, publicUrl: (settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`).replace(/\/$/, ''), dataDir: resolve(settings.DATA_DIR) }
}
function describe(name: string): string {
  return (ConfigSchema.properties as Record<string, { description?: string }>)[name]?.description ?? 'unknown setting'
}
