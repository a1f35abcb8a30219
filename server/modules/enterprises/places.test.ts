// Workplaces and construction projects over HTTP: changing, closing, sections, who sees and who may.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addWorkplace, getEnterprise, listEnterprises } from '@fugong/contract/enterprises'
import { addProject, addSection, changeProject, changeWorkplace, closeWorkplace, endSection, getProject, listProjects, listProjectsOf, listWorkplaces, type AddProject, type Project } from '@fugong/contract/enterprises.places'
import { listChanges } from '@fugong/contract/enterprises.register'
import { newId } from '../../base/ids.ts'
import { newFirm } from '../../test/declaring.ts'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'

let city: City
beforeAll(async () => { city = await openCity({ now: '2020-02-24T02:00:00Z' }) })
afterAll(() => city?.close())
const told = (refusal: Refusal) => refusal.issues.map(({ path, code, params }) => [path, code, ...Object.values(params ?? {})].join(' ')).sort()
const placesOf = async (who: Someone, id: string, at?: string) => (await who.call(listWorkplaces, { params: { id }, query: at ? { at } : {} })).items

describe('workplaces', () => {
  it('change with history: what a place was on a day can be asked', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const params = { id: firm.id, workplaceId: firm.workplaces[0]!.id }
    expect(await contact.call(listWorkplaces, { params: { id: firm.id } })).toMatchObject({ at: null, items: [{ name: '一车间', building: null, park: null, openedOn: '2020-02-24', closedOn: null, revision: 1, can: ['change', 'close'] }], can: ['add'] })
    const changed = await contact.call(changeWorkplace, { params, body: { revision: 1, name: ' 口罩一车间 ', building: 'A 栋', park: '样例园', scene: 'office' } })
    expect(changed).toMatchObject({ name: '口罩一车间', building: 'A 栋', park: '样例园', scene: 'office', revision: 2 })
    expect(await contact.call(changeWorkplace, { params, body: { revision: 2, name: '口罩一车间' } })).toMatchObject({ revision: 2 })
    expect(await contact.refused(changeWorkplace, { params, body: { revision: 1, name: '别名' } })).toMatchObject({ status: 409, code: 'conflict.changed' })
    expect((await contact.call(getEnterprise, { params: { id: firm.id } })).workplaces[0]).toMatchObject({ name: '口罩一车间', scene: 'office' })
    expect((await contact.call(listChanges, { params: { id: firm.id } })).items.find((one) => one.kind === 'workplaceChanged')).toMatchObject({ workplace: '口罩一车间', fields: [{ name: 'scene', before: 'park', after: 'office' }, { name: 'name', before: '一车间', after: '口罩一车间' }, { name: 'building', before: null, after: 'A 栋' }, { name: 'park', before: null, after: '样例园' }] })
  })
  it('as of a day before the change they are as they were', async () => {
    const { contact, phone, firm } = await newFirm(city, 'wudang')
    city.clock.set('2020-02-25T02:00:00Z')
    const again = await city.contact(phone)
    await again.call(changeWorkplace, { params: { id: firm.id, workplaceId: firm.workplaces[0]!.id }, body: { revision: 1, name: '新车间' } })
    await again.call(addWorkplace, { params: { id: firm.id }, body: { name: '二车间', scene: 'park', districtCode: '520112', streetCode: '520112008', address: '样例路', building: ' B 栋 ', park: null } })
    expect((await placesOf(again, firm.id)).map((place) => [place.name, place.building])).toEqual([['新车间', null], ['二车间', 'B 栋']])
    expect((await placesOf(again, firm.id, '2020-02-24')).map((place) => [place.name, place.can])).toEqual([['一车间', []]])
    expect((await again.call(getEnterprise, { params: { id: firm.id }, query: { at: '2020-02-24' } })).workplaces.map((place) => place.name)).toEqual(['一车间'])
    expect(told(await again.refused(listWorkplaces, { params: { id: firm.id }, query: { at: '2020-02-26' } }))).toEqual(['/at issue.future'])
    city.clock.set('2020-02-24T02:00:00Z')
    expect((await placesOf(contact, firm.id)).length).toBe(2)
  })
  it('that are closed show the firm to nobody any more', async () => {
    const { contact, firm } = await newFirm(city, 'wudang', { name: '两地关闭企业' })
    const luo = await city.as('luochengxi')
    const two = await contact.call(addWorkplace, { params: { id: firm.id }, body: { name: '花溪车间', scene: 'park', districtCode: '520111', streetCode: '520111010', address: '样例路 2 号' } })
    const place = two.workplaces.find((one) => one.name === '花溪车间')!
    expect((await luo.call(listEnterprises, { query: { q: '两地关闭' } })).total).toBe(1)
    const params = { id: firm.id, workplaceId: place.id }
    expect(told(await contact.refused(closeWorkplace, { params, body: { revision: 1, closedOn: '2020-02-23', reason: '搬' } }))).toEqual(['/closedOn issue.too_early 2020-02-24'])
    expect(told(await contact.refused(closeWorkplace, { params, body: { revision: 1, closedOn: '2020-02-25', reason: '搬' } }))).toEqual(['/closedOn issue.too_far 2020-02-24'])
    expect(await contact.call(closeWorkplace, { params, body: { revision: 1, closedOn: '2020-02-24', reason: ' 租约到期 ' } })).toMatchObject({ closedOn: '2020-02-24', closeReason: '租约到期', can: [] })
    for (const endpoint of [closeWorkplace, changeWorkplace]) expect(await contact.refused(endpoint, { params, body: { revision: 2, ...(endpoint === closeWorkplace ? { closedOn: '2020-02-24', reason: '搬' } : { name: '改' }) } })).toMatchObject({ status: 409, code: 'enterprises.workplace_closed' })
    expect((await luo.call(listEnterprises, { query: { q: '两地关闭' } })).total).toBe(0)
    expect((await luo.call(listEnterprises, { query: { district: '520111', q: '两地' } })).total).toBe(0)
    expect(await luo.refused(getEnterprise, { params: { id: firm.id } })).toMatchObject({ status: 404 })
    expect((await contact.call(getEnterprise, { params: { id: firm.id } })).workplaces.map((one) => one.name)).toEqual(['一车间'])
    expect((await placesOf(contact, firm.id)).map((one) => one.closedOn)).toEqual([null, '2020-02-24'])
  })
  it('are the firm’s own to change, and each district sees its own', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const params = { id: firm.id, workplaceId: firm.workplaces[0]!.id }
    const body = { revision: 1, name: '他名' }
    expect(await (await city.as('pengxiulan')).refused(changeWorkplace, { params, body })).toMatchObject({ status: 403 })
    expect(await (await city.contact('13900000102')).refused(changeWorkplace, { params, body })).toMatchObject({ status: 404 })
    expect(await contact.refused(changeWorkplace, { params: { ...params, workplaceId: newId() }, body })).toMatchObject({ status: 404 })
    expect(await (await city.as('luochengxi')).refused(listWorkplaces, { params: { id: firm.id } })).toMatchObject({ status: 404 })
    expect(told(await contact.refused(changeWorkplace, { params, body: { revision: 1, name: ' ', scene: 'moon', address: 7, districtCode: '520103', effectiveOn: 'x' } }))).toEqual(['/address issue.type', '/districtCode issue.unknown districtCode', '/effectiveOn issue.day', '/name issue.text', '/scene issue.choice'])
  })
})

