// Shows that every house rule fires on a tree that breaks it, and only that rule, and that the check sees this repository whole.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkHouse } from './check-house.ts'
import { isBelow, modules, order } from './house/order.ts'

const repo = fileURLToPath(new URL('..', import.meta.url))
const fixture = (name: string) => join(repo, 'tools/house/fixtures', name)
/** Where each broken tree must be found broken: `file:line`, or the file alone. */
const broken: Record<string, string[]> = {
  floor: [
    'server/base/db.ts:2', 'server/base/knows.ts:2', 'server/modules/areas/index.ts:3', 'server/modules/identity/index.ts:3',
    'server/modules/identity/jobs.ts:2', 'server/modules/identity/policy.ts:2', 'server/modules/identity/ports.ts:2',
    'server/modules/identity/routes.ts:2', 'server/modules/identity/rules.ts:2', 'server/modules/identity/rules.ts:3',
    'server/modules/identity/store.ts:2',
  ],
  face: ['server/main.ts:2', 'server/modules/identity/actions.ts:2', 'tools/bench.ts:2'],
  order: ['server/modules/areas/actions.ts:2', 'server/modules/health/actions.ts:2', 'server/modules/weather/actions.ts', 'server/modules/weather/index.ts'],
  contract: ['contract/areas.ts:2', 'contract/areas.ts:3', 'contract/base.ts:2', 'contract/base.ts:3', 'contract/health.ts:2', 'contract/health.ts:3', 'contract/identity.ts:2'],
  web: [
    'web/base/api.ts:2', 'web/h5/report.tsx:2', 'web/h5/report.tsx:3', 'web/modules/people/PersonList.tsx:2', 'web/modules/people/PersonList.tsx:3',
    'web/modules/people/PersonList.tsx:4', 'web/ui/Panel.tsx:2', 'web/ui/Panel.tsx:3', 'web/ui/Panel.tsx:4',
  ],
  cycle: ['server/base/a.ts:2'],
  schema: [
    'server/base/db.ts:3', 'server/migrations/0001_areas.sql:3', 'server/migrations/0001_areas.sql:4', 'server/migrations/0002_identity.sql:4',
    'server/migrations/0002_identity.sql:5', 'server/migrations/0002_identity.sql:6', 'server/migrations/0002_people.sql', 'server/migrations/weather.sql',
    'server/modules/identity/store.ts:3', 'server/modules/identity/store.ts:4', 'server/modules/identity/store.ts:5',
    'server/modules/identity/views.ts', 'server/modules/identity/views.ts:4', 'server/modules/identity/views.ts:5',
  ],
  size: ['server/base/long.ts'],
  purpose: ['server/base/directive.ts:1', 'server/base/short.ts:1', 'server/base/silent.ts:1', 'server/migrations/0001_areas.sql:1'],
  names: [
    'server/base/old.js', 'server/lib/helpers.ts', 'server/modules/areas/actions.ts:2', 'server/modules/areas/deep/store.ts', 'server/modules/areas/service.ts',
    'server/modules/identity', 'web/modules/areas/list.tsx',
  ],
  pure: ['contract/areas.ts:2', 'server/modules/areas/rules.ts:2'],
  ambient: ['server/modules/areas/actions.ts:2', 'server/modules/areas/store.ts:2'],
  docs: ['README.md:2'],
  texts: ['web/modules/areas/en.json', 'web/modules/areas/en.json:4', 'web/modules/areas/zh.json:3', 'web/modules/areas/zh.json:6', 'web/modules/people/en.json'],
  resolve: ['server/base/db.ts:2', 'server/base/db.ts:3', 'server/base/db.ts:4', 'server/base/db.ts:5'],
}

describe('a broken tree', () => {
  for (const [rule, places] of Object.entries(broken)) {
    it(`is caught by the rule ${rule} and by no other`, () => {
      const { faults } = checkHouse(fixture(rule))
      expect(new Set(faults.map((fault) => fault.rule))).toEqual(new Set([rule]))
      expect([...new Set(faults.map(({ file, line }) => (line ? `${file}:${line}` : file)))].sort()).toEqual([...places].sort())
    })
  }

  it.skipIf(!hasGit())('is caught by the rule counted when the check passes over a file that git lists', () => {
    const root = mkdtempSync(join(tmpdir(), 'fugong-house-'))
    try {
      cpSync(fixture('counted'), root, { recursive: true })
      // Run from a git hook, these would point at the repository around us.
      const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('GIT_')))
      execFileSync('git', ['init', '-q'], { cwd: root, env })
      const { files, faults } = checkHouse(root)
      expect(files).toBe(1)
      expect(faults.map(({ rule, file }) => ({ rule, file }))).toEqual([{ rule: 'counted', file: 'server/.hidden/extra.ts' }])
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })

  it('exists for every rule', () => {
    expect(readdirSync(fixture('.')).sort()).toEqual([...Object.keys(broken), 'counted', 'good'].sort())
  })
})

describe('a good tree', () => {
  it('has no fault and no warning', () => {
    expect(checkHouse(fixture('good'))).toMatchObject({ faults: [], warnings: [], files: 34 })
  })

  it('is seen whole when it is this one; its faults are the matter of `npm run check`', () => {
    const { files, faults, warnings } = checkHouse(repo)
    expect(files).toBeGreaterThan(50)
    expect([...faults, ...warnings].filter((fault) => fault.rule === 'counted' && fault.file !== '.')).toEqual([])
  })
})

describe('the module order', () => {
  it('names each module once', () => {
    expect(new Set(modules).size).toBe(modules.length)
    expect(order.every((step) => step.length > 0)).toBe(true)
  })

  it.each([
    ['areas', 'identity', true],
    ['identity', 'areas', false],
    ['health', 'tickets', false],
    ['tickets', 'figures', true],
    ['base', 'areas', true],
    ['base', 'base', false],
    ['weather', 'figures', false],
    ['areas', 'areas', false],
  ])('%s below %s: %s', (lower, upper, expected) => {
    expect(isBelow(lower, upper)).toBe(expected)
  })
})

function hasGit(): boolean {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
