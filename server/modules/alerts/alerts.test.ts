// Alerts over HTTP: a matter of the firm, an orange one followed to its release, red that only people lower, appeals, an outbreak; and who must not see any of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerFirmMatter, decideAppeal, decideChange, doAlertStep, getAlert, listAlerts, listAppeals, listFirmMatters, listOutbreaks, observeAlert, openColourAppeal, proposeChange, readAlertFacts, readColourAppeals, releaseAlert, respondAlert, stopForOutbreak, traceAlert, type Alert } from '@fugong/contract/alerts'
import { getEnterprise, listMyEnterprises, type Enterprise } from '@fugong/contract/enterprises'
import { listFirmDay } from '@fugong/contract/health.days'
import { readHealthStatus } from '@fugong/contract/health.status'
import { listCases } from '@fugong/contract/cases'
import { addPerson, type AddPerson } from '@fugong/contract/people'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { bindEmployment, reportFor, type Reporter } from '../../test/reporting.ts'
import { mobile, residentId } from '../../test/rosters.ts'
import { connect } from '../../base/migrate.ts'
import { healthSubscriptions } from '../health/jobs.ts'
import { tellLate } from './care.actions.ts'
import { alertsSubscriptions } from './jobs.ts'
import { controlDue } from './outbreaks.actions.ts'

let city: City
let firm: Someone
let here: Enterprise
let officer: Someone
let colleague: Someone
const people: Reporter[] = []
/** Sessions end overnight: everybody signs in anew. */
async function at(moment: string): Promise<void> {
  city.clock.set(moment)
  firm = await city.contact('13900000102')
  officer = await city.as('hanyuxuan')
  colleague = await city.as('linjiayi')
}
const run = (name: string) => city.system((ctx) => city.system_.house.jobs.find((job) => job.name === name)!.run(ctx, null))
/** Colours are applied and what follows from them is delivered. */
async function settle(): Promise<void> {
  await city.deliver(healthSubscriptions)
  await run('health.apply_turns')
  await city.deliver(alertsSubscriptions)
  await city.work()
}
const running = async (level: 'yellow' | 'orange' | 'red') => (await officer.call(listAlerts, { query: { state: 'running', level } })).items
const read = (id: string, who = officer) => who.call(getAlert, { params: { id } })
const colour = async (who: Reporter) => (await city.anonymous().call(readHealthStatus, { body: { token: who.token } }))
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T08:00:00+08:00' })
  await at('2020-02-24T08:00:00+08:00')
  here = await firm.call(getEnterprise, { params: { id: (await firm.call(listMyEnterprises)).items[0]!.id } })
  const ids = []
  for (let number = 1; number <= 7; number++) {
    const body: AddPerson = { name: `吴乙${number}`, idType: '01', idNumber: residentId(number), workplaceId: here.workplaces[0]!.id, state: 'onDuty', phone: mobile(number), originCode: '520103', leftOn: '2020-01-20', exposure: [], crew: number < 5 ? '一班' : '二班', dormitory: number === 6 ? '1 栋 101' : null }
    ids.push((await firm.call(addPerson, { params: { id: here.id }, body })).id)
  }
  await settle()
  for (const id of ids) people.push(await bindEmployment(city, id))
})
afterAll(() => city.close())

