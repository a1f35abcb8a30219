// A roster through the wizard: a contact's own firm, every fault of HR clerks told by row, a second import that changes only what differs; keys replaced and rows erased afterwards.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getImport, listImportRejects, listImportTargets, uploadImport, type Import } from '@fugong/contract/imports'
import { listMyEnterprises } from '@fugong/contract/enterprises'
import { endEmergency, listEmergencies } from '@fugong/contract/emergencies'
import { findInRoster, getKeys, getPersonOfRoster, listRoster, listRosterCounts, movePeople, rotateKeys, unmaskField } from '@fugong/contract/people'
import { ask } from '../../base/db.ts'
import type { Value } from '../../base/sheets/write.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { begin, check, importAll, store, xlsx } from '../../test/importing.ts'
import { ROSTER_HEADER, mobile, nameOf, residentId, rosterRow, sexOf } from '../../test/rosters.ts'

let city: City
let clerk: Someone
let firm: string
beforeAll(async () => {
  city = await openCity()
  clerk = await city.contact('13900000102')
  firm = (await clerk.call(listMyEnterprises)).items[0]!.id
})
afterAll(() => city.close())

const target = () => ({ target: 'people', enterprise: firm })
const bring = async (rows: Value[][], who = clerk): Promise<{ checked: Import; done: Import }> => importAll(city, who, await xlsx([ROSTER_HEADER, ...rows]), '花名册.xlsx', target())
const codesOf = async (one: Import) => (await clerk.call(listImportRejects, { params: { id: one.id }, query: {} })).items.map(({ row, issues }) => [row, ...issues.map(({ column, code }) => `${column} ${code}`)])
const count = async (text: string) => (await city.system((ctx) => ask<{ n: number }>(ctx, `select count(*)::int as n from ${text}`, [])))[0]!.n

describe('a clerk’s file', () => {
  it('is for the clerk’s own firm and nobody else’s', async () => {
    expect((await clerk.call(listImportTargets)).items.map(({ code, forFirm }) => [code, forFirm])).toEqual([['people', true]])
    expect((await (await city.as('tianyuqing')).call(listImportTargets)).items.map(({ code }) => code)).not.toContain('people')
    const content = await xlsx([ROSTER_HEADER, rosterRow(1)])
    await expect(clerk.upload(uploadImport, { name: 'a.xlsx', content }, { target: 'people' })).rejects.toMatchObject({ status: 422, issues: [{ path: '/enterprise', code: 'issue.required' }] })
    const other = await city.contact('13900000104')
    await expect(other.upload(uploadImport, { name: 'a.xlsx', content }, target())).rejects.toMatchObject({ status: 404 })
    const { checked } = await bring([rosterRow(1)])
    expect((await other.refused(getImport, { params: { id: checked.id } })).status).toBe(404)
  })
  it('is told every fault of a row, and what can be put right is', async () => {
    const rows: Value[][] = [
      rosterRow(2), rosterRow(3, { 1: residentId(3).replace(/.$/, (last) => (last === '5' ? '6' : '5')) }), rosterRow(4, { 1: { n: residentId(4).slice(0, 17) } }), rosterRow(5, { 2: sexOf(residentId(5)) === '男' ? '女' : '男' }),
      rosterRow(6, { 3: '1390000' }), rosterRow(7, { 8: '摸鱼' }), rosterRow(8, { 9: '火星' }), rosterRow(9, { 10: '2020年13月1日' }), rosterRow(2), rosterRow(10, { 1: '110105491231002' }), rosterRow(11, { 0: null }),
      rosterRow(12, { 1: ` ${residentId(12).slice(0, 6)} ${residentId(12).slice(6)}`, 3: '+86 139-1234-5678', 10: { d: '2020-02-19' }, 9: '湖北武汉' }), rosterRow(13, { 10: '20200218', 8: '隔离' }), rosterRow(14, { 10: '2021-01-01' }), rosterRow(15, { 10: 43882 as never }), ['合计', null, null, null, null, null, null, null, null, null, null, 12],
    ]
    const { checked, done } = await bring(rows)
    expect(await codesOf(checked)).toEqual([
      [3, 'idNumber issue.id_check'], [4, 'idNumber issue.cell_precision'], [5, 'sex issue.id_sex'], [6, 'phone issue.phone'], [7, 'state issue.cell_choice'], [8, 'origin issue.origin_unknown'], [9, 'returnedOn issue.day'], [10, 'idNumber issue.import_repeated'], [11, 'idNumber issue.id_fifteen'],
      [12, 'name issue.required'], [14, 'observingUntil issue.observing_until'], [15, 'returnedOn issue.future'],
    ].map(([row, code]) => [row, code]))
    expect(done.counts).toMatchObject({ rows: 16, fresh: 3, rejected: 12, notData: 1, left: 0 })
    const found = await clerk.call(findInRoster, { params: { id: firm }, body: { text: nameOf(12) } })
    const one = found.items.find(({ returnedOn }) => returnedOn === '2020-02-19')!
    expect(one).toMatchObject({ source: 'import', origin: { code: '420100' }, phoneMasked: '139****5678' })
    expect(await clerk.call(unmaskField, { params: { id: firm, employmentId: one.id }, body: { field: 'idNumber', reason: '核对' } })).toMatchObject({ value: residentId(12) })
    const { items } = await clerk.call(listImportRejects, { params: { id: checked.id }, query: {} })
    expect(JSON.stringify(items)).not.toContain(residentId(5))
  })
  it('brought again changes only what differs, with a history', async () => {
    const rows = [20, 21, 22].map((n) => rosterRow(n, { 8: '在岗' }))
    expect((await bring(rows)).done.counts).toMatchObject({ fresh: 3 })
    const { checked, done } = await bring([rosterRow(20, { 3: mobile(99), 5: '九车间', 8: '请假' }), rows[1]!])
    expect(done.counts).toMatchObject({ changed: 1, unchanged: 1 })
    expect(checked.changes.map(({ column, from, to }) => [column, from, to])).toEqual([['crew', '5 车间', '九车间'], ['phone', `139****${mobile(20).slice(-4)}`, `139****${mobile(99).slice(-4)}`], ['state', 'onDuty', 'absent']])
    const { items } = await clerk.call(listRoster, { params: { id: firm }, query: { crew: '九车间' } })
    const person = await clerk.call(getPersonOfRoster, { params: { id: firm, employmentId: items[0]!.id } })
    expect(person.history.map(({ kind }) => kind)).toEqual(['moved', 'placed', 'entered'])
  })
  it('stops when whoever brought it is no contact of the firm any more', async () => {
    const other = await city.contact('13900000104')
    const theirs = (await other.call(listMyEnterprises)).items[0]!.id
    const begun = await begin(city, other, await xlsx([ROSTER_HEADER, rosterRow(30)]), 'a.xlsx', { target: 'people', enterprise: theirs })
    const checked = await check(city, other, begun)
    await city.system((ctx) => ask(ctx, 'update identity.memberships set ended_at = now() where enterprise_id = $1', [theirs]))
    await expect(store(city, other, checked)).resolves.toMatchObject({ state: 'failed', failure: 'imports.right_lost' })
  })
})

