// Appeals, further lists of gaps, the checklist, appointments and films over HTTP: who may, what it leads to, what stays on record.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acceptDeclaration, openDeclaration, recordSiteCheck, rejectDeclaration, returnDeclaration, saveDeclaration, type Declaration } from '@fugong/contract/declarations'
import { countLateLists, decideAppeal, getChecklist, getDifferences, openAppeal, sendFilm, setVisit, withdrawAppeal } from '@fugong/contract/declarations.review'
import { closeWorkplace } from '@fugong/contract/enterprises.places'
import { uploadFile } from '@fugong/contract/files'
import { getSession } from '@fugong/contract/identity'
import { connect } from '../../base/migrate.ts'
import { declare, look, newFirm, openFor, ensureLevel, submit } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'

let city: City
let reviewer: Someone
beforeAll(async () => { city = await openCity() })
beforeEach(async () => {
  city.clock.set('2020-02-24T02:00:00Z')
  reviewer = await city.as('jianghaoyu')
})
afterAll(() => city?.close())

const on = ({ id, revision }: Declaration, body: object = {}) => ({ params: { id }, body: { revision, ...body } }) as never
const events = ({ timeline }: Declaration) => timeline.map(({ event }) => event.replace('declaration.', ''))
async function rejected() {
  const made = await newFirm(city, 'guanshanhu')
  const declaration = await reviewer.call(rejectDeclaration, on(await declare(made.contact, made.firm), { reason: '隔离场所不足' }))
  return { ...made, declaration: await look(made.contact, declaration) }
}
const film = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(64)])

