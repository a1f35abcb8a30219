// The firm's side over HTTP: from the draft through each procedure to the certificate, prefilling, and every wrong entry.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyCertificate } from '@fugong/contract/certificates'
import { acceptDeclaration, getDeclaration, listDeclarations, openDeclaration, previewProcedure, recordSiteCheck, rejectDeclaration, returnDeclaration, saveDeclaration, submitDeclaration, withdrawDeclaration, type Declaration } from '@fugong/contract/declarations'
import { addWorkplace } from '@fugong/contract/enterprises'
import { listEmergencies, endEmergency } from '@fugong/contract/emergencies'
import { connect } from '../../base/migrate.ts'
import { answers, declare, fill, look, newFirm, openFor, setLevelNow, submit, upload } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'

let city: City
beforeAll(async () => { city = await openCity() })
afterAll(() => city?.close())

const events = ({ timeline }: Declaration) => timeline.map(({ event }) => event.replace('declaration.', ''))
const on = ({ id, revision }: Declaration, body: object = {}) => ({ params: { id }, body: { revision, ...body } }) as never
const at = (refusal: { issues: { path: string; code: string }[] }) => refusal.issues.map(({ path, code }) => `${path} ${code}`).sort()
const certificateOf = ({ certificateNumber }: Declaration) => city.anonymous().call(verifyCertificate, { params: { number: certificateNumber! } })