describe('yellow', () => {
  it('is a matter for the firm with a day to answer, which learns no more than that', async () => {
    expect((await reportFor(city, people[0]!, { temperature: 37.8, symptoms: ['cough'] })).body.level).toBe('yellow')
    await settle(); await settle()
    const matters = (await firm.call(listFirmMatters, { params: { id: here.id }, query: { open: true } })).items
    expect(matters).toMatchObject([{ step: 'verify', name: '吴乙1', dueAt: '2020-02-25T00:00:00.000Z', overdue: false }])
    expect(JSON.stringify([matters, await firm.call(listFirmDay, { params: { id: here.id }, query: { group: 'notYet' } })])).not.toMatch(/yellow|37\.8|cough|体温|症状/)
    expect((await firm.call(listFirmDay, { params: { id: here.id }, query: { group: 'notYet' } })).items.map(({ name }) => name)).toEqual(['吴乙1'])
    for (const who of [await city.contact('13900000104'), await city.as('tianyuqing')]) expect((await who.refused(listFirmMatters, { params: { id: here.id } })).status).toBeGreaterThanOrEqual(403)
    expect((await running('yellow'))).toMatchObject([{ kind: 'matter', name: '吴乙1', state: 'open' }])
  })
  it('the person sees why: rule, inputs, time', async () => {
    const why = await colour(people[0]!)
    expect(why).toMatchObject({ level: 'yellow', mayWork: false, source: 'report', rule: { table: 'health.triage', row: 'r8' }, because: { zh: '体温达到 37.3 ℃。' } })
    expect(why.inputs.find(({ label }) => label.zh === '体温')!.value.zh).toBe('37.8 ℃')
  })
  it('late is told once; the answer ends it, and a normal report makes the person green', async () => {
    await at('2020-02-25T09:00:00+08:00')
    await city.system(tellLate); await city.system(tellLate)
    const [matter] = (await firm.call(listFirmMatters, { params: { id: here.id }, query: { open: true } })).items
    expect(matter).toMatchObject({ overdue: true })
    await firm.call(answerFirmMatter, { params: { id: here.id, stepId: matter!.stepId }, body: { note: '已在家休息，复测正常' } })
    expect((await firm.refused(answerFirmMatter, { params: { id: here.id, stepId: matter!.stepId }, body: { note: '再次' } })).code).toBe('alerts.state_refused')
    await reportFor(city, people[0]!, { temperature: 36.5 }, '2020-02-25')
    await settle()
    expect((await colour(people[0]!)).level).toBe('green')
    expect(await running('yellow')).toEqual([])
  })
})

