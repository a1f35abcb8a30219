// The office's side over HTTP: gaps told once, rejection, two reviewers at once, one's own firm, and what silence does.
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { getCase } from '@fugong/contract/cases'
import { commentCase } from '@fugong/contract/cases.deeds'
import { verifyCertificate } from '@fugong/contract/certificates'
import { acceptDeclaration, listDeclarations, recordSiteCheck, rejectDeclaration, returnDeclaration, saveDeclaration, withdrawDeclaration, type Declaration } from '@fugong/contract/declarations'
import { declare, lend, look, newFirm, openFor, runJob, setLevelNow, submit, unitOfEvent, upload } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { caseOf } from '../cases/index.ts'
import { issueCertificate } from '../certificates/index.ts'
import { addMembership, ensureContact } from '../identity/index.ts'

let city: City
let reviewer: Someone
const BASE = '2020-02-24T02:00:00Z'
beforeAll(async () => { city = await openCity({ now: BASE }) })
// Sessions of staff end when they lie idle; tests that move the clock leave theirs behind.
beforeEach(async () => {
  city.clock.set(BASE)
  reviewer = await city.as('jianghaoyu')
})
afterAll(() => city?.close())

const gaps = [{ field: 'answers.masks', text: '口罩数量与发票不符' }, { field: 'files', text: '缺安全生产方案' }]
/** The same as they are shown. */
const told = (...touched: boolean[]) => gaps.map((gap, i) => ({ ...gap, touched: touched[i] ?? false }))
const events = ({ timeline }: Declaration) => timeline.map(({ event }) => event.replace('declaration.', ''))
const announcedOf = (id: string) => city.system(async ({ db }) => (await db.selectFrom('base.events').select('name').where('subjectId', '=', id).orderBy('id').execute()).map(({ name }) => name as string))
const on = ({ id, revision }: Declaration, body: object = {}) => ({ params: { id }, body: { revision, ...body } }) as never
const at = (refusal: { issues: { path: string; code: string }[] }) => refusal.issues.map(({ path, code }) => `${path} ${code}`).sort()
/** A declaration that waits for documents in a medium district. */
async function waiting() {
  const made = await newFirm(city, 'guanshanhu')
  return { ...made, declaration: await declare(made.contact, made.firm) }
}

