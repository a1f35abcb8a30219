// Groups of firms over HTTP: stated from below, seen from both ends, never in a circle.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addParent, endRelation, listRelations } from '@fugong/contract/enterprises.register'
import { newId } from '../../base/ids.ts'
import { newFirm } from '../../test/declaring.ts'
import { openCity, type City, type Refusal } from '../../test/harness.ts'

let city: City
beforeAll(async () => { city = await openCity({ now: '2020-02-24T02:00:00Z' }) })
afterAll(() => city?.close())
const told = (refusal: Refusal) => refusal.issues.map(({ path, code, params }) => [path, code, ...Object.values(params ?? {})].join(' ')).sort()
type Made = Awaited<ReturnType<typeof newFirm>>
const under = (child: Made, parent: Made, kind: 'subsidiary' | 'branch' = 'subsidiary', from = '2020-01-01') => ({ params: { id: child.firm.id }, body: { parentCode: parent.firm.creditCode, kind, from } })

describe('relations', () => {
  it('are seen from both ends, each naming the other', async () => {
    const [head, arm] = [await newFirm(city, 'nanming'), await newFirm(city, 'wudang')]
    const relation = await arm.contact.call(addParent, { ...under(arm, head), body: { ...under(arm, head).body, reason: ' 控股 60% ' } })
    expect(relation).toMatchObject({ side: 'parent', kind: 'subsidiary', from: '2020-01-01', until: null, reason: '控股 60%', other: { id: head.firm.id, name: head.firm.name, creditCode: head.firm.creditCode, visible: false }, setBy: { side: 'firm', name: null }, can: ['end'] })
    expect((await head.contact.call(listRelations, { params: { id: head.firm.id } })).items).toMatchObject([{ id: relation.id, side: 'child', other: { id: arm.firm.id, visible: false } }])
    const commander = await city.as('gaohongtao')
    expect(await commander.call(listRelations, { params: { id: head.firm.id } })).toMatchObject({ items: [{ side: 'child', other: { visible: true }, can: [] }], can: [] })
    expect(await (await city.as('pengxiulan')).refused(listRelations, { params: { id: head.firm.id } })).toMatchObject({ status: 404 })
  })
  it('never close a circle, not even when two are stated at once', async () => {
    const [a, b, c] = [await newFirm(city, 'nanming'), await newFirm(city, 'wudang'), await newFirm(city, 'yunyan')]
    expect(await a.contact.refused(addParent, under(a, a))).toMatchObject({ status: 409, code: 'enterprises.relation_cycle' })
    await b.contact.call(addParent, under(b, a))
    await c.contact.call(addParent, under(c, b))
    expect(await a.contact.refused(addParent, under(a, c))).toMatchObject({ code: 'enterprises.relation_cycle' })
    expect(await b.contact.refused(addParent, under(b, a))).toMatchObject({ code: 'enterprises.relation_exists' })
    const [x, y] = [await newFirm(city, 'nanming'), await newFirm(city, 'wudang')]
    const both = await Promise.allSettled([x.contact.call(addParent, under(x, y)), y.contact.call(addParent, under(y, x))])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  it('give a branch one head, a subsidiary several', async () => {
    const [a, b, c] = [await newFirm(city, 'nanming'), await newFirm(city, 'wudang'), await newFirm(city, 'yunyan')]
    await c.contact.call(addParent, under(c, a, 'branch'))
    expect(await c.contact.refused(addParent, under(c, b, 'branch'))).toMatchObject({ status: 409, code: 'enterprises.relation_exists' })
    expect(await c.contact.call(addParent, under(c, b))).toMatchObject({ kind: 'subsidiary' })
  })
  it('end from either end and stay in view', async () => {
    const [head, arm] = [await newFirm(city, 'nanming'), await newFirm(city, 'wudang')]
    const { id } = await arm.contact.call(addParent, under(arm, head))
    const end = { params: { id: head.firm.id, relationId: id }, body: { until: '2020-02-20', reason: '股权转让' } }
    expect(told(await head.contact.refused(endRelation, { ...end, body: { until: '2019-12-31', reason: '转让' } }))).toEqual(['/until issue.too_early 2020-01-01'])
    expect(await head.contact.call(endRelation, end)).toMatchObject({ until: '2020-02-20', can: [] })
    expect(await arm.contact.refused(endRelation, { ...end, params: { id: arm.firm.id, relationId: id } })).toMatchObject({ status: 409, code: 'enterprises.relation_ended' })
    expect((await arm.contact.call(listRelations, { params: { id: arm.firm.id } })).items).toMatchObject([{ until: '2020-02-20' }])
    // What has ended stands in nobody's way.
    expect(await head.contact.call(addParent, under(head, arm, 'subsidiary', '2020-02-21'))).toMatchObject({ side: 'parent' })
  })
  it('tell what is wrong, and are stated by the firm below or its district', async () => {
    const [head, arm] = [await newFirm(city, 'nanming'), await newFirm(city, 'wudang')]
    const params = { id: arm.firm.id }
    expect(told(await arm.contact.refused(addParent, { params, body: { parentCode: '1', kind: 'cousin', from: 'once', x: 1 } }))).toEqual(['/from issue.day', '/kind issue.choice', '/parentCode issue.too_short 15', '/x issue.unknown x'])
    expect(told(await arm.contact.refused(addParent, under(arm, head, 'branch', '2020-03-01')))).toEqual(['/from issue.too_far 2020-02-24'])
    expect(await arm.contact.refused(addParent, { params, body: { parentCode: '520103600999999', kind: 'branch', from: '2020-01-01' } })).toMatchObject({ status: 422, code: 'enterprises.parent_unknown' })
    expect(await head.contact.refused(addParent, under(arm, head))).toMatchObject({ status: 404 })
    expect(await (await city.as('wenguangyu')).refused(addParent, under(arm, head))).toMatchObject({ status: 403 })
    expect(await (await city.as('pengxiulan')).call(addParent, under(arm, head))).toMatchObject({ setBy: { side: 'office', name: { zh: '彭秀岚' } } })
    expect(await arm.contact.refused(endRelation, { params: { ...params, relationId: newId() }, body: { until: '2020-02-20', reason: '无' } })).toMatchObject({ status: 404 })
  })
})