describe('the procedure that the table chooses', () => {
  it('low: takes effect on submission, with its certificate, and no reviewer can hold it', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const filed = await declare(contact, firm)
    expect(filed).toMatchObject({ state: 'filed', level: 'low', procedure: 'effective', dueAt: null, overdueOutcome: null, overdue: false, reviewUnit: null, decidedAt: '2020-02-24T02:00:00.000Z', can: [] })
    expect(filed.decision).toMatchObject({ table: 'declaration.procedure', version: 1, row: 'r1', inputs: { level: 'low', negativeList: false, vital: false }, outputs: { procedure: 'effective' } })
    expect(filed.decision!.sentence.zh).not.toBe('')
    expect(events(filed)).toEqual(['opened', 'submitted', 'filed'])
    expect(await certificateOf(filed)).toMatchObject({ state: 'valid', enterpriseName: firm.name, workplaceName: '一车间', plannedDate: '2020-02-26', emergency: { zh: expect.stringMatching(/疫情/) as string } })
    const reviewer = await city.as('pengxiulan')
    expect((await look(reviewer, filed)).can).toEqual([])
    for (const [deed, body] of [[acceptDeclaration, {}], [rejectDeclaration, { reason: '试' }], [returnDeclaration, { gaps: [{ field: 'answers', text: '试' }] }], [recordSiteCheck, { result: 'fail', findings: '试' }]] as const) {
      expect(await reviewer.refused(deed, on(filed, body))).toMatchObject({ status: 409, code: 'declarations.effective_unheld' })
      // Nor by an old page.
      expect(await reviewer.refused(deed, on({ ...filed, revision: 1 }, body))).toMatchObject({ code: 'declarations.effective_unheld' })
    }
    expect(await certificateOf(filed)).toMatchObject({ state: 'valid' })
  })

  it('none: the same', async () => {
    await setLevelNow(city, '520121', 'none')
    const { contact, firm } = await newFirm(city, 'kaiyang')
    expect(await declare(contact, firm)).toMatchObject({ state: 'filed', level: 'none', procedure: 'effective' })
  })

  it('low with a trade on the negative list: documents are reviewed, silence accepts', async () => {
    const { contact, firm } = await newFirm(city, 'yunyan', { industryCode: '8760' })
    const waiting = await declare(contact, firm)
    expect(waiting).toMatchObject({ state: 'underReview', level: 'low', procedure: 'review', overdueOutcome: 'accept', reviewUnit: { zh: '盐务街街道办事处' }, decidedAt: null, certificateNumber: null, can: ['withdraw'] })
    expect(waiting.dueAt! > '2020-02-26').toBe(true)
    const reviewer = await city.as('tianyuqing')
    const filed = await reviewer.call(acceptDeclaration, on(waiting, { note: '材料齐全' }))
    expect(filed).toMatchObject({ state: 'filed', can: [] })
    expect(events(filed)).toEqual(['opened', 'submitted', 'accepted', 'filed'])
    expect(filed.timeline[2]).toMatchObject({ by: '田雨晴', unit: { zh: '云岩区复工复产工作专班' }, note: '材料齐全' })
    // The firm reads the unit, not the official.
    const read = await look(contact, filed)
    expect(read.timeline[2]).toMatchObject({ by: null, unit: { zh: '云岩区复工复产工作专班' }, note: '材料齐全' })
    expect(read.timeline[1]!.by).toMatch(/^联络员/)
    expect(JSON.stringify(read)).not.toContain('田雨晴')
    expect(await certificateOf(filed)).toMatchObject({ state: 'valid' })
  })

  it('medium: documents are reviewed, silence is told upward', async () => {
    const { contact, firm } = await newFirm(city, 'guanshanhu')
    const waiting = await declare(contact, firm)
    expect(waiting).toMatchObject({ state: 'underReview', level: 'medium', procedure: 'review', overdueOutcome: 'escalate', reviewUnit: { zh: '世纪城街道办事处' } })
    const filed = await (await city.as('jianghaoyu')).call(acceptDeclaration, on(waiting))
    expect(filed).toMatchObject({ state: 'filed', reason: null })
    expect(filed.timeline.find(({ event }) => event === 'declaration.accepted')!.note).toBeNull()
  })

  it('high: documents, then the site, under the same clock', async () => {
    await setLevelNow(city, '520102', 'high')
    const { contact, firm } = await newFirm(city, 'nanming')
    const waiting = await declare(contact, firm)
    expect(waiting).toMatchObject({ state: 'underReview', level: 'high', procedure: 'reviewAndSite', overdueOutcome: 'escalate' })
    const reviewer = await city.as('fangzhiping')
    expect(await reviewer.refused(recordSiteCheck, on(waiting, { result: 'pass', findings: '好' }))).toMatchObject({ code: 'declarations.state_refused', params: { state: 'underReview' } })
    const pending = await reviewer.call(acceptDeclaration, on(waiting))
    expect(pending).toMatchObject({ state: 'siteCheckPending', dueAt: waiting.dueAt, certificateNumber: null, can: ['siteCheck', 'appoint'] })
    const filed = await reviewer.call(recordSiteCheck, on(pending, { result: 'pass', findings: '测温点两处，隔离间一间' }))
    expect(filed).toMatchObject({ state: 'filed', siteCheck: { result: 'pass', findings: '测温点两处，隔离间一间', by: { zh: '方志平', en: '方志平' }, at: '2020-02-24T02:00:00.000Z' } })
    expect(events(filed)).toEqual(['opened', 'submitted', 'accepted', 'site_checked', 'filed'])
    expect((await look(contact, filed)).siteCheck).toMatchObject({ by: { zh: '南明区复工复产工作专班', en: expect.stringMatching(/Nanming/) as string } })
    expect(await certificateOf(filed)).toMatchObject({ state: 'valid' })
  })

  it('high, site fails: rejected with the findings, and the firm may open a new one', async () => {
    await setLevelNow(city, '520102', 'high').catch(() => {})
    const { contact, firm } = await newFirm(city, 'nanming', { class: 'vital' })
    const reviewer = await city.as('fangzhiping')
    const waiting = await declare(contact, firm)
    expect(waiting.decision).toMatchObject({ row: 'r4', inputs: { vital: true } })
    const pending = await reviewer.call(acceptDeclaration, on(waiting))
    const rejected = await reviewer.call(recordSiteCheck, on(pending, { result: 'fail', findings: '无隔离场所' }))
    expect(rejected).toMatchObject({ state: 'rejected', reason: '无隔离场所', certificateNumber: null, siteCheck: { result: 'fail' } })
    expect((await look(contact, rejected)).reason).toBe('无隔离场所')
    expect(await openFor(contact, firm)).toMatchObject({ state: 'draft' })
  })

  it('not listed: a person reviews it, and in a development zone that is its committee', async () => {
    const owner = await connect(city.database.superuser)
    await owner.query("delete from levels.records where area_code = '520115'").finally(() => owner.end())
    const { contact, firm } = await newFirm(city, 'hightech')
    const waiting = await declare(contact, firm)
    expect(waiting).toMatchObject({ state: 'underReview', level: null, procedure: 'review', overdueOutcome: 'escalate', decision: { row: 'r6', inputs: { level: 'unlisted' } } })
    expect(waiting.reviewUnit?.zh).toMatch(/高新/)
    expect(await (await city.as('mengqingfan')).call(acceptDeclaration, on(waiting))).toMatchObject({ state: 'filed', level: null })
  })

  it('is the one of the moment of submission, whatever held when the draft was opened; the preview says what would hold now', async () => {
    await setLevelNow(city, '520121', 'medium')
    const { contact, firm } = await newFirm(city, 'kaiyang')
    const draft = await fill(contact, await openFor(contact, firm))
    const preview = () => contact.call(previewProcedure, { params: { id: draft.id } })
    expect(await preview()).toMatchObject({ level: 'medium', procedure: 'review' })
    city.clock.set('2020-02-24T03:00:00Z')
    await setLevelNow(city, '520121', 'low')
    expect(await preview()).toMatchObject({ level: 'low', procedure: 'effective' })
    expect(await look(contact, draft)).toMatchObject({ level: null, procedure: null, decision: null })
    expect(await submit(contact, draft)).toMatchObject({ state: 'filed', level: 'low' })
    city.clock.set('2020-02-24T04:00:00Z')
    await setLevelNow(city, '520121', 'high')
    expect(await look(contact, draft)).toMatchObject({ state: 'filed', level: 'low', procedure: 'effective' })
  })
})

