// Shows that a module made by new-module keeps the house rules from its first minute, and what the two makers refuse.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkHouse } from './check-house.ts'

const repo = fileURLToPath(new URL('..', import.meta.url))
let root = ''

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'fugong-new-module-'))
  const ground = ['contract/base.ts', 'contract/problems.ts', 'contract/events.ts', 'server/base', 'server/migrations', 'web/base', 'tools/new-module.mjs', 'tools/db-new.mjs', 'tools/house/order.ts']
  for (const path of ground) cpSync(join(repo, path), join(root, path), { recursive: true })
  mkdirSync(join(root, 'docs'))
  writeFileSync(join(root, 'docs/glossary.md'), '| surveys | 调查 |\n| policies | 政策 |\n')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function run(tool: string, ...args: string[]): { code: number; said: string } {
  try {
    return { code: 0, said: execFileSync(process.execPath, [join(root, 'tools', tool), ...args], { encoding: 'utf8', stdio: 'pipe' }) }
  } catch (error) {
    const failed = error as { status: number; stderr: string }
    return { code: failed.status, said: failed.stderr }
  }
}
const migrations = () => readdirSync(join(root, 'server/migrations')).sort()

describe('new-module', () => {
  it('makes the rooms on all three floors, and the house check finds nothing wrong in them', () => {
    const before = migrations().length
    expect(run('new-module.mjs', 'surveys')).toMatchObject({ code: 0, said: expect.stringContaining('server/app.ts') })
    for (const path of ['contract/surveys.ts', 'server/modules/surveys/index.ts', 'web/modules/surveys/SurveyList.tsx']) expect(existsSync(join(root, path))).toBe(true)
    expect(migrations()).toHaveLength(before + 1)
    expect(migrations().at(-1)).toMatch(/^\d{4}_surveys\.sql$/)
    expect(readFileSync(join(root, 'contract/events.ts'), 'utf8')).toContain("'survey.opened'")
    const { faults, warnings } = checkHouse(root)
    expect([...faults, ...warnings].filter((fault) => fault.file.includes('surveys'))).toEqual([])
  })

  it('knows a singular in -y', () => {
    expect(run('new-module.mjs', 'policies').code).toBe(0)
    expect(readFileSync(join(root, 'contract/policies.ts'), 'utf8')).toContain("verb: 'policy.list'")
  })

  it.each([
    [['surveys'], 'exists already'],
    [['weather'], 'tools/house/order.ts'],
    [['permits'], 'docs/glossary.md'],
    [['../evil'], 'lower-case'],
    [[], 'Usage'],
  ])('refuses %j', (args, reason) => {
    expect(run('new-module.mjs', ...args)).toMatchObject({ code: 1, said: expect.stringContaining(reason) })
  })
})

describe('db-new', () => {
  it('takes the next number', () => {
    const last = Number(migrations().at(-1)?.slice(0, 4))
    expect(run('db-new.mjs', 'identity', 'sign-in').code).toBe(0)
    expect(migrations().at(-1)).toBe(`${String(last + 1).padStart(4, '0')}_identity_sign_in.sql`)
  })

  it.each([[['weather'], 'tools/house/order.ts'], [[], 'Usage'], [['identity', '../evil'], 'letters']])('refuses %j', (args, reason) => {
    expect(run('db-new.mjs', ...args)).toMatchObject({ code: 1, said: expect.stringContaining(reason) })
  })
})
