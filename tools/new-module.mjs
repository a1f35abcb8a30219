#!/usr/bin/env node
// Makes the three mirrored rooms of a new module, small but running: `npm run new-module <name> [singular]`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleNames, nextMigration, refuse, repo, writeNew } from './db-new.mjs'

/** Files of a module, path → text; `one` is its singular, `One` the same as a type name. */
function rooms(name, one, One) {
  const Name = name[0].toUpperCase() + name.slice(1)
  return {
    [`contract/${name}.ts`]: `// What is said about ${name} over the wire.
import { Type, type Static } from 'typebox'
import { AreaCode, Code, Line, Strict, endpoint } from './base.ts'

export const ${one}States = ['open', 'closed'] as const
export type ${One}State = (typeof ${one}States)[number]

export const ${One} = Type.Object({
  id: Type.String(),
  areaCode: Type.String(),
  name: Type.String(),
  state: Code(${one}States),
  openedAt: Type.String(),
  /** Verbs that the reader may use on this one now. */
  can: Type.Array(Type.String()),
})
export type ${One} = Static<typeof ${One}>

export const list${Name} = endpoint({
  method: 'GET', path: '/api/${name}', verb: '${one}.list', summary: '${Name} of the areas one works for',
  returns: Type.Object({ items: Type.Array(${One}) }),
})

export const Open${One} = Strict({ areaCode: AreaCode, name: Line(80) })
export type Open${One} = Static<typeof Open${One}>
export const open${One} = endpoint({
  method: 'POST', path: '/api/${name}', verb: '${one}.open', summary: 'Opens a ${one}',
  body: Open${One}, returns: ${One},
})
`,
    [`server/modules/${name}/index.ts`]: `// The face of ${name}: all that other modules may import.
export { open } from './actions.ts'
`,
    [`server/modules/${name}/routes.ts`]: `// The endpoints of ${name} and the actions behind them.
import { list${Name}, open${One} } from '@fugong/contract/${name}'
import { route, type Module } from '../../base/routes.ts'
import { list, open } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const ${name}: Module = {
  name: '${name}',
  routes: [route(list${Name}, list), route(open${One}, open)],
  verbs, scopes, constraints,
}
`,
    [`server/modules/${name}/actions.ts`]: `// Use cases of ${name}: permit (by the verb), load, decide, save, announce.
import type { Input, Returns } from '@fugong/contract/base'
import type { ${One}, list${Name}, open${One} } from '@fugong/contract/${name}'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { deedsIn } from './rules.ts'
import { insert${One}, selectVisible, type ${One}Row } from './store.ts'

export async function list(ctx: Ctx): Promise<Returns<typeof list${Name}>> {
  return { items: (await selectVisible(ctx)).map((row) => shown(ctx, row)) }
}

export async function open(ctx: Ctx, { body }: Input<typeof open${One}>): Promise<${One}> {
  const row = await insert${One}(ctx, { id: newId(), areaCode: body.areaCode, name: body.name, state: 'open', openedAt: ctx.now })
  ctx.announce('${one}.opened', { kind: '${one}', id: row.id }, { areaCode: row.areaCode })
  return shown(ctx, row)
}

function shown(ctx: Ctx, row: ${One}Row): ${One} {
  return { ...row, can: deedsIn(row.state).filter((verb) => ctx.may(verb)) }
}
`,
    [`server/modules/${name}/policy.ts`]: `// Who may do what with ${name}, and which rows they reach.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = { '${one}.list': ['administrator'], '${one}.open': ['administrator'] } satisfies VerbTable
export const ${one}Scope: ScopedTable = { table: '${name}.${name}', areas: ['area_code'] }
export const scopes: ScopedTable[] = [${one}Scope]
/** Constraint name → the problem a reader sees. */
export const constraints: Record<string, ProblemCode> = {}
`,
    [`server/modules/${name}/store.ts`]: `// Reads and writes the tables of ${name}, and no other ones.
import type { ${One}State } from '@fugong/contract/${name}'
import type { ColumnType, Insertable, Selectable } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import { tables } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { ${one}Scope } from './policy.ts'

interface ${One}Table {
  id: string
  areaCode: string
  name: string
  state: ${One}State
  openedAt: ColumnType<string, Date, never>
}
interface Tables { '${name}.${name}': ${One}Table }
export type ${One}Row = Selectable<${One}Table>

/** Newest first, at most 200. */
export async function selectVisible(ctx: Ctx): Promise<${One}Row[]> {
  return tables<Tables>(ctx).selectFrom('${name}.${name} as t').selectAll('t')
    .where(visibleTo(${one}Scope, ctx.scope, 't')).orderBy('t.openedAt', 'desc').orderBy('t.id').limit(200).execute()
}

export async function insert${One}(ctx: Ctx, row: Insertable<${One}Table>): Promise<${One}Row> {
  return tables<Tables>(ctx).insertInto('${name}.${name}').values(row).returningAll().executeTakeFirstOrThrow()
}
`,
    [`server/modules/${name}/rules.ts`]: `// What may be done with a ${one} in which state; time and chance would be arguments here.
import type { ${One}State } from '@fugong/contract/${name}'

/** Verbs that make sense in this state, whoever asks. */
export function deedsIn(state: ${One}State): string[] {
  return state === 'open' ? ['${one}.open'] : []
}
`,
    [`server/modules/${name}/rules.test.ts`]: `// Tables of cases for the decisions of ${name}.
import { describe, expect, it } from 'vitest'
import { deedsIn } from './rules.ts'

describe('deeds in a state', () => {
  it.each([
    ['open', ['${one}.open']],
    ['closed', []],
  ] as const)('%s: %j', (state, deeds) => {
    expect(deedsIn(state)).toEqual(deeds)
  })
})
`,
    [`server/modules/${name}/policy.test.ts`]: `// Every verb that an endpoint of ${name} names has its row in the table of rights.
import * as contract from '@fugong/contract/${name}'
import { expect, it } from 'vitest'
import { verbs } from './policy.ts'

it('knows the verb of every endpoint', () => {
  const named = Object.values(contract).flatMap((value) => (typeof value === 'object' && 'verb' in value ? [value.verb] : []))
  expect(named.length).toBeGreaterThan(0)
  expect(Object.keys(verbs).sort()).toEqual([...new Set(named)].sort())
})
`,
    [nextMigration(repo, name)]: `-- The tables of ${name}, in a schema of their own; rights on rows come from policy.ts.
create schema ${name};
grant usage on schema ${name} to fugong_app;

create table ${name}.${name} (
  id uuid primary key,
  area_code text not null,
  name text not null,
  state text not null check (state in ('open', 'closed')),
  opened_at timestamptz not null
);
create index ${name}_area on ${name}.${name} (area_code, opened_at desc, id);
grant select, insert, update on ${name}.${name} to fugong_app;
`,
    [`web/modules/${name}/${One}List.tsx`]: `// The list of ${name} that officials work from.
import { list${Name} } from '@fugong/contract/${name}'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'

export function ${One}List() {
  const t = useText('${name}')
  const { data, error, isPending } = useRead(list${Name})
  if (isPending) return <p role="status">{t('loading')}</p>
  if (error) return <p role="alert">{wordsOf(error)}</p>
  return (
    <section>
      <h1>{t('title')}</h1>
      {data.items.length === 0 ? <p>{t('empty')}</p> : <ul>{data.items.map((item) => <li key={item.id}>{item.name}</li>)}</ul>}
    </section>
  )
}
`,
    [`web/modules/${name}/zh.json`]: `{\n  "title": "${name}（待译）",\n  "loading": "正在读取",\n  "empty": "这里还没有内容"\n}\n`,
    [`web/modules/${name}/en.json`]: `{\n  "title": "${Name}",\n  "loading": "Loading",\n  "empty": "Nothing here yet"\n}\n`,
  }
}