describe('opening', () => {
  it('starts empty, and for a further workplace from what was last filed; nothing is pledged in advance', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    expect(await openFor(contact, firm)).toMatchObject({ state: 'draft', revision: 1, headcount: null, answers: {}, pledgedAt: null, files: [], enterpriseName: firm.name, creditCode: firm.creditCode, formVersion: 2, can: ['save', 'submit', 'withdraw'] })
    const filled = await fill(contact, (await contact.call(getDeclaration, { params: { id: (await newest(contact)).id } })))
    await submit(contact, filled)
    const wider = await contact.call(addWorkplace, { params: { id: firm.id }, body: { name: '二车间', scene: 'park', districtCode: '520112', streetCode: '520112008', address: '样例路 99 号' } })
    const second = await contact.call(openDeclaration, { body: { enterpriseId: firm.id, workplaceId: wider.workplaces.find(({ name }) => name === '二车间')!.id } })
    expect(second).toMatchObject({ headcount: 20, answers, plannedDate: null, pledgedAt: null, pledgeVersion: null, files: [] })
  })
  const newest = async (contact: Someone) => (await contact.call(listDeclarations, { query: {} })).items[0]!

  it('is refused while one is under way, and possible again once it has ended', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const draft = await openFor(contact, firm)
    const body = { enterpriseId: firm.id, workplaceId: firm.workplaces[0]!.id }
    expect(await contact.refused(openDeclaration, { body })).toMatchObject({ status: 409, code: 'declarations.open_exists' })
    const withdrawn = await contact.call(withdrawDeclaration, on(draft, { reason: '填错了场所' }))
    expect(withdrawn).toMatchObject({ state: 'withdrawn', reason: '填错了场所', can: [] })
    expect(events(withdrawn)).toEqual(['opened', 'withdrawn'])
    expect(await contact.call(openDeclaration, { body })).toMatchObject({ state: 'draft' })
  })
  it('of two at once lets one through', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const both = await Promise.allSettled([openFor(contact, firm), openFor(contact, firm)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'declarations.open_exists' } })
  })
  it('opened by many at once stays each firm’s own: nobody opens for another firm of the same batch', async () => {
    const firms = await Promise.all(Array.from({ length: 6 }, () => newFirm(city, 'wudang')))
    const bodyOf = ({ firm }: (typeof firms)[number]) => ({ body: { enterpriseId: firm.id, workplaceId: firm.workplaces[0]!.id } })
    const [own, foreign] = await Promise.all([
      Promise.all(firms.slice(1).map((one) => one.contact.call(openDeclaration, bodyOf(one)))),
      // All while the firms themselves open: the shared transaction reaches these firms.
      Promise.all(firms.slice(1).map((one) => firms[0]!.contact.refused(openDeclaration, bodyOf(one)))),
    ])
    expect(foreign.map(({ status, code }) => `${status} ${code}`)).toEqual(Array(5).fill('404 not_found'))
    for (const [at, draft] of own.entries()) {
      expect(draft).toMatchObject({ state: 'draft', enterpriseId: firms[at + 1]!.firm.id })
      expect((await firms[at + 1]!.contact.call(listDeclarations)).items.map(({ id }) => id)).toEqual([draft.id])
      expect(await firms[0]!.contact.refused(getDeclaration, { params: { id: draft.id } })).toMatchObject({ code: 'not_found' })
    }
    expect((await firms[0]!.contact.call(listDeclarations)).items).toEqual([])
  })
  it('repeated under one key gives the same declaration', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const input = { body: { enterpriseId: firm.id, workplaceId: firm.workplaces[0]!.id } }
    const key = { 'idempotency-key': 'open-once-1' }
    expect(await contact.call(openDeclaration, input, key)).toEqual(await contact.call(openDeclaration, input, key))
  })
  it('refuses a firm whose code waits for confirmation, a workplace of another firm, a foreign firm, nothing at all', async () => {
    const pending = await newFirm(city, 'wudang', { creditCode: '91350203M0001QAY9B', creditCodeReason: '营业执照上就是这个代码' })
    expect(await pending.contact.refused(openDeclaration, { body: { enterpriseId: pending.firm.id, workplaceId: pending.firm.workplaces[0]!.id } })).toMatchObject({ status: 409, code: 'enterprises.code_unconfirmed' })
    const [mine, other] = [await newFirm(city, 'wudang'), await newFirm(city, 'wudang')]
    expect(await mine.contact.refused(openDeclaration, { body: { enterpriseId: mine.firm.id, workplaceId: other.firm.workplaces[0]!.id } })).toMatchObject({ status: 422, code: 'enterprises.workplace_unknown' })
    expect(await mine.contact.refused(openDeclaration, { body: { enterpriseId: other.firm.id, workplaceId: other.firm.workplaces[0]!.id } })).toMatchObject({ status: 404, code: 'not_found' })
    expect(at(await mine.contact.refused(openDeclaration, { body: {} }))).toEqual(['/enterpriseId issue.required', '/workplaceId issue.required'])
    expect(at(await mine.contact.refused(openDeclaration, { body: { enterpriseId: 'x', workplaceId: 7, note: 'n' } }))).toEqual(['/enterpriseId issue.id', '/note issue.unknown', '/workplaceId issue.type'])
  })
})