describe('gaps', () => {
  it('are told once and in full; while the firm supplements the clock stands still, and a second list without a reason is refused', async () => {
    const { contact, declaration } = await waiting()
    const returned = await reviewer.call(returnDeclaration, on(declaration, { gaps }))
    expect(returned).toMatchObject({ state: 'returned', gaps: told(), gapsToldAt: '2020-02-24T02:00:00.000Z', dueAt: null, overdue: false, can: [] })
    const seen = await look(contact, returned)
    expect(seen).toMatchObject({ gaps: told(), can: ['save', 'submit', 'withdraw'] })
    expect(seen.timeline.at(-1)).toMatchObject({ event: 'declaration.returned', by: null, unit: { zh: '观山湖区复工复产工作专班', en: expect.stringMatching(/Guanshanhu/) as string }, gaps })

    city.clock.set('2020-02-25T02:00:00Z')
    const mended = await contact.call(saveDeclaration, on(seen, { answers: { masks: 900 } }))
    const again = await submit(contact, mended)
    expect(mended.gaps).toEqual(told(true))
    expect(again).toMatchObject({ state: 'underReview', gaps: told(true), can: ['withdraw'] })
    // Eight working hours stood still: exactly a workday later, no more.
    expect(again.dueAt).toBe(new Date(Date.parse(declaration.dueAt!) + 86_400_000).toISOString())
    expect(events(again)).toEqual(['opened', 'submitted', 'returned', 'saved', 'resubmitted'])
    reviewer = await city.as('jianghaoyu')
    expect((await look(reviewer, again)).can).toEqual(['returnAgain', 'reject', 'accept'])
    expect(await reviewer.refused(returnDeclaration, on(again, { gaps: [{ field: 'other', text: '又想起一处' }] }))).toMatchObject({ status: 409, code: 'declarations.gaps_told_once' })
    expect(await reviewer.call(acceptDeclaration, on(again))).toMatchObject({ state: 'filed' })
  })
  it('say which the firm has touched since; changed back, nothing has', async () => {
    const { contact, declaration } = await waiting()
    const every = [{ field: 'plannedDate', text: '太早' }, { field: 'headcount', text: '与社保人数不符' }, { field: 'pledge', text: '请重新承诺' }, { field: 'files', text: '看不清' }, { field: 'masks', text: '太少' }, { field: 'other', text: '缺消毒记录' }]
    const touched = ({ gaps: shown }: Declaration) => shown.filter((gap) => gap.touched).map(({ field }) => field)
    const save = (now: Declaration, body: object) => contact.call(saveDeclaration, on(now, body))
    const returned = await reviewer.call(returnDeclaration, on(declaration, { gaps: every }))
    expect(touched(returned)).toEqual([])
    // The same entries once more are no change.
    let now = await save(returned, { plannedDate: declaration.plannedDate, headcount: declaration.headcount, answers: { masks: 2000 }, pledged: true, fileIds: declaration.files.map(({ id }) => id) })
    expect(touched(now)).toEqual([])
    now = await save(now, { headcount: 21 })
    expect(touched(now)).toEqual(['headcount'])
    now = await save(now, { plannedDate: '2020-02-27', answers: { masks: 3000 }, fileIds: [...now.files.map(({ id }) => id), (await upload(contact, '二.pdf')).id], pledged: false })
    city.clock.set('2020-02-24T03:00:00Z')
    now = await save(now, { pledged: true })
    expect(touched(now)).toEqual(['plannedDate', 'headcount', 'pledge', 'files', 'masks'])
    now = await save(now, { answers: { thermometers: 9 } })
    expect(touched(now)).toEqual(every.map(({ field }) => field))
    expect(touched(await save(now, { answers: { masks: 2000 } }))).not.toContain('masks')
  })
  it('supplemented after the level fell, it takes effect at once', async () => {
    const made = await newFirm(city, 'nanming')
    const first = await declare(made.contact, made.firm)
    const returned = await (await city.as('fangzhiping')).call(returnDeclaration, on(first, { gaps }))
    await setLevelNow(city, '520102', 'low')
    const filed = await submit(made.contact, await look(made.contact, returned))
    expect(filed).toMatchObject({ state: 'filed', level: 'low', procedure: 'effective', dueAt: null, reviewUnit: null })
    expect(events(filed)).toEqual(['opened', 'submitted', 'returned', 'resubmitted', 'filed'])
    expect(await (await city.as('fangzhiping')).refused(rejectDeclaration, on(filed, { reason: '试' }))).toMatchObject({ code: 'declarations.effective_unheld' })
  })
  const bad: [unknown, string[]][] = [
    [{}, ['/gaps issue.required']], [{ gaps: [] }, ['/gaps issue.too_few']], [{ gaps: 'masks' }, ['/gaps issue.type']], [{ gaps: [{}] }, ['/gaps/0/field issue.required', '/gaps/0/text issue.required']],
    [{ gaps: [{ field: 'a', text: 'b' }, { field: ' ', text: '字'.repeat(301), more: 1 }] }, ['/gaps/1/field issue.text', '/gaps/1/more issue.unknown', '/gaps/1/text issue.too_long']],
    [{ gaps: Array.from({ length: 51 }, () => gaps[0]) }, ['/gaps issue.too_many']],
  ]
  it('must be a list of gaps', async () => {
    const { declaration } = await waiting()
    for (const [body, expected] of bad) expect(at(await reviewer.refused(returnDeclaration, on(declaration, body as object)))).toEqual(expected)
    expect(await look(reviewer, declaration)).toMatchObject({ state: 'underReview', revision: declaration.revision, gaps: [] })
  })
})

