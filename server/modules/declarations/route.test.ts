// Every route of the table at each level over HTTP: to which units a declaration goes, who may decide, and what each step keeps.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listAreas } from '@fugong/contract/areas'
import { acceptDeclaration, listDeclarations, recordSiteCheck, rejectDeclaration, saveDeclaration, type Declaration } from '@fugong/contract/declarations'
import { moveDeclaration } from '@fugong/contract/declarations.review'
import { addWorkplace, type Enterprise } from '@fugong/contract/enterprises'
import { closeWorkplace, listWorkplaces } from '@fugong/contract/enterprises.places'
import { setFlag } from '@fugong/contract/enterprises.register'
import { dissolveUnit, listUnits, type Unit } from '@fugong/contract/identity'
import { closeCasePart, decideMany } from '@fugong/contract/cases.deeds'
import { getCase, listCases } from '@fugong/contract/cases'
import { declare, fill, look, newFirm, openFor, runJob, ensureLevel, submit } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { followLevels } from './index.ts'

let city: City
beforeAll(async () => { city = await openCity() })
beforeEach(() => city.clock.set('2020-02-24T02:00:00Z'))
afterAll(() => city?.close())

const on = ({ id, revision }: Declaration, body: object = {}) => ({ params: { id }, body: { revision, ...body } }) as never
const nodes = ({ route }: Declaration) => (route?.nodes ?? []).map(({ step, unit, role, wanted, state }) => `${step} ${unit.zh} ${role}${wanted ? ` for ${wanted}` : ''} ${state}`)
const events = ({ timeline }: Declaration) => timeline.map(({ event }) => event.replace('declaration.', ''))
const unitId = async (code: string) => ((await (await city.as('luyuanming')).call(listUnits, { query: {} })).items.find((one: Unit) => one.code === code))!.id