describe('orange', () => {
  let alert: Alert
  it('opens a case for the district at once, seen by its case officers and by nobody else', async () => {
    expect((await reportFor(city, people[1]!, { temperature: 36.6, contact: true }, '2020-02-25')).body.level).toBe('orange')
    await settle()
    const [row] = await running('orange')
    expect(row).toMatchObject({ kind: 'alert', name: '吴乙2', nextStep: 'isolate' })
    alert = await read(row!.id)
    expect(alert.steps.map(({ step, side }) => `${step} ${side}`)).toEqual(['isolate firm', 'report office', 'clinic office', 'disinfect firm', 'trace office', 'result office'])
    expect((await (await city.as('zhongmingkai')).refused(getAlert, { params: { id: alert.id } })).code).toBe('not_found')
    for (const username of ['tianyuqing', 'gaohongtao', 'luyuanming', 'wenguangyu']) expect((await (await city.as(username)).refused(getAlert, { params: { id: alert.id } })).code).toBe('session.forbidden')
    expect((await firm.refused(getAlert, { params: { id: alert.id } })).code).toBe('session.forbidden')
    // Nor by way of the case: the reviewer of the district, who works by area, does not find it.
    for (const username of ['tianyuqing', 'gaohongtao']) expect((await (await city.as(username)).call(listCases, { query: { box: 'todo', kind: 'healthAlert' } })).items).toEqual([])
    expect((await officer.call(listCases, { query: { box: 'todo', kind: 'healthAlert' } })).items).toMatchObject([{ subject: { title: here.name } }])
    expect(JSON.stringify((await officer.call(listCases, { query: { box: 'todo' } })).items)).not.toContain('吴乙')
  })
  it('facts are read with a reason, and the reading stands where the person sees it', async () => {
    const facts = await officer.call(readAlertFacts, { params: { id: alert.id }, body: { reason: '核实接触史' } })
    expect(facts.reports[0]).toMatchObject({ day: '2020-02-25', level: 'orange', erased: false })
    expect(JSON.stringify(facts.reports[0]!.answers)).toContain('36.6')
    const owner = await connect(city.database.owner)
    const reads = (await owner.query('select field, reason, office from people.reads where employment_id = $1', [alert.employmentId])).rows
    const events = (await owner.query("select count(*)::int as n from base.events where name = 'record.read' and payload->>'what' like '/api/alerts%'")).rows[0]
    const raw = (await owner.query("select count(*)::int as n from base.events where payload::text ~ '吴乙|36\\.6|orange'")).rows[0]
    await owner.end()
    expect(reads).toEqual([{ field: 'health', reason: '核实接触史', office: true }])
    expect([events.n > 0, raw.n]).toEqual([true, 0])
    expect((await (await city.as('zhongmingkai')).refused(readAlertFacts, { params: { id: alert.id }, body: { reason: 'x' } })).code).toBe('not_found')
  })
  it('is taken, traced from the roster, observed until a computed day; a second hand is told what changed', async () => {
    const params = { id: alert.id }
    expect((await officer.refused(doAlertStep, { params: { ...params, step: 'report' }, body: { revision: alert.revision } })).code).toBe('alerts.state_refused')
    const taken = await officer.call(respondAlert, { params, body: { revision: alert.revision } })
    expect(taken).toMatchObject({ state: 'following', can: expect.arrayContaining(['step', 'trace', 'observe']) })
    expect((await colleague.refused(respondAlert, { params, body: { revision: alert.revision } })).code).toBe('conflict.changed')
    const traced = await officer.call(traceAlert, { params, body: { revision: taken.revision, ways: ['crew', 'dormitory', 'shift'] } })
    expect(traced.contacts.map(({ name, ways }) => [name, ways])).toEqual([['吴乙1', ['crew', 'workplace']], ['吴乙3', ['crew', 'workplace']], ['吴乙4', ['crew', 'workplace']]])
    const watched = await officer.call(observeAlert, { params, body: { revision: traced.revision, from: '2020-02-25' } })
    expect(watched).toMatchObject({ state: 'observing', observeUntil: '2020-03-10', holds: ['result', 'observation'] })
    const both = await officer.call(observeAlert, { params, body: { revision: watched.revision, from: '2020-02-24', contacts: [traced.contacts[1]!.employmentId] } })
    expect(both.contacts[1]).toMatchObject({ observeUntil: '2020-03-09' })
    await settle()
    // Who is observed reports twice a day from now on.
    const rows = (await firm.call(listFirmDay, { params: { id: here.id } })).items
    expect(rows.filter(({ twice }) => twice).map(({ name }) => name).sort()).toEqual(['吴乙2', '吴乙3', '吴乙6'])
  })
  it('the firm does its own steps and learns no colour', async () => {
    const open = (await firm.call(listFirmMatters, { params: { id: here.id }, query: { open: true } })).items
    expect(open.map(({ step }) => step)).toEqual(['isolate', 'disinfect'])
    expect(JSON.stringify(open)).not.toMatch(/orange|36\.6|接触/)
    await firm.call(answerFirmMatter, { params: { id: here.id, stepId: open[0]!.stepId }, body: { note: '已安排单间' } })
    expect((await read(alert.id)).steps.find(({ step }) => step === 'isolate')).toMatchObject({ note: '已安排单间', doneAt: expect.any(String) })
  })
  it('is released by a named person with a reason once the result is negative and the last day over', async () => {
    const params = { id: alert.id }
    let now = await read(alert.id)
    expect((await officer.refused(releaseAlert, { params, body: { revision: now.revision, reason: '已核实' } })).code).toBe('alerts.held')
    expect((await officer.refused(doAlertStep, { params: { ...params, step: 'result' }, body: { revision: now.revision } })).code).toBe('alerts.state_refused')
    now = await officer.call(doAlertStep, { params: { ...params, step: 'result' }, body: { revision: now.revision, result: 'negative', note: '两次检测阴性' } })
    expect(now).toMatchObject({ result: 'negative', holds: ['observation'] })
    await reportFor(city, people[1]!, { temperature: 36.5 }, '2020-02-25', 2)
    await settle()
    expect((await colour(people[1]!)).level).toBe('orange')
    await at('2020-03-10T09:00:00+08:00')
    const released = await officer.call(releaseAlert, { params, body: { revision: now.revision, reason: '观察期满，检测阴性' } })
    expect(released).toMatchObject({ state: 'released', endReason: '观察期满，检测阴性', colourNow: 'green' })
    await settle()
    expect(await colour(people[1]!)).toMatchObject({ level: 'green', source: 'release', by: '韩雨萱', reason: '观察期满，检测阴性' })
    expect(await running('orange')).toEqual([])
  })
})