describe('counts', () => {
  it('equal a recount, after everything', async () => {
    const recount = await city.system((ctx) => ask<{ workplaceId: string; state: string; people: number }>(ctx, 'select workplace_id, state, count(*)::int as people from people.employments group by 1, 2 order by 1, 2', []))
    expect(await city.system((ctx) => ask(ctx, 'select workplace_id, state, people from people.counts where people <> 0 order by 1, 2', []))).toEqual(recount)
    expect(recount.length).toBeGreaterThan(2)
  })
})

describe('keys', () => {
  it('are replaced while the system runs; the old ones are destroyed when nothing names them', async () => {
    const administrator = await city.as('luyuanming')
    const before = await administrator.call(getKeys)
    expect(before.keys).toMatchObject([{ label: 'people/520103', current: true }])
    const begun = await administrator.call(rotateKeys, { body: {} })
    expect([begun.keys.length, begun.rotation!.finishedAt]).toEqual([2, null])
    expect(await administrator.refused(rotateKeys, { body: {} })).toMatchObject({ code: 'people.rotation_running' })
    // While it runs, the roster is read and written as ever.
    const { items } = await clerk.call(listRoster, { params: { id: firm }, query: {} })
    await city.work()
    expect((await administrator.call(getKeys)).keys.map(({ values }) => values > 0)).toEqual([true, false])
    city.clock.set('2020-02-24T02:02:00Z')
    await city.work()
    const after = await administrator.call(getKeys)
    expect(after.keys).toMatchObject([{ current: true, values: before.keys[0]!.values }])
    expect(after.keys[0]!.id).not.toBe(before.keys[0]!.id)
    expect(after.rotation).toMatchObject({ done: before.keys[0]!.values, total: before.keys[0]!.values })
    expect((await clerk.call(listRoster, { params: { id: firm }, query: {} })).items).toEqual(items)
    for (const who of [clerk, await city.as('gaohongtao')]) expect(await who.refused(rotateKeys, { body: {} })).toMatchObject({ code: 'session.forbidden' })
  })
})

describe('erasing', () => {
  it('takes those who left after the pack’s days, and everybody after the emergency’s end, and proves it', async () => {
    const { items } = await clerk.call(listRoster, { params: { id: firm }, query: {} })
    await clerk.call(movePeople, { params: { id: firm }, body: { ids: [items[0]!.id], to: 'left' } })
    const sweep = async (now: string) => {
      city.clock.set(now)
      await city.system(async (ctx) => ctx.enqueue('people.erase', null))
      await city.work()
    }
    const people = await count('people.employments')
    await sweep('2020-03-24T02:00:00Z')
    expect(await count('people.employments')).toBe(people)
    await sweep('2020-03-26T02:00:00Z')
    expect([await count('people.employments'), await count('people.persons')]).toEqual([people - 1, people - 1])
    const commander = await city.as('gaohongtao')
    for (const one of (await commander.call(listEmergencies)).items.filter(({ endedAt }) => endedAt === null)) await commander.call(endEmergency, { params: { id: one.id }, body: { documentNo: '样例 1 号', note: '结束' } })
    await sweep('2020-04-24T02:00:00Z')
    expect(await count('people.employments')).toBe(people - 1)
    await sweep('2020-04-27T02:00:00Z')
    for (const table of ['employments', 'persons', 'changes', 'reads']) expect(await count(`people.${table}`), table).toBe(0)
    const proofs = await city.system((ctx) => ask<{ payload: { why: string; employments: number; proof: string } }>(ctx, "select payload from base.events where name = 'people.erased' order by id", []))
    expect(proofs.map(({ payload }) => [payload.why, payload.employments, payload.proof.length])).toEqual([['left', 1, 64], ['ended', people - 1, 64]])
    expect((await (await city.as('tianyuqing')).call(listRosterCounts, { query: {} })).items).toEqual([])
  })
})