describe('rejection and withdrawal', () => {
  it('tells the firm why, and lets it open a new declaration', async () => {
    const { contact, firm, declaration } = await waiting()
    const rejected = await reviewer.call(rejectDeclaration, on(declaration, { reason: '厂房与消防要求不符\n见附页' }))
    expect(rejected).toMatchObject({ state: 'rejected', reason: '厂房与消防要求不符\n见附页', can: [] })
    expect(await look(contact, rejected)).toMatchObject({ reason: '厂房与消防要求不符\n见附页', certificateNumber: null })
    expect(await reviewer.refused(acceptDeclaration, on(rejected))).toMatchObject({ code: 'declarations.state_refused', params: { state: 'rejected' } })
    expect(await openFor(contact, firm)).toMatchObject({ state: 'draft', gaps: [] })
  })
  it('by the firm ends the review', async () => {
    const { contact, declaration } = await waiting()
    expect(at(await contact.refused(withdrawDeclaration, on(declaration)))).toEqual(['/reason issue.required'])
    const withdrawn = await contact.call(withdrawDeclaration, on(declaration, { reason: '暂不复工' }))
    expect(withdrawn).toMatchObject({ state: 'withdrawn', reason: '暂不复工', dueAt: null, overdue: false })
    expect(await reviewer.refused(acceptDeclaration, on(withdrawn))).toMatchObject({ code: 'declarations.state_refused', params: { state: 'withdrawn' } })
  })
  it('a draft that was never submitted is discarded without a reason', async () => {
    const { contact, firm } = await newFirm(city, 'guanshanhu')
    const discarded = await contact.call(withdrawDeclaration, on(await openFor(contact, firm)))
    expect(discarded).toMatchObject({ state: 'withdrawn', reason: null, submittedAt: null, can: [] })
    expect(await openFor(contact, firm)).toMatchObject({ state: 'draft' })
  })
  it('asks for reasons and findings', async () => {
    const { declaration } = await waiting()
    expect(at(await reviewer.refused(rejectDeclaration, on(declaration)))).toEqual(['/reason issue.required'])
    expect(at(await reviewer.refused(rejectDeclaration, on(declaration, { reason: '\n' })))).toEqual(['/reason issue.text'])
    expect(at(await reviewer.refused(recordSiteCheck, on(declaration, { result: 'maybe' })))).toEqual(['/findings issue.required', '/result issue.choice'])
    expect(at(await reviewer.refused(acceptDeclaration, on(declaration, { note: '字'.repeat(501) })))).toEqual(['/note issue.too_long'])
  })
})

describe('two at once', () => {
  it('one reviewer decides, the other is told who did and when', async () => {
    const { declaration } = await waiting()
    const both = await Promise.allSettled([reviewer.call(acceptDeclaration, on(declaration)), reviewer.call(rejectDeclaration, on(declaration, { reason: '不行' }))])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { status: 409, code: 'conflict.changed', params: { who: '江浩宇', at: '2020-02-24T02:00:00.000Z' } } })
    const now = await look(reviewer, declaration)
    expect(['filed', 'rejected']).toContain(now.state)
    expect(events(now).filter((event) => ['filed', 'rejected'].includes(event))).toHaveLength(1)
  })
  it('the firm that acts on an old page is told the unit, not the official', async () => {
    const { contact, declaration } = await waiting()
    await reviewer.call(returnDeclaration, on(declaration, { gaps }))
    expect(await contact.refused(withdrawDeclaration, on(declaration, { reason: '试' }))).toMatchObject({ code: 'conflict.changed', params: { who: { zh: '观山湖区复工复产工作专班', en: expect.stringMatching(/Guanshanhu/) as string } } })
    const spoken = async (language: string) => (await contact.raw({ method: 'POST', url: `/api/declarations/${declaration.id}/withdraw`, payload: { revision: declaration.revision, reason: '试' }, headers: { 'accept-language': language } })).json<{ title: string }>().title
    expect(await spoken('zh-CN')).toContain('观山湖区复工复产工作专班')
    expect(await spoken('en')).toMatch(/Changed by .*Guanshanhu/)
  })
  it('ten at once issue one certificate', async () => {
    const { declaration } = await waiting()
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => reviewer.call(acceptDeclaration, on(declaration))))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const certificates = await city.system(({ db }) => db.selectFrom('certificates.certificates').select('id').where('declarationId', '=', declaration.id).execute())
    expect(certificates).toHaveLength(1)
  })
})

describe('one’s own firm', () => {
  it('is not reviewed by its contact, whatever post that person holds', async () => {
    const { contact, firm, declaration } = await waiting()
    // The reviewer of the district is a contact of the firm by the phone of their post.
    await city.system(async (ctx) => addMembership(ctx, await ensureContact(ctx, { phone: '13900000007' }), firm.id))
    const both = await city.as('jianghaoyu')
    const seen = await look(both, declaration)
    expect(seen.can).not.toContain('accept')
    for (const [deed, body] of [[acceptDeclaration, {}], [rejectDeclaration, { reason: '试' }], [returnDeclaration, { gaps }]] as const) {
      expect(await both.refused(deed, on(declaration, body))).toMatchObject({ status: 403, code: 'session.own_firm' })
    }
    expect(await look(contact, declaration)).toMatchObject({ state: 'underReview', revision: declaration.revision })
  })
  it('reads as little of the talk of offices as the firm does', async () => {
    const { firm, declaration } = await waiting()
    const { id } = (await city.system((ctx) => caseOf(ctx, 'declaration', declaration.id)))!
    await (await city.as('gaohongtao')).call(commentCase, { params: { id }, body: { text: '去年被举报两次' } })
    expect((await reviewer.call(getCase, { params: { id } })).comments).toHaveLength(1)
    await city.system(async (ctx) => addMembership(ctx, await ensureContact(ctx, { phone: '13900000007' }), firm.id))
    expect(await (await city.as('jianghaoyu')).call(getCase, { params: { id } })).toMatchObject({ id, comments: [] })
  })
})