describe('the route', () => {
  it('in a development zone: its committee alone', async () => {
    await ensureLevel(city, '520115', 'medium')
    const { contact, firm } = await newFirm(city, 'hightech')
    const waiting = await declare(contact, firm)
    expect(nodes(waiting)).toEqual([expect.stringMatching(/^1 .*高新.*管.*会 lead open$/)])
    expect(waiting.route!.decision).toMatchObject({ table: 'declaration.route', row: 'r1', inputs: { zone: true } })
    // The task force of the host district stands beside the committee, not above it.
    const neighbour = await city.as('jianghaoyu')
    expect((await look(neighbour, waiting)).can).toEqual([])
    expect(await neighbour.refused(acceptDeclaration, on(waiting))).toMatchObject({ status: 403, code: 'session.forbidden' })
  })
  it('elsewhere: street and department together; each passes, the second files', async () => {
    await ensureLevel(city, '520103', 'medium')
    const { contact, firm } = await newFirm(city, 'yunyan', { industryCode: '5211', workplace: { name: '门店', scene: 'commercial', districtCode: '520103', streetCode: '520103020', zoneCode: null, address: '样例路 1 号' } })
    const waiting = await declare(contact, firm)
    expect(nodes(waiting)).toEqual(['1 黔灵镇人民政府 lead open', '1 云岩区商务局 help open'].map((line) => (line.includes('黔灵') ? expect.stringMatching(/^1 .* lead open$/) as string : line)))
    const [street, commerce] = [await city.as('zouweimin'), await city.as('suyiran')]
    expect((await look(street, waiting)).can).toEqual(['return', 'reject', 'accept'])
    const passed = await commerce.call(acceptDeclaration, on(waiting, { note: '行业要求已落实' }))
    expect(passed).toMatchObject({ state: 'underReview', can: [], certificateNumber: null })
    expect(events(passed)).toEqual(['opened', 'submitted', 'step_passed'])
    expect(passed.route!.nodes.find(({ role }) => role === 'help')).toMatchObject({ state: 'done', by: '苏怡然', result: 'passed', note: '行业要求已落实', at: '2020-02-24T02:00:00.000Z' })
    // The firm reads units, not officials.
    expect(JSON.stringify(await look(contact, passed))).not.toContain('苏怡然')
    expect(await commerce.refused(acceptDeclaration, on(passed))).toMatchObject({ code: 'session.forbidden' })
    const filed = await street.call(acceptDeclaration, on(passed))
    expect(filed).toMatchObject({ state: 'filed' })
    expect(events(filed)).toEqual(['opened', 'submitted', 'step_passed', 'accepted', 'filed'])
  })
  it('what a helping unit reports to the others stays among offices', async () => {
    const { contact, firm } = await newFirm(city, 'yunyan', { industryCode: '5211' })
    const waiting = await declare(contact, firm)
    const commerce = await city.as('suyiran')
    const row = (await commerce.call(listCases, { query: { q: waiting.creditCode } })).items.find(({ subject }) => subject.link?.endsWith(waiting.id))!
    const { parts } = await commerce.call(getCase, { params: { id: row.id } })
    const { id, revision } = parts.find(({ role }) => role === 'help')!
    await commerce.call(closeCasePart, { params: { id }, body: { revision, note: '该企业去年被举报两次，请现场细看' } })
    expect(JSON.stringify(await look(commerce, waiting))).toContain('被举报')
    expect(JSON.stringify(await look(contact, waiting))).not.toContain('被举报')
  })
  it('the unit above decides in the stead of both, and the record says so', async () => {
    const { contact, firm } = await newFirm(city, 'yunyan', { industryCode: '5211' })
    const filed = await (await city.as('tianyuqing')).call(acceptDeclaration, on(await declare(contact, firm)))
    expect(filed).toMatchObject({ state: 'filed' })
    expect(nodes(filed)).toEqual(['1 云岩区复工复产工作专班 lead done'])
    expect(filed.route!.nodes[0]!.movedFrom).toMatchObject({ zh: '盐务街街道办事处' })
  })
  it('a trader: its community, whose worker sees this one and no other', async () => {
    const { contact, firm } = await newFirm(city, 'yunyan', { kind: 'trader', industryCode: '6210', workplace: { name: '早餐店', scene: 'commercial', districtCode: '520103', streetCode: '520103020', zoneCode: null, address: '样例路 2 号' } })
    const communities = await contact.call(listAreas, { query: { parent: '520103020' } })
    expect(communities.items.map(({ code }) => code)).toContain('520103020901')
    const opened = await openFor(contact, firm)
    expect((await contact.refused(saveDeclaration, on(opened, { communityCode: '520102031901' }))).issues).toMatchObject([{ path: '/communityCode', code: 'issue.area_unknown' }])
    const draft = await contact.call(saveDeclaration, on(opened, { communityCode: '520103020901' }))
    const waiting = await submit(contact, await fill(contact, draft))
    expect(nodes(waiting)).toEqual(['1 样例·黔灵一社区居委会 lead open'])
    const worker = await city.as('taoguilan')
    expect((await worker.call(listDeclarations, { query: {} })).items.map(({ id }) => id)).toEqual([waiting.id])
    const filed = await worker.call(acceptDeclaration, on(await look(worker, waiting)))
    expect(filed).toMatchObject({ state: 'filed', certificate: { state: 'valid' } })
    expect(filed.files).toHaveLength(1)
  })
  it('a trader who names no community: the street, and the page says why', async () => {
    const { contact, firm } = await newFirm(city, 'yunyan', { kind: 'trader', industryCode: '6210' })
    expect(nodes(await declare(contact, firm))).toEqual(['1 盐务街街道办事处 lead for community open'])
  })
  it('a building site: department first, town beside it', async () => {
    await ensureLevel(city, '520102', 'medium')
    const { contact, firm } = await newFirm(city, 'nanming', { industryCode: '4710', workplace: { name: '一期工地', scene: 'site', districtCode: '520102', streetCode: '520102031', zoneCode: null, address: '样例路 3 号' } })
    const waiting = await declare(contact, firm)
    expect(nodes(waiting)).toEqual(['1 南明区住房和城乡建设局 lead open', '1 花果园街道办事处 help open'])
  })
  it('a trade without a bureau in the district: the task force beside the street, and the page says so', async () => {
    const { contact, firm } = await newFirm(city, 'yunyan', { industryCode: '8760' })
    expect(nodes(await declare(contact, firm))).toEqual(['1 盐务街街道办事处 lead open', '1 云岩区复工复产工作专班 help for department open'])
  })
  it('a firm across districts: the city department', async () => {
    const { contact, firm } = await newFirm(city, 'nanming')
    await contact.call(addWorkplace, { params: { id: firm.id }, body: { name: '二车间', scene: 'park', districtCode: '520103', streetCode: '520103022', address: '样例路 4 号' } })
    const waiting = await declare(contact, firm)
    expect(nodes(waiting)).toEqual(['1 贵阳市工业和信息化局 lead open'])
    expect(await (await city.as('fangzhiping')).refused(rejectDeclaration, on(waiting, { reason: '试' }))).toMatchObject({ code: 'session.forbidden' })
    expect(await (await city.as('wenguangyu')).call(acceptDeclaration, on(waiting))).toMatchObject({ state: 'filed' })
  })
})