describe('construction projects', () => {
  const site: AddProject = { name: '安居二期', permitNumber: '520102202002240101', ownerName: '样例城投', districtCode: '520102', streetCode: '520102031', address: '样例路 30 号地块', state: 'building', stateSince: '2020-02-14' }
  let builder: Awaited<ReturnType<typeof newFirm>>
  let project: Project
  beforeAll(async () => { builder = await newFirm(city, 'wudang', { industryCode: '4710' }) })
  it('are registered by their contractor and seen where they lie', async () => {
    const owner = await newFirm(city, 'yunyan')
    project = await builder.contact.call(addProject, { params: { id: builder.firm.id }, body: { ...site, ownerCode: owner.firm.creditCode, plannedFrom: '2019-10-01', plannedUntil: '2021-06-30' } })
    expect(project).toMatchObject({ ...site, zoneCode: null, contractorName: builder.firm.name, contractor: { id: builder.firm.id, visible: true }, owner: { id: owner.firm.id, visible: false }, sections: [], revision: 1, can: ['change', 'addSection', 'endSection'] })
    const params = { id: project.id }
    for (const name of ['fangzhiping', 'jinbaocheng', 'gaohongtao']) expect((await (await city.as(name)).call(getProject, { params })).name).toBe('安居二期')
    for (const who of [await city.as('pengxiulan'), await city.as('suyiran'), await city.contact('13900000102'), owner.contact]) expect(await who.refused(getProject, { params })).toMatchObject({ status: 404 })
    expect(await (await city.as('jinbaocheng')).call(listProjects, { query: { district: '520102', state: 'building' } })).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id: project.id })]) as unknown, next: null })
    expect((await (await city.as('pengxiulan')).call(listProjects)).items.map((one) => one.id)).not.toContain(project.id)
    // The page of a firm also tells what it owns.
    expect((await owner.contact.call(listProjectsOf, { params: { id: owner.firm.id } })).items).toMatchObject([{ id: project.id, can: [] }])
    expect(await builder.contact.call(listProjectsOf, { params: { id: builder.firm.id } })).toMatchObject({ items: [{ id: project.id }], can: ['add'] })
  })
  it('are cut into sections, each with its contractor', async () => {
    const sub = await newFirm(city, 'nanming')
    const params = { id: project.id }
    project = await builder.contact.call(addSection, { params, body: { revision: project.revision, name: ' 一标段 ', contractorName: sub.firm.name, contractorCode: sub.firm.creditCode, from: '2020-02-20' } })
    project = await builder.contact.call(addSection, { params, body: { revision: project.revision, name: '二标段', contractorName: '外地建设集团', from: '2020-02-20' } })
    expect(project.sections).toMatchObject([{ name: '一标段', contractor: { id: sub.firm.id }, until: null }, { name: '二标段', contractorName: '外地建设集团', contractor: null }])
    expect((await sub.contact.call(listProjectsOf, { params: { id: sub.firm.id } })).items).toMatchObject([{ id: project.id, can: [] }])
    expect(await builder.contact.refused(addSection, { params, body: { revision: project.revision, name: '一标段', contractorName: '又一家', from: '2020-02-20' } })).toMatchObject({ status: 409, code: 'enterprises.section_exists' })
    expect(told(await builder.contact.refused(addSection, { params, body: { revision: project.revision, name: ' ', contractorName: 'x'.repeat(101), contractorCode: '12', from: '明天' } }))).toEqual(['/contractorCode issue.too_short 15', '/contractorName issue.too_long 100', '/from issue.day', '/name issue.text'])
    expect(told(await builder.contact.refused(addSection, { params, body: { revision: project.revision, name: '三标段', contractorName: '某某', contractorCode: '520103600999999', from: '2020-02-25' } }))).toEqual(['/contractorCode issue.firm_unknown', '/from issue.too_far 2020-02-24'])
    const section = project.sections[0]!
    const end = { params: { ...params, sectionId: section.id }, body: { revision: project.revision, until: '2020-02-24' } }
    expect(told(await builder.contact.refused(endSection, { ...end, body: { ...end.body, until: '2020-02-19' } }))).toEqual(['/until issue.too_early 2020-02-20'])
    project = await builder.contact.call(endSection, end)
    expect(project.sections[0]).toMatchObject({ until: '2020-02-24' })
    expect(await builder.contact.refused(endSection, { ...end, body: { ...end.body, revision: project.revision } })).toMatchObject({ code: 'enterprises.section_ended' })
    // The name is free again.
    project = await builder.contact.call(addSection, { params, body: { revision: project.revision, name: '一标段', contractorName: '又一家', from: '2020-02-24' } })
    expect(project.sections).toHaveLength(3)
  })
  it('are kept right by the contractor and the offices of the area, each on what they saw', async () => {
    const params = { id: project.id }
    const jin = await city.as('jinbaocheng')
    const before = project.revision
    project = await jin.call(changeProject, { params, body: { revision: before, state: 'suspended', stateSince: '2020-02-22', reason: '停工令' } })
    expect(project).toMatchObject({ state: 'suspended', stateSince: '2020-02-22', revision: before + 1 })
    expect(await builder.contact.refused(changeProject, { params, body: { revision: before, name: '改名' } })).toMatchObject({ code: 'conflict.changed', params: { who: expect.stringMatching(/南明区/) as string } })
    expect(await jin.call(changeProject, { params, body: { revision: project.revision, state: 'building' } })).toMatchObject({ state: 'building', stateSince: '2020-02-24' })
    project = await builder.contact.call(changeProject, { params, body: { revision: project.revision + 1, permitNumber: null, ownerCode: null, plannedUntil: '2022-01-01' } })
    expect(project).toMatchObject({ permitNumber: null, owner: null, ownerName: '样例城投', plannedFrom: '2019-10-01', plannedUntil: '2022-01-01' })
    expect(await (await city.as('pengxiulan')).refused(changeProject, { params, body: { revision: project.revision, name: '改' } })).toMatchObject({ status: 404 })
    expect(await (await city.as('gaohongtao')).refused(changeProject, { params, body: { revision: project.revision, name: '改' } })).toMatchObject({ status: 403 })
    expect(told(await builder.contact.refused(changeProject, { params, body: { revision: project.revision, plannedUntil: '2018-01-01' } }))).toEqual(['/plannedUntil issue.end_before_begin'])
  })
  it('tell all that is wrong, and hold a permit number once', async () => {
    const params = { id: builder.firm.id }
    expect(told(await builder.contact.refused(addProject, { params, body: {} }))).toEqual(['/address', '/districtCode', '/name', '/ownerName', '/state', '/stateSince', '/streetCode'].map((path) => `${path} issue.required`))
    expect(told(await builder.contact.refused(addProject, { params, body: { ...site, permitNumber: 'x'.repeat(41), state: 'dreamt', plannedFrom: '2020-02-02', plannedUntil: '2020-01-01', districtCode: 'x' } }))).toEqual(['/districtCode issue.area', '/permitNumber issue.too_long 40', '/plannedUntil issue.end_before_begin', '/state issue.choice'])
    expect(told(await builder.contact.refused(addProject, { params, body: { ...site, ownerCode: '520103600999999', stateSince: '2020-02-25', streetCode: '520103022' } }))).toEqual(['/ownerCode issue.firm_unknown', '/stateSince issue.too_far 2020-02-24', '/streetCode issue.street_outside_district'])
    await builder.contact.call(addProject, { params, body: { ...site, name: '安居三期' } })
    expect(await builder.contact.refused(addProject, { params, body: { ...site, name: '安居四期' } })).toMatchObject({ status: 409, code: 'enterprises.permit_taken' })
    expect(await (await city.as('fangzhiping')).refused(addProject, { params, body: site })).toMatchObject({ status: 403 })
    expect(await (await city.contact('13900000102')).refused(addProject, { params, body: { ...site, permitNumber: null } })).toMatchObject({ status: 404 })
  })
})
