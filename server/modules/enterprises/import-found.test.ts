// Firms that come by the thousand: stored first, found once the import has ended, each piece once whatever happens meanwhile.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listEnterprises } from '@fugong/contract/enterprises'
import { listChanges, recordLifeEvent } from '@fugong/contract/enterprises.register'
import { sql } from '../../base/db.ts'
import { HEADER, begin, check, creditCode, firmRow, look, xlsx } from '../../test/importing.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { runImport } from '@fugong/contract/imports'
import { indexImported } from './import-batch.actions.ts'

const FIRMS = 1201
let city: City
let tian: Someone
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  tian = await city.as('tianyuqing') // reviewer of 云岩, 520103
})
afterAll(() => city?.close())
const count = (table: string, where = 'true') => city.system(async (ctx) => (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where ${sql.raw(where)}`.execute(ctx.db)).rows[0]!.n)
const firms = (q: string) => tian.call(listEnterprises, { query: { q } })

describe('an import of more firms than are indexed at once', () => {
  it('leaves the pieces for later, keeps one that was renamed meanwhile right, and finds every firm afterwards', async () => {
    const checked = await check(city, tian, await begin(city, tian, await xlsx([HEADER, ...Array.from({ length: FIRMS }, (_, n) => firmRow(n + 1))])))
    await tian.call(runImport, { params: { id: checked.id }, body: {} })
    let done = await look(tian, checked)
    while (done.state !== 'done' && (await city.workOnce())) done = await look(tian, checked)
    expect([done.state, done.counts?.fresh]).toEqual(['done', FIRMS])
    expect(await count('enterprises.unindexed')).toBe(FIRMS)
    expect((await firms(creditCode(7))).items).toEqual([])
    const { items } = await tian.call(listEnterprises, { query: { limit: 1 } })
    const { id, revision } = items[0]! as { id: string; revision?: number }
    await tian.call(recordLifeEvent, { params: { id }, body: { revision: revision ?? 1, kind: 'renamed', name: '贵阳样例改名在前有限公司', effectiveOn: '2020-02-24', reason: '更名登记' } })
    expect(await count('enterprises.unindexed')).toBe(FIRMS - 1)
    // It did not register itself: its history begins with whoever imported it, also once something has changed.
    expect((await tian.call(listChanges, { params: { id } })).items.map((one) => [one.kind, one.by.side, one.by.name?.zh])).toEqual([['renamed', 'office', '田雨晴'], ['registered', 'office', '田雨晴']])
    expect((await tian.call(listChanges, { params: { id: (await tian.call(listEnterprises, { query: { limit: 1, order: 'name' } })).items[0]!.id } })).items.at(-1)!.by).toMatchObject({ side: 'office' })
    await city.work()
    expect(await count('enterprises.unindexed')).toBe(0)
    expect((await firms(creditCode(7))).items).toMatchObject([{ creditCode: creditCode(7) }])
    expect((await firms('样例改名在前')).items.map((one) => one.id)).toEqual([id])
    expect((await firms('样例第')).total).toBe(FIRMS - 1)
    expect(await count('enterprises.grams', 'exists (select from enterprises.grams g where g.ctid <> grams.ctid and (g.gram, g.place_id, g.enterprise_id) = (grams.gram, grams.place_id, grams.enterprise_id))')).toBe(0)
  })
  it('does nothing when there is nothing to do', async () => {
    await city.system((ctx) => indexImported(ctx))
    expect(await count('enterprises.unindexed')).toBe(0)
  })
})