describe('the white list', () => {
  it('lets a firm at medium risk take effect on its pledge, for as long as the flag stands', async () => {
    const { contact, firm } = await newFirm(city, 'yunyan')
    await (await city.as('tianyuqing')).call(setFlag, { params: { id: firm.id }, body: { code: 'whiteList', reason: '现场已核实' } })
    const filed = await declare(contact, firm)
    expect(filed).toMatchObject({ state: 'filed', procedure: 'effective', level: 'medium', decision: { row: 'w1', inputs: { whiteList: true } } })
    expect(filed.decision!.sentence.zh).toContain('白名单')
  })
})

/** Another workplace of the firm, in Guanshanhu. */
const newPlant = async (contact: Someone, firm: Enterprise) => (await contact.call(addWorkplace, { params: { id: firm.id }, body: { name: '新厂', scene: 'park', districtCode: '520115', streetCode: '520115006', address: '样例路 5 号' } })).workplaces.find(({ name }) => name === '新厂')!
/** The firm closes the workplace that it has declared. */
async function close(contact: Someone, { enterpriseId, workplace }: Declaration): Promise<void> {
  const { items } = await contact.call(listWorkplaces, { params: { id: enterpriseId }, query: {} })
  await contact.call(closeWorkplace, { params: { id: enterpriseId, workplaceId: workplace.id }, body: { revision: items.find(({ id }) => id === workplace.id)!.revision, closedOn: '2020-02-24', reason: '搬迁' } })
}
describe('what changes in review', () => {
  it('the level rises: at the decision the site is asked for, both levels stand there, the clock goes on', async () => {
    await ensureLevel(city, '520102', 'medium')
    const { contact, firm } = await newFirm(city, 'nanming')
    const waiting = await declare(contact, firm)
    city.clock.set('2020-02-24T03:00:00Z')
    await ensureLevel(city, '520102', 'high')
    const pending = await (await city.as('fangzhiping')).call(acceptDeclaration, on(waiting))
    expect(pending).toMatchObject({ state: 'siteCheckPending', level: 'high', procedure: 'reviewAndSite', dueAt: waiting.dueAt, judgedAnew: { firstLevel: 'medium', firstProcedure: 'review', at: '2020-02-24T03:00:00.000Z' } })
    expect(events(pending)).toEqual(['opened', 'submitted', 'judged_anew', 'accepted'])
    expect((await look(contact, pending)).judgedAnew).toMatchObject({ firstLevel: 'medium' })
  })
  it('the level falls: nobody may hold it any longer, and the minute’s look files it', async () => {
    await ensureLevel(city, '520121', 'medium')
    const { contact, firm } = await newFirm(city, 'kaiyang')
    const waiting = await declare(contact, firm)
    city.clock.set('2020-02-24T03:00:00Z')
    await ensureLevel(city, '520121', 'low')
    await city.system((ctx) => followLevels(ctx))
    await city.system((ctx) => followLevels(ctx))
    const filed = await look(contact, waiting)
    expect(filed).toMatchObject({ state: 'filed', level: 'low', judgedAnew: { firstLevel: 'medium' } })
    expect(events(filed)).toEqual(['opened', 'submitted', 'judged_anew', 'filed'])
  })
  it('the workplace is closed: neither a site check nor a lighter level nor silence files it, and the firm goes on elsewhere', async () => {
    await ensureLevel(city, '520102', 'high')
    const office = await city.as('fangzhiping')
    const { contact: seenBy, firm: seenFirm } = await newFirm(city, 'nanming')
    const pending = await office.call(acceptDeclaration, on(await declare(seenBy, seenFirm)))
    await close(seenBy, pending)
    expect(await office.refused(recordSiteCheck, on(pending, { result: 'pass', findings: '合格' }))).toMatchObject({ status: 409, code: 'declarations.place_closed' })
    expect(await look(office, pending)).toMatchObject({ state: 'siteCheckPending', checks: [] })

    await ensureLevel(city, '520115', 'medium')
    await ensureLevel(city, '520121', 'medium')
    const { contact, firm } = await newFirm(city, 'kaiyang')
    const waiting = await declare(contact, firm)
    await close(contact, waiting)
    await ensureLevel(city, '520121', 'low')
    await city.system((ctx) => followLevels(ctx))
    const judged = await look(contact, waiting)
    expect(judged).toMatchObject({ state: 'underReview', level: 'low', procedure: 'review', certificateNumber: null })
    const moved = await contact.call(moveDeclaration, on(judged, { workplaceId: (await newPlant(contact, firm)).id }))
    expect(await (await city.as('jianghaoyu')).call(acceptDeclaration, on(moved))).toMatchObject({ state: 'filed' })

    const { contact: silent, phone, firm: silentFirm } = await newFirm(city, 'kaiyang', { industryCode: '8760' })
    const overdue = await declare(silent, silentFirm)
    expect(overdue.overdueOutcome).toBe('accept')
    await close(silent, overdue)
    city.clock.set(overdue.dueAt!)
    await runJob(city, 'cases.sweep')
    expect(await look(await city.contact(phone), overdue)).toMatchObject({ state: 'underReview', certificateNumber: null })
  })
  it('the firm moves to another district: the units there go on, the clock as it was', async () => {
    await ensureLevel(city, '520103', 'medium')
    await ensureLevel(city, '520115', 'medium')
    const { contact, firm } = await newFirm(city, 'yunyan')
    const waiting = await declare(contact, firm)
    expect(waiting.can).toEqual(['withdraw'])
    const there = await newPlant(contact, firm)
    await close(contact, waiting)
    expect(await (await city.as('tianyuqing')).refused(acceptDeclaration, on(waiting))).toMatchObject({ status: 409, code: 'declarations.place_closed' })
    city.clock.set('2020-02-24T06:00:00Z')
    const moved = await contact.call(moveDeclaration, on(await look(contact, waiting), { workplaceId: there.id }))
    expect(moved).toMatchObject({ state: 'underReview', workplace: { districtCode: '520115', name: '新厂' }, dueAt: waiting.dueAt, level: 'medium' })
    expect(nodes(moved).filter((line) => line.endsWith('open'))).toEqual(['2 世纪城街道办事处 lead open', '2 观山湖区工业和信息化局 help open'])
    expect(await (await city.as('jianghaoyu')).call(acceptDeclaration, on(moved))).toMatchObject({ state: 'filed' })
  })
  it('a unit is dissolved: the one above it goes on', async () => {
    await ensureLevel(city, '520111', 'medium')
    const { contact, firm } = await newFirm(city, 'yunyan', { kind: 'trader', industryCode: '6210', workplace: { name: '小店', scene: 'commercial', districtCode: '520102', streetCode: '520102031', zoneCode: null, address: '样例路 6 号' } })
    await ensureLevel(city, '520102', 'medium')
    const draft = await contact.call(saveDeclaration, on(await openFor(contact, firm), { communityCode: '520102031901' }))
    const waiting = await submit(contact, await fill(contact, draft))
    expect(nodes(waiting)).toEqual(['1 样例·果园一社区居委会 lead open'])
    const dissolved = await unitId('gy-520102031901-community')
    await (await city.as('luyuanming')).call(dissolveUnit, { params: { id: dissolved }, body: { reason: '撤并' } })
    await runJob(city, 'cases.dissolve', { unitId: dissolved })
    expect(nodes(await look(contact, waiting)).filter((line) => line.endsWith('open'))).toEqual(['1 花果园街道办事处 lead open'])
    expect(await (await city.as('fangzhiping')).call(acceptDeclaration, on(await look(contact, waiting)))).toMatchObject({ state: 'filed' })
  })
})

