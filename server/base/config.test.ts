// Settings: every fault at once, and every setting documented.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigFault, ConfigSchema, readConfig } from './config.ts'
import { projectRoot } from './data.ts'

const faultsOf = (environment: Record<string, string>) => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults
    throw error
  }
  return []
}
const production = { DATABASE_URL: 'postgres://owner@db/fugong', SMS_GATEWAY_URL: 'https://sms.example.gov.cn/send', SMS_GATEWAY_KEY: 'x'.repeat(16), PUBLIC_URL: 'https://fugong.example.gov.cn/', MASTER_KEY: Buffer.alloc(32, 1).toString('base64') }

describe('settings', () => {
  test('nothing set: the sample city on the embedded database', () => {
    expect(readConfig({})).toMatchObject({ PORT: 8020, sampleCity: true, CITY: '520100', publicUrl: 'http://localhost:8020' })
  })
  test('empty values count as not set', () => expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ PORT: 8020, sampleCity: true }))
  test('a database means no sample city', () => expect(readConfig(production)).toMatchObject({ sampleCity: false, publicUrl: 'https://fugong.example.gov.cn' }))
  test('all faults are listed at once', () => {
    const faults = faultsOf({ PORT: 'http', CITY: 'Guiyang', LOG_LEVEL: 'loud', MASTER_KEY: 'short', DATABASE_POOL: '0', DATABASE_URL: 'mysql://x' })
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(expect.arrayContaining(['PORT', 'CITY', 'LOG_LEVEL', 'MASTER_KEY', 'DATABASE_POOL', 'DATABASE_URL']))
  })
  test('what belongs together is asked for together', () => {
    expect(faultsOf({ DATABASE_URL: production.DATABASE_URL })).toHaveLength(3)
    expect(faultsOf({ ...production, SMS_GATEWAY_KEY: '' })).toHaveLength(1)
    expect(faultsOf({ DATABASE_APP_URL: 'postgres://app@db/fugong' })).toHaveLength(1)
  })
  test('a fault says what the setting is for', () => expect(faultsOf({ PORT: '0' })[0]).toContain('Port to listen on'))
  test('.env.example names every setting with its meaning', () => {
    const text = readFileSync(join(projectRoot, '.env.example'), 'utf8')
    for (const name of Object.keys(ConfigSchema.properties)) expect(text, name).toMatch(new RegExp(`#[^\\n]+\\n(#[^\\n]*\\n)*#? ?${name}=`))
    const named = [...text.matchAll(/^#? ?([A-Z_]+)=/gm)].map((found) => found[1])
    expect(named.sort()).toEqual(Object.keys(ConfigSchema.properties).sort())
  })
})