describe('saving', () => {
  it('keeps an incomplete draft, entry by entry, and takes entries away again', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const draft = await openFor(contact, firm)
    const first = await contact.call(saveDeclaration, on(draft, { answers: { masks: 300, duties: '甲管排查' } }))
    expect(first).toMatchObject({ revision: 2, answers: { masks: 300, duties: '甲管排查' }, plannedDate: null })
    const second = await contact.call(saveDeclaration, on(first, { answers: { masks: null, ppeDays: 3 }, headcount: 12, plannedDate: '2020-02-25', pledged: true }))
    expect(second).toMatchObject({ revision: 3, answers: { duties: '甲管排查', ppeDays: 3 }, headcount: 12, plannedDate: '2020-02-25', pledgeVersion: 1, pledgedAt: '2020-02-24T04:00:00.000Z' })
    const third = await contact.call(saveDeclaration, on(second, { headcount: null, plannedDate: null, pledged: false }))
    expect(third).toMatchObject({ headcount: null, plannedDate: null, pledgedAt: null, pledgeVersion: null })
    expect(events(third)).toEqual(['opened'])
  })
  it('tells every wrong entry at once and keeps nothing of it', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const draft = await openFor(contact, firm)
    const stranger = await newFirm(city, 'wudang')
    const theirs = await upload(stranger.contact)
    const refusal = await contact.refused(saveDeclaration, on(draft, {
      plannedDate: '2020-02-23', headcount: 30, fileIds: [theirs.id, '00000000-0000-7000-8000-000000000000'],
      answers: { masks: -1, ppeDays: 366, duties: '\u202e', isolationPlace: '行\n行', logistics: 'buffet', leaderGroup: 'yes', thermometers: 'six', nonsense: 1 },
    }))
    expect(refusal).toMatchObject({ status: 422, code: 'validation.failed', params: { count: 11 } })
    expect(at(refusal)).toEqual([
      '/answers/duties issue.text', '/answers/isolationPlace issue.text', '/answers/leaderGroup issue.type', '/answers/logistics issue.choice', '/answers/masks issue.too_small', '/answers/nonsense issue.unknown',
      '/answers/ppeDays issue.too_large', '/answers/thermometers issue.type', '/fileIds/0 issue.file_unknown', '/fileIds/1 issue.file_unknown', '/plannedDate issue.past_day',
    ])
    expect(await look(contact, draft)).toEqual(draft)
  })
  const shapes: [string, object, string[]][] = [
    ['a day that no calendar has', { plannedDate: '2020-02-30' }, ['/plannedDate issue.day']],
    ['a day too far', { plannedDate: '2020-08-23' }, ['/plannedDate issue.too_far']],
    ['a day of another shape', { plannedDate: '24/02/2020' }, ['/plannedDate issue.day']],
    ['too few, too many, half a person', { headcount: 0 }, ['/headcount issue.too_small']],
    ['a million and one', { headcount: 1000001 }, ['/headcount issue.too_large']],
    ['half a person', { headcount: 1.5 }, ['/headcount issue.type']],
    ['words for numbers', { headcount: 'twenty', pledged: 'yes' }, ['/headcount issue.type', '/pledged issue.type']],
    ['unlisted properties', { state: 'filed', level: 'none', enterpriseId: 'x' }, ['/enterpriseId issue.unknown', '/level issue.unknown', '/state issue.unknown']],
    ['files that are no references', { fileIds: ['x', 5] }, ['/fileIds/0 issue.id', '/fileIds/1 issue.type']],
    ['too many files', { fileIds: Array.from({ length: 21 }, (_, i) => `00000000-0000-7000-8000-0000000000${10 + i}`) }, ['/fileIds issue.too_many']],
  ]
  it.each(shapes)('refuses %s', async (_, body, expected) => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const draft = await openFor(contact, firm)
    expect(at(await contact.refused(saveDeclaration, on(draft, body)))).toEqual(expected)
  })
  it('refuses answers that are lists, objects or far too long, without falling over', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const draft = await openFor(contact, firm)
    for (const value of [[], {}, '字'.repeat(4001), '字'.repeat(301), '\u0000', '\ud800']) {
      const refusal = await contact.refused(saveDeclaration, on(draft, { answers: { duties: value } }))
      expect([refusal.status, ...refusal.issues.map(({ path }) => path)]).toEqual([422, '/answers/duties'])
    }
    expect((await contact.raw({ method: 'PATCH', url: `/api/declarations/${draft.id}`, headers: { 'content-type': 'application/json' }, payload: '{"revision":1,"answers":{"__proto__":{"masks":1}}}' })).statusCode).toBe(400)
  })
  it('keeps hostile text as text and gives it back unharmed', async () => {
    const { contact, firm } = await newFirm(city, 'wudang', { name: '<img src=x onerror=alert(1)>𠮷野' })
    const draft = await openFor(contact, firm)
    for (const duties of ['<script>alert(1)</script>', '=HYPERLINK("http://x","点")', "'; drop table declarations.declarations; --", '{{7*7}} #{7*7}', '𠮷𡈽𢦏 ñ 👷🏽', '甲\n乙\t丙']) {
      const { revision } = await look(contact, draft)
      const saved = await contact.call(saveDeclaration, on({ ...draft, revision }, { answers: { duties } }))
      expect(saved.answers['duties']).toBe(duties)
      expect((await look(contact, draft)).answers['duties']).toBe(duties)
    }
    expect((await look(contact, draft)).enterpriseName).toBe('<img src=x onerror=alert(1)>𠮷野')
    expect(city.log.join('')).not.toMatch(/script>|HYPERLINK|drop table/)
  })
  it('by two people at once: the second learns who was first', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const draft = await openFor(contact, firm)
    await contact.call(saveDeclaration, on(draft, { headcount: 5 }))
    const refusal = await contact.refused(saveDeclaration, on(draft, { headcount: 6 }))
    expect(refusal).toMatchObject({ status: 409, code: 'conflict.changed', params: { at: '2020-02-24T04:00:00.000Z' } })
    expect(refusal.params['who']).toMatch(/^联络员/)
  })
})