describe('the to-do list', () => {
  it('has it for the units on the way, and accepts many at once', async () => {
    const firms = [await newFirm(city, 'yunyan', { kind: 'trader', industryCode: '6210', workplace: { name: '面馆', scene: 'commercial', districtCode: '520103', streetCode: '520103020', zoneCode: null, address: '样例路 7 号' } }), await newFirm(city, 'yunyan', { kind: 'trader', industryCode: '6210', workplace: { name: '粉馆', scene: 'commercial', districtCode: '520103', streetCode: '520103020', zoneCode: null, address: '样例路 8 号' } })]
    const waiting: Declaration[] = []
    for (const { contact, firm } of firms) waiting.push(await submit(contact, await fill(contact, await contact.call(saveDeclaration, on(await openFor(contact, firm), { communityCode: '520103020901' })))))
    const worker: Someone = await city.as('taoguilan')
    const todo = await worker.call(listCases, { query: { kind: 'declaration' } })
    expect(todo.items.map(({ subject }) => subject.subtitle).sort()).toEqual(['粉馆', '面馆'].sort())
    const outcome = await worker.call(decideMany, { body: { deed: 'accept', items: todo.items.map(({ part }) => ({ partId: part!.id, revision: part!.revision })) } })
    expect(outcome).toMatchObject({ done: 2, failed: [] })
    for (const [i, { contact }] of firms.entries()) expect(await look(contact, waiting[i]!)).toMatchObject({ state: 'filed' })
  })
})