describe('an appeal', () => {
  it('goes to the unit above, with its own clock; the firm sees where it stands; overturned, the declaration is reviewed again', async () => {
    const { contact, declaration } = await rejected()
    expect(declaration).toMatchObject({ state: 'rejected', appealUntil: '2020-03-10', can: ['appeal'] })
    const appealed = await contact.call(openAppeal, on(declaration, { reason: '隔离间有三间，见图' }))
    expect(appealed.appeals).toMatchObject([{ state: 'underReview', unit: { zh: '贵阳市企业复工复产指挥部' }, against: { zh: '观山湖区复工复产工作专班' }, can: ['withdraw'], overdue: false, decision: { table: 'declaration.appeal' } }])
    expect(Date.parse(appealed.appeals[0]!.dueAt)).toBeGreaterThan(Date.parse('2020-02-28T00:00:00Z'))
    // Whoever decided has no say, nor has another district.
    expect((await look(reviewer, appealed)).appeals[0]!.can).toEqual([])
    expect(await reviewer.refused(decideAppeal, on(appealed, { outcome: 'uphold', answer: '维持' }))).toMatchObject({ status: 403 })
    expect(await (await city.as('tianyuqing')).refused(decideAppeal, on(appealed, { outcome: 'uphold', answer: '维持' }))).toMatchObject({ status: 404 })
    const commander = await city.as('gaohongtao')
    expect((await look(commander, appealed)).appeals[0]!.can).toEqual(['decide'])
    const reopened = await commander.call(decideAppeal, on(appealed, { outcome: 'reopen', answer: '核实有三间，退回重新审核' }))
    expect(reopened).toMatchObject({ state: 'underReview', reason: null, appeals: [{ state: 'reopened', answer: '核实有三间，退回重新审核' }] })
    expect(events(reopened)).toEqual(['opened', 'submitted', 'rejected', 'appealed', 'appeal_decided'])
    expect(await reviewer.call(acceptDeclaration, on(reopened))).toMatchObject({ state: 'filed' })
  })
  it('may file at once, or uphold, and then that is the end of it', async () => {
    const [one, other] = [await rejected(), await rejected()]
    const commander = await city.as('gaohongtao')
    const filed = await commander.call(decideAppeal, on(await one.contact.call(openAppeal, on(one.declaration, { reason: '见图' })), { outcome: 'file', answer: '予以备案' }))
    expect(filed).toMatchObject({ state: 'filed', certificate: { state: 'valid' } })
    const upheld = await commander.call(decideAppeal, on(await other.contact.call(openAppeal, on(other.declaration, { reason: '见图' })), { outcome: 'uphold', answer: '维持原决定' }))
    expect(upheld).toMatchObject({ state: 'rejected', appeals: [{ state: 'upheld' }] })
    expect(await other.contact.refused(openAppeal, on(upheld, { reason: '再议' }))).toMatchObject({ code: 'declarations.appeal_over' })
    expect(await openFor(other.contact, other.firm)).toMatchObject({ state: 'draft' })
  })
  it('files nothing for a workplace that was closed meanwhile', async () => {
    const { contact, firm, declaration } = await rejected()
    const appealed = await contact.call(openAppeal, on(declaration, { reason: '见图' }))
    await contact.call(closeWorkplace, { params: { id: firm.id, workplaceId: declaration.workplace.id }, body: { revision: 1, closedOn: '2020-02-24', reason: '搬迁' } })
    const commander = await city.as('gaohongtao')
    expect(await commander.refused(decideAppeal, on(appealed, { outcome: 'file', answer: '予以备案' }))).toMatchObject({ status: 409, code: 'declarations.place_closed' })
    expect(await look(contact, appealed)).toMatchObject({ state: 'rejected', certificateNumber: null, appeals: [{ state: 'underReview' }] })
    expect(await commander.call(decideAppeal, on(appealed, { outcome: 'uphold', answer: '场所已停用' }))).toMatchObject({ appeals: [{ state: 'upheld' }] })
  })
  it('is not decided by whoever registered the firm, also when they are no longer its contact', async () => {
    const { contact, firm, declaration } = await rejected()
    const commander = await city.as('gaohongtao')
    const { personId } = await commander.call(getSession)
    const raw = await connect(city.database.superuser)
    await raw.query('update enterprises.enterprises set registered_by = $1 where id = $2', [personId, firm.id])
    await raw.end()
    const appealed = await contact.call(openAppeal, on(declaration, { reason: '见图' }))
    expect(await commander.refused(decideAppeal, on(appealed, { outcome: 'file', answer: '予以备案' }))).toMatchObject({ status: 403, code: 'session.own_firm' })
  })
  it('keeps the workplace while it is open, and can be taken back', async () => {
    const { contact, firm, declaration } = await rejected()
    const appealed = await contact.call(openAppeal, on(declaration, { reason: '见图' }))
    expect(await contact.refused(openAppeal, on(appealed, { reason: '见图' }))).toMatchObject({ status: 409 })
    expect(await contact.refused(openDeclaration, { body: { enterpriseId: firm.id, workplaceId: firm.workplaces[0]!.id } })).toMatchObject({ code: 'declarations.open_exists' })
    const back = await contact.call(withdrawAppeal, on(appealed))
    expect(back.appeals).toMatchObject([{ state: 'withdrawn' }])
    expect(await contact.refused(withdrawAppeal, on(back))).toMatchObject({ code: 'declarations.no_appeal' })
    expect(await openFor(contact, firm)).toMatchObject({ state: 'draft' })
  })
  it('is too late after its days, needs grounds, and is refused of anything but a rejection', async () => {
    const { contact, phone, declaration } = await rejected()
    expect((await contact.refused(openAppeal, on(declaration))).issues).toMatchObject([{ path: '/reason', code: 'issue.required' }])
    city.clock.set('2020-03-10T16:00:00Z')
    const late = await city.contact(phone)
    expect(await late.refused(openAppeal, on(declaration, { reason: '晚了' }))).toMatchObject({ status: 409, code: 'declarations.appeal_over', params: { until: '2020-03-10' } })
    expect((await look(late, declaration)).can).toEqual([])
    city.clock.set('2020-02-24T02:00:00Z')
    const made = await newFirm(city, 'guanshanhu')
    expect(await made.contact.refused(openAppeal, on(await declare(made.contact, made.firm), { reason: '试' }))).toMatchObject({ code: 'declarations.state_refused' })
  })
})

describe('a further list of gaps', () => {
  it('needs its reason, counts against the unit, and is compared with the submission before it', async () => {
    const { contact, firm } = await newFirm(city, 'guanshanhu')
    const first = await reviewer.call(returnDeclaration, on(await declare(contact, firm), { gaps: [{ field: 'headcount', text: '请核对' }] }))
    const again = await submit(contact, await contact.call(saveDeclaration, on(first, { headcount: 24 })))
    const { sinceSubmission, sinceLast } = await reviewer.call(getDifferences, { params: { id: again.id } })
    expect(sinceSubmission!.items).toEqual([{ code: 'headcount', before: 20, after: 24 }])
    expect(sinceLast).toBeNull()
    const body = { gaps: [{ field: 'masks', text: '数量与发票不符' }] }
    expect(await reviewer.refused(returnDeclaration, on(again, { ...body, reason: undefined }))).toMatchObject({ code: 'declarations.gaps_told_once' })
    const told = await reviewer.call(returnDeclaration, on(again, { ...body, reason: '发票当时打不开' }))
    expect(told).toMatchObject({ state: 'returned', gaps: [{ field: 'masks' }], gapLists: [{ list: 1, reason: null }, { list: 2, reason: '发票当时打不开', unit: { zh: '观山湖区复工复产工作专班' } }] })
    expect(told.timeline.filter(({ event }) => event === 'declaration.returned').map(({ gaps }) => gaps.map(({ field }) => field))).toEqual([['headcount'], ['masks']])
    const counted = async (who: Someone) => (await who.call(countLateLists, { query: {} })).items.map(({ unit, count }) => [unit.zh, count])
    expect(await counted(reviewer)).toEqual([['观山湖区复工复产工作专班', 1]])
    expect(await counted(await city.as('tianyuqing'))).toEqual([])
  })
})

