// Saved views over HTTP: one's own, those of the unit, who may change them, the one to begin with, bad input.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeView, chooseDefaultView, listViews, removeView, saveView, type View } from '@fugong/contract/views'
import { lend } from '../../test/declaring.ts'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'
import { verbs } from './index.ts'

let city: City
let tian: Someone // reviewer of 云岩
let fang: Someone // reviewer of 南明
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  tian = await city.as('tianyuqing')
  fang = await city.as('fangzhiping')
})
afterAll(() => city?.close())

const told = (refusal: Refusal) => refusal.issues.map(({ path, code }) => `${path} ${code}`).sort()
const body = (change: object = {}) => ({ list: 'enterprises' as const, name: '重点餐饮', filters: { district: '520103', class: 'vital' }, columns: ['name', 'size'], shared: false, ...change })
const save = (who: Someone, change: object = {}): Promise<View> => who.call(saveView, { body: body(change) })
const namesOf = async (who: Someone) => (await who.call(listViews, { query: { list: 'enterprises' } })).items.map(({ name }) => name)
const kept = ({ name, filters, columns, shared }: View) => ({ name, filters, columns, shared })

it('are kept by staff; a contact of a firm has no lists to arrange', () => {
  expect(verbs['view.keep']).not.toContain('enterpriseContact')
})
describe('own views', () => {
  it('are kept with filters, columns in their order and name, and stay one’s own', async () => {
    const view = await save(tian)
    expect(view).toMatchObject({ list: 'enterprises', name: '重点餐饮', filters: { district: '520103', class: 'vital' }, columns: ['name', 'size'], shared: false, own: true, ownerName: '田雨晴', unit: null, can: ['change', 'remove'] })
    expect(await namesOf(tian)).toEqual(['重点餐饮'])
    expect(await namesOf(fang)).toEqual([])
    expect((await tian.call(listViews, { query: { list: 'declarations' } })).items).toEqual([])
  })
  it('refuses a second one of the same name in the same list, with blanks at its ends too', async () => {
    expect((await tian.refused(saveView, { body: body({ name: ' 重点餐饮 ' }) })).code).toBe('views.name_taken')
    await save(tian, { list: 'declarations' })
    await save(fang)
  })
  it('is changed and removed by its owner only; for others it does not exist', async () => {
    const view = await save(tian, { name: '待改' })
    const changed = await tian.call(changeView, { params: { id: view.id }, body: { ...kept(view), filters: { size: 'micro' }, columns: [] } })
    expect(changed).toMatchObject({ name: '待改', filters: { size: 'micro' }, columns: [] })
    expect((await fang.refused(changeView, { params: { id: view.id }, body: kept(view) })).code).toBe('not_found')
    expect((await fang.refused(removeView, { params: { id: view.id } })).code).toBe('not_found')
    await tian.call(removeView, { params: { id: view.id } })
    expect((await tian.refused(removeView, { params: { id: view.id } })).code).toBe('not_found')
  })
  it('are at most fifty', async () => {
    const pan = await city.as('pengxiulan')
    for (let i = 0; i < 50; i++) await save(pan, { name: `第 ${i} 个` })
    expect(await pan.refused(saveView, { body: body({ name: '多一个' }) })).toMatchObject({ code: 'views.too_many', params: { limit: 50 } })
  })
})

describe('shared views', () => {
  it('are seen by the unit, not by another one, and changed by their author only', async () => {
    const view = await save(fang, { name: '南明专班', shared: true })
    expect(view.unit?.zh).toMatch(/南明/)
    expect(await namesOf(tian)).not.toContain('南明专班')
    // Someone who stands in at that unit sees it for as long as the grant lasts.
    await lend(city, 'fangzhiping', 'jianghaoyu')
    const stand = await city.as('jianghaoyu')
    const seen = (await stand.call(listViews, { query: { list: 'enterprises' } })).items.find(({ id }) => id === view.id)
    expect(seen).toMatchObject({ own: false, ownerName: '方志平', can: [] })
    expect((await stand.refused(changeView, { params: { id: view.id }, body: kept(view) })).code).toBe('not_found')
    city.clock.set('2020-04-24T02:00:00Z')
    expect(await namesOf(await city.as('jianghaoyu'))).not.toContain('南明专班')
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('can be the one to begin with, until it is not shared any more', async () => {
    const view = await save(fang, { name: '每天先看', shared: true })
    await lend(city, 'fangzhiping', 'yaosiyuan')
    const stand = await city.as('yaosiyuan')
    await stand.call(chooseDefaultView, { params: { list: 'enterprises' }, body: { viewId: view.id } })
    const begin = async () => (await stand.call(listViews, { query: { list: 'enterprises' } })).defaultId
    expect(await begin()).toBe(view.id)
    await fang.call(changeView, { params: { id: view.id }, body: { ...kept(view), shared: false } })
    expect(await begin()).toBeNull()
    await fang.call(changeView, { params: { id: view.id }, body: kept(view) })
    expect(await begin()).toBe(view.id)
    await fang.call(removeView, { params: { id: view.id } })
    expect(await begin()).toBeNull()
  })
  it('no one begins with a view that is not theirs to see, nor with one of another list', async () => {
    const view = await save(tian, { name: '我的' })
    expect((await fang.refused(chooseDefaultView, { params: { list: 'enterprises' }, body: { viewId: view.id } })).code).toBe('not_found')
    expect((await tian.refused(chooseDefaultView, { params: { list: 'certificates' }, body: { viewId: view.id } })).code).toBe('not_found')
    await tian.call(chooseDefaultView, { params: { list: 'enterprises' }, body: { viewId: view.id } })
    await tian.call(chooseDefaultView, { params: { list: 'enterprises' }, body: { viewId: null } })
    expect((await tian.call(listViews, { query: { list: 'enterprises' } })).defaultId).toBeNull()
  })
})

describe('bad input', () => {
  it.each<[string, object, string[]]>([
    ['a blank name', { name: '  ' }, ['/name issue.text']],
    ['a name with a line break', { name: 'a\nb' }, ['/name issue.text']],
    ['a name that is too long', { name: '长'.repeat(41) }, ['/name issue.too_long']],
    ['an unknown list', { list: 'people' }, ['/list issue.choice']],
    ['columns twice', { columns: ['name', 'name'] }, ['/columns issue.duplicate']],
    ['a column that is none', { columns: ['a; drop table'] }, ['/columns/0 issue.choice']],
    ['a filter that is no text', { filters: { district: 5 } }, ['/filters/district issue.type']],
    ['a filter with a strange name', { filters: { 'x y': '1' } }, ['/filters/x y issue.unknown']],
    ['a filter that cannot be stored', { filters: { q: 'a\u0000b' } }, ['/filters/q issue.text']],
    ['everything at once', { name: '', columns: 'name', filters: null, shared: 'yes' }, ['/columns issue.type', '/filters issue.type', '/name issue.required', '/shared issue.type']],
    ['something more', { owner: 'me' }, ['/owner issue.unknown']],
  ])('%s', async (_, change, expected) => expect(told(await tian.refused(saveView, { body: body(change) }))).toEqual(expected))
  it('contacts of firms and strangers keep no views', async () => {
    expect((await (await city.contact('13900000101')).refused(listViews, { query: { list: 'enterprises' } })).code).toBe('session.forbidden')
    expect((await city.anonymous().refused(saveView, { body: body() })).code).toBe('session.required')
  })
})