describe('the unit in whose name it is done', () => {
  it('is the one that covers the firm, also when the grant is lent', async () => {
    const { own, lent } = await lend(city, 'fangzhiping', 'tianyuqing')
    expect([own, lent]).toEqual(['云岩区复工复产工作专班', '南明区复工复产工作专班'])
    const both = await city.as('tianyuqing')
    await setLevelNow(city, '520102', 'high')
    const there = await newFirm(city, 'nanming')
    const pending = await both.call(acceptDeclaration, on(await declare(there.contact, there.firm)))
    const filed = await both.call(recordSiteCheck, on(pending, { result: 'pass', findings: '已到现场' }))
    expect(filed.timeline.filter(({ unit }) => unit).map(({ event, unit }) => [event, unit!.zh])).toEqual([['declaration.accepted', lent], ['declaration.site_checked', lent], ['declaration.filed', lent]])
    for (const event of ['accepted', 'site_checked', 'filed']) expect(await unitOfEvent(city, `declaration.${event}`, filed.id)).toBe(lent)
    expect((await look(there.contact, filed)).siteCheck).toMatchObject({ by: { zh: lent } })
    const here = await newFirm(city, 'yunyan', { industryCode: '8760' })
    const rejected = await both.call(rejectDeclaration, on(await declare(here.contact, here.firm), { reason: '试' }))
    expect(rejected.timeline.at(-1)).toMatchObject({ unit: { zh: own } })
    expect(await unitOfEvent(city, 'declaration.rejected', rejected.id)).toBe(own)
    await setLevelNow(city, '520102', 'medium')
  })
})