describe('submitting', () => {
  it('lists everything that is missing at once and submits nothing', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const draft = await openFor(contact, firm)
    const refusal = await contact.refused(submitDeclaration, on(draft))
    const required = Object.keys(answers).map((code) => `/answers/${code} issue.required`)
    expect(refusal).toMatchObject({ status: 422, code: 'declarations.incomplete', params: { count: required.length + 4 } })
    expect(at(refusal)).toEqual([...required, '/fileIds issue.too_few', '/headcount issue.required', '/plannedDate issue.required', '/pledged issue.pledge'].sort())
    expect(await look(contact, draft)).toEqual(draft)
  })
  it('finds the day wrong that passed while it was a draft', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const draft = await fill(contact, await openFor(contact, firm), '2020-02-25')
    city.clock.set('2020-02-25T16:00:00Z')
    expect(at(await contact.refused(submitDeclaration, on(draft)))).toEqual(['/plannedDate issue.past_day'])
    city.clock.set('2020-02-25T15:59:59Z')
    expect(await submit(contact, draft)).toMatchObject({ state: 'filed' })
    city.clock.set('2020-02-24T04:00:00Z')
  })
  it('cannot be done twice, nor an ended one saved or withdrawn', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const filed = await declare(contact, firm)
    for (const [deed, body] of [[submitDeclaration, {}], [saveDeclaration, { headcount: 3 }], [withdrawDeclaration, { reason: '试' }]] as const) {
      expect(await contact.refused(deed, on(filed, body))).toMatchObject({ status: 409, code: 'declarations.state_refused', params: { state: 'filed' } })
    }
  })
  it('refuses a revision that is none and a reason that is none', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const draft = await openFor(contact, firm)
    expect(at(await contact.refused(submitDeclaration, { params: { id: draft.id }, body: {} }))).toEqual(['/revision issue.required'])
    expect(at(await contact.refused(submitDeclaration, { params: { id: draft.id }, body: { revision: 0 } }))).toEqual(['/revision issue.too_small'])
    expect(at(await contact.refused(withdrawDeclaration, on(draft, { reason: ' ' })))).toEqual(['/reason issue.text'])
    expect(at(await contact.refused(submitDeclaration, { params: { id: 'x' }, body: { revision: 1 } }))).toEqual(['/id issue.id'])
  })
  it('ends with its emergency', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const draft = await fill(contact, await openFor(contact, firm))
    const commander = await city.as('gaohongtao')
    const { items } = await commander.call(listEmergencies)
    await commander.call(endEmergency, { params: { id: items[0]!.id }, body: { documentNo: '筑复工办〔2020〕9号', note: '终止' } })
    expect(await contact.refused(submitDeclaration, on(draft))).toMatchObject({ status: 409, code: 'emergencies.already_ended' })
    const other = await newFirm(city, 'wudang')
    expect(await other.contact.refused(openDeclaration, { body: { enterpriseId: other.firm.id, workplaceId: other.firm.workplaces[0]!.id } })).toMatchObject({ status: 409, code: 'emergencies.none_open' })
  })
})