describe('red', () => {
  let alert: Alert
  it('stays red whatever is reported; a change by hand needs two people and falls away on its day', async () => {
    await reportFor(city, people[4]!, { temperature: 36.7, diagnosis: 'suspected' }, '2020-03-10')
    await settle()
    await reportFor(city, people[4]!, { temperature: 36.5 }, '2020-03-10', 2)
    await settle()
    expect((await colour(people[4]!)).level).toBe('red')
    alert = await read((await running('red'))[0]!.id)
    const params = { id: alert.id }
    expect(await officer.refused(proposeChange, { params, body: { level: 'green', until: '2020-03-30', reason: '误报' } })).toMatchObject({ code: 'alerts.until_outside', params: { days: 7 } })
    const proposed = await officer.call(proposeChange, { params, body: { level: 'green', until: '2020-03-12', reason: '误报，医院已更正' } })
    const change = { id: alert.id, changeId: proposed.change!.id }
    expect((await officer.refused(decideChange, { params: change, body: { agree: true } })).code).toBe('alerts.second_person')
    expect((await (await city.as('zhongmingkai')).refused(decideChange, { params: change, body: { agree: true } })).code).toBe('not_found')
    await colleague.call(decideChange, { params: change, body: { agree: true } })
    await settle()
    expect(await colour(people[4]!)).toMatchObject({ level: 'green', source: 'hand', until: '2020-03-12', reason: '误报，医院已更正' })
    expect(await running('red')).toEqual([])
    await at('2020-03-12T09:00:00+08:00')
    await run('health.lapse_colours')
    expect((await colour(people[4]!)).level).toBe('green')
    await at('2020-03-13T09:00:00+08:00')
    await run('health.lapse_colours'); await run('health.lapse_colours')
    await settle()
    expect(await colour(people[4]!)).toMatchObject({ level: 'red', source: 'lapse' })
    expect(await running('red')).toHaveLength(1)
  })
  it('confirmed, it closes the workplace in stages, and what others read of that names nobody', async () => {
    const [row] = await running('red')
    let now = await officer.call(respondAlert, { params: { id: row!.id }, body: { revision: (await read(row!.id)).revision } })
    now = await officer.call(doAlertStep, { params: { id: now.id, step: 'result' }, body: { revision: now.revision, result: 'confirmed' } })
    expect(now).toMatchObject({ result: 'confirmed', holds: expect.arrayContaining(['result']) })
    const reviewer = () => city.as('tianyuqing')
    const [outbreak] = (await (await reviewer()).call(listOutbreaks)).items
    expect(outbreak).toMatchObject({ enterpriseId: here.id, stage: 'confirmed', cleanDays: 14, cleanUntil: '2020-03-27', orderId: null })
    expect(JSON.stringify(outbreak)).not.toContain('吴乙')
    expect((await (await city.as('fangzhiping')).call(listOutbreaks)).items).toEqual([])
    expect((await firm.call(listOutbreaks)).items).toHaveLength(1)
    expect((await firm.refused(stopForOutbreak, { params: { id: outbreak!.id }, body: { declarationId: outbreak!.id, documentNo: '云停〔2020〕1号', deadline: '2020-03-30' } })).code).toBe('session.forbidden')
    expect((await (await reviewer()).refused(stopForOutbreak, { params: { id: outbreak!.id }, body: { declarationId: outbreak!.id, documentNo: '云停〔2020〕1号', deadline: '2020-03-30' } })).code).toBe('not_found')
    await at('2020-03-27T10:00:00+08:00')
    await city.system(controlDue)
    expect((await (await reviewer()).call(listOutbreaks)).items[0]).toMatchObject({ stage: 'confirmed' })
    await at('2020-03-28T10:00:00+08:00')
    await city.system(controlDue); await city.system(controlDue)
    expect((await (await reviewer()).call(listOutbreaks)).items[0]).toMatchObject({ stage: 'controlled', controlledAt: expect.any(String) })
  })
})