describe('when the time runs out', () => {
  const sweep = () => runJob(city, 'cases.sweep')
  it('silence accepts a trade of the negative list at low risk, once', async () => {
    const { contact, firm } = await newFirm(city, 'yunyan', { industryCode: '8760' })
    const declaration = await declare(contact, firm)
    expect(declaration.overdueOutcome).toBe('accept')
    city.clock.set(new Date(Date.parse(declaration.dueAt!) - 1))
    await sweep()
    expect(await look(contact, declaration)).toMatchObject({ state: 'underReview', overdue: false })
    city.clock.set(declaration.dueAt!)
    expect(await look(contact, declaration)).toMatchObject({ state: 'underReview', overdue: true })
    await sweep()
    await sweep()
    const filed = await look(contact, declaration)
    expect(filed).toMatchObject({ state: 'filed', decidedAt: declaration.dueAt, overdue: false })
    expect(events(filed)).toEqual(['opened', 'submitted', 'accepted_overdue', 'filed'])
    expect(filed.timeline.slice(-2)).toMatchObject([{ by: null, unit: null }, { by: null, unit: null }])
    expect(await city.anonymous().call(verifyCertificate, { params: { number: filed.certificateNumber! } })).toMatchObject({ state: 'valid' })
    // The reviewer who comes too late learns that it was the clock.
    expect(await (await city.as('tianyuqing')).refused(rejectDeclaration, on(declaration, { reason: '晚了' }))).toMatchObject({ code: 'conflict.changed', params: { who: 'Fugong', at: declaration.dueAt } })
  })
  it('silence at medium risk is told upward, once, and accepts nothing', async () => {
    const { contact, declaration } = await waiting()
    city.clock.set(declaration.dueAt!)
    await sweep()
    city.clock.set(new Date(Date.parse(declaration.dueAt!) + 3_600_000))
    await sweep()
    reviewer = await city.as('jianghaoyu')
    const escalated = await look(reviewer, declaration)
    expect(escalated).toMatchObject({ state: 'underReview', overdue: true, escalatedAt: declaration.dueAt, can: ['return', 'reject', 'accept'] })
    expect(events(escalated)).toEqual(['opened', 'submitted', 'escalated'])
    expect(await reviewer.call(acceptDeclaration, on(escalated))).toMatchObject({ state: 'filed' })
    expect(events(await look(contact, declaration)).at(-1)).toBe('filed')
  })
  it('a site that nobody saw is told upward, never taken as seen', async () => {
    await setLevelNow(city, '520102', 'high')
    const { contact: early, phone, firm } = await newFirm(city, 'nanming')
    const declaration = await declare(early, firm)
    const pending = await (await city.as('fangzhiping')).call(acceptDeclaration, on(declaration))
    city.clock.set(new Date(Date.parse(pending.dueAt!) + 30 * 86_400_000))
    await sweep()
    await sweep()
    const contact = await city.contact(phone)
    expect(await look(contact, pending)).toMatchObject({ state: 'siteCheckPending', certificateNumber: null, escalatedAt: expect.any(String) as string })
    expect(events(await look(contact, pending)).filter((event) => event === 'escalated')).toHaveLength(1)
  })
  it('the firm’s own time does not count', async () => {
    const { phone, declaration } = await waiting()
    const returned = await reviewer.call(returnDeclaration, on(declaration, { gaps }))
    city.clock.set('2020-06-01T02:00:00Z')
    await sweep()
    expect(await look(await city.contact(phone), returned)).toMatchObject({ state: 'returned', revision: returned.revision, escalatedAt: null })
  })
  it('one that cannot be dealt with stops no other, leaves no trace of a try and is tried again', async () => {
    const cinema = () => newFirm(city, 'yunyan', { industryCode: '8760' })
    const [bad, good] = [await cinema(), await cinema()]
    const poisoned = await declare(bad.contact, bad.firm)
    const sound = await declare(good.contact, good.firm)
    // A certificate that is there already makes the database refuse a second one.
    const { districtCode, streetCode, zoneCode, name, address } = poisoned.workplace
    await city.system((ctx) => issueCertificate(ctx, { declarationId: poisoned.id, enterprise: { id: bad.firm.id, name: bad.firm.name }, workplace: { name, address, districtCode, streetCode, zoneCode }, departmentKey: null, plannedDate: '2020-02-26', emergencyId: poisoned.emergencyId, level: null, procedure: 'review', unit: null, sample: false }))
    city.clock.set(sound.dueAt!)
    const lines = city.log.length
    await sweep()
    expect(await look(good.contact, sound)).toMatchObject({ state: 'filed' })
    expect(await look(bad.contact, poisoned)).toMatchObject({ state: 'underReview', overdue: true, revision: poisoned.revision })
    expect(events(await look(bad.contact, poisoned))).toEqual(['opened', 'submitted'])
    expect(await announcedOf(poisoned.id)).toEqual(['declaration.opened', 'declaration.saved', 'declaration.submitted'])
    const told = city.log.slice(lines).filter((line) => line.includes('passed over'))
    expect(told).toHaveLength(1)
    expect(told[0]).not.toContain(bad.firm.name)
    const asOwner = new pg.Client(city.database.owner)
    await asOwner.connect()
    await asOwner.query('delete from certificates.grams where certificate_id in (select id from certificates.certificates where declaration_id = $1)', [poisoned.id])
    await asOwner.query('delete from certificates.history where certificate_id in (select id from certificates.certificates where declaration_id = $1)', [poisoned.id])
    await asOwner.query('delete from certificates.certificates where declaration_id = $1', [poisoned.id]).finally(() => asOwner.end())
    await sweep()
    expect(await look(bad.contact, poisoned)).toMatchObject({ state: 'filed' })
  })
  it('two sweeps at once do each once, as the job of every minute', async () => {
    const { contact, firm } = await newFirm(city, 'yunyan', { industryCode: '8760' })
    const declaration = await declare(contact, firm)
    city.clock.set(declaration.dueAt!)
    await Promise.all([sweep(), sweep(), sweep()])
    await sweep()
    expect(events(await look(contact, declaration)).filter((event) => event === 'filed')).toHaveLength(1)
  })
})

it('lists what waits oldest due first', async () => {
  const page = await reviewer.call(listDeclarations, { query: { state: 'underReview', limit: 200 } })
  const due = page.items.map(({ dueAt }) => dueAt!)
  expect(due).toEqual([...due].sort())
})