describe('the checklist', () => {
  it('is that of the scene, and what was ticked stays with the deed', async () => {
    const { contact, firm } = await newFirm(city, 'guanshanhu')
    const waiting = await declare(contact, firm)
    const { form } = await reviewer.call(getChecklist, { params: { id: waiting.id } })
    expect(form!.pages.map(({ title }) => title.zh)).toContain('环境消杀到位')
    expect((await reviewer.refused(acceptDeclaration, on(waiting, { ticked: ['planRead', 'dorms', 'nothing'] }))).issues).toMatchObject([{ path: '/ticked/1', code: 'issue.choice' }, { path: '/ticked/2', code: 'issue.choice' }])
    const filed = await reviewer.call(acceptDeclaration, on(waiting, { ticked: ['planRead', 'stock', 'stock'] }))
    expect(filed.checks).toMatchObject([{ what: 'accept', ticked: ['planRead', 'stock'], by: '江浩宇', unit: { zh: '观山湖区复工复产工作专班' } }])
    expect((await look(contact, filed)).checks[0]).toMatchObject({ by: null })
  })
})

describe('the site', () => {
  it('is seen by appointment or by film where the table allows it', async () => {
    await ensureLevel(city, '520102', 'high')
    const office = await city.as('fangzhiping')
    const { contact, firm } = await newFirm(city, 'nanming')
    const pending = await office.call(acceptDeclaration, on(await declare(contact, firm)))
    expect(pending).toMatchObject({ evidence: 'siteOrVideo', visit: null })
    expect((await office.refused(setVisit, on(pending, { at: '2020-02-24T01:00:00Z', who: '张三' }))).issues).toMatchObject([{ path: '/at' }])
    const set = await office.call(setVisit, on(pending, { at: '2020-02-25T02:00:00Z', who: '区专班 张三' }))
    const seen = await look(contact, set)
    expect(seen).toMatchObject({ visit: { at: '2020-02-25T02:00:00.000Z', who: '区专班 张三' }, can: ['film'] })
    const { id } = await contact.upload(uploadFile, { name: '核查.mp4', content: film, type: 'video/mp4' })
    const sent = await contact.call(sendFilm, on(seen, { fileIds: [id] }))
    expect((await look(office, sent)).film).toMatchObject({ files: [{ name: '核查.mp4', type: 'video/mp4' }] })
    expect(await office.call(recordSiteCheck, on(sent, { result: 'pass', findings: '按视频逐项核对', ticked: ['isolation'] }))).toMatchObject({ state: 'filed', checks: [{ what: 'site', ticked: ['isolation'] }] })
  })
  it('of a building site must be seen on the spot', async () => {
    await ensureLevel(city, '520102', 'high')
    const office = await city.as('fangzhiping')
    const { contact, firm } = await newFirm(city, 'nanming', { kind: 'company', workplace: { name: '商铺', scene: 'commercial', districtCode: '520102', streetCode: '520102031', zoneCode: null, address: '样例路 9 号' } })
    const draft = await openFor(contact, firm)
    const { answers, upload } = await import('../../test/declaring.ts')
    const saved = await contact.call(saveDeclaration, on(draft, { plannedDate: '2020-02-26', headcount: 20, answers: { ...answers, customerLimit: true, counterDistance: true }, pledged: true, fileIds: [(await upload(contact)).id] }))
    const pending = await office.call(acceptDeclaration, on(await submit(contact, saved)))
    expect(pending).toMatchObject({ evidence: 'site', procedure: 'reviewAndSite' })
    const { id } = await contact.upload(uploadFile, { name: '核查.mp4', content: film, type: 'video/mp4' })
    expect(await contact.refused(sendFilm, on(pending, { fileIds: [id] }))).toMatchObject({ status: 409, code: 'declarations.film_refused' })
  })
})