const announced = (one) => `'${one}.opened': { areaCode: string }`

/** Puts the first event of the module into the list of events; false when that list looks different from what this tool knows. */
function addEvent(one) {
  const file = join(repo, 'contract/events.ts')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (text.includes(`'${one}.opened'`)) return true
  const grown = text.replace(/(export interface Events \{[^]*?)\n\}/, (_, body) => `${body}\n  ${announced(one)}\n}`)
  if (grown === text) return false
  writeFileSync(file, grown)
  return true
}

const [name, given] = process.argv.slice(2)
if (!name) refuse('Usage: npm run new-module <name> [singular], for example: npm run new-module surveys survey')
if (!/^[a-z]+$/.test(name)) refuse('A module is one plural noun in lower-case letters.')
if (!moduleNames(repo).includes(name)) refuse(`${name} has no place in the module order yet: put it into tools/house/order.ts, above what will use it.`)
const glossary = join(repo, 'docs/glossary.md')
if (!existsSync(glossary) || !new RegExp(`\\b${name}\\b`).test(readFileSync(glossary, 'utf8'))) {
  refuse(`docs/glossary.md does not know the word ${name}: write it there in both languages first, so that one word means one thing.`)
}
const one = given ?? name.replace(/ies$/, 'y').replace(/s$/, '')
if (!/^[a-z][A-Za-z]*$/.test(one)) refuse('The singular is one word, for example survey.')
if (existsSync(join(repo, 'server/modules', name)) || existsSync(join(repo, 'web/modules', name))) refuse(`Module ${name} exists already.`)
if (existsSync(join(repo, `contract/${name}.ts`))) refuse(`contract/${name}.ts exists already: this tool makes a module from the beginning only.`)

const files = rooms(name, one, one[0].toUpperCase() + one.slice(1))
for (const [path, text] of Object.entries(files)) {
  writeNew(repo, path, text)
  console.log(`  ${path}`)
}
if (!addEvent(one)) console.log(`\nAdd to contract/events.ts:  ${announced(one)}`)
console.log(`
Module ${name} stands, with one list and one deed. What remains, in this order:
  1. contract/${name}.ts: what is really said; new codes with both texts into contract/problems.ts
  2. the migration: the real tables; scope columns (area, unit, enterprise) on every row
  3. rules.ts with rules.test.ts: the decisions as tables of cases
  4. policy.ts: verb → roles, which rows; its row in the matrix test
  5. store.ts, and views.ts (with \`export const reads\`) when a screen joins
  6. actions.ts, routes.ts; ${name}.test.ts over HTTP with named people
  7. server/app.ts: import { ${name} } from './modules/${name}/routes.ts', into the table of contents
  8. the screen into web/app.tsx, texts in both languages, sample data in seed.ts
Then: npm run check`)