describe('an appeal', () => {
  const appeal = (who: Reporter, text = '我没有接触过任何人') => city.anonymous().call(openColourAppeal, { body: { token: who.token, text } })
  it('is decided by somebody without a hand in it, and won it makes the person green', async () => {
    await reportFor(city, people[6]!, { temperature: 36.5, contact: true }, '2020-03-28')
    await settle()
    const row = (await running('orange')).find(({ name }) => name === '吴乙7')!
    await officer.call(respondAlert, { params: { id: row.id }, body: { revision: (await read(row.id)).revision } })
    const mine = await appeal(people[6]!)
    expect(mine).toMatchObject({ state: 'waiting', dueAt: expect.any(String) })
    expect((await city.anonymous().refused(openColourAppeal, { body: { token: people[6]!.token, text: '再来' } })).code).toBe('alerts.appeal_open')
    expect((await city.anonymous().refused(openColourAppeal, { body: { token: people[2]!.token, text: '无' } })).code).toBe('alerts.nothing_to_appeal')
    expect((await (await city.as('zhongmingkai')).call(listAppeals)).items).toEqual([])
    expect((await officer.call(listAppeals, { query: { open: true } })).items).toMatchObject([{ text: '我没有接触过任何人', can: [] }])
    expect((await officer.refused(decideAppeal, { params: { id: mine.id }, body: { uphold: true, reason: '维持' } })).code).toBe('alerts.another_reviewer')
    expect((await colleague.refused(decideAppeal, { params: { id: mine.id }, body: { uphold: false, level: 'red', reason: '改判' } })).code).toBe('alerts.level_lower')
    expect(await colleague.call(decideAppeal, { params: { id: mine.id }, body: { uphold: false, reason: '接触者已排除' } })).toMatchObject({ state: 'changed', colourNow: 'green' })
    await settle()
    expect(await colour(people[6]!)).toMatchObject({ level: 'green', source: 'appeal', reason: '接触者已排除' })
    expect((await city.anonymous().call(readColourAppeals, { body: { token: people[6]!.token } })).items).toMatchObject([{ state: 'changed', reason: '接触者已排除' }])
    expect((await read(row.id))).toMatchObject({ state: 'lifted' })
  })
  it('late, orange is lifted by the table and red goes up the line', async () => {
    await reportFor(city, people[5]!, { temperature: 36.5, contact: true }, '2020-03-28')
    await settle()
    await appeal(people[5]!)
    await appeal(people[4]!)
    await at('2020-04-10T10:00:00+08:00')
    await run('cases.sweep')
    await city.work()
    await settle()
    expect(await colour(people[5]!)).toMatchObject({ level: 'green', source: 'appeal', by: null })
    expect((await colour(people[4]!)).level).toBe('red')
    expect((await colleague.call(listAppeals)).items.map(({ state }) => state).sort()).toEqual(['changed', 'relieved', 'waiting'])
  })
})
