// Rosters over HTTP: entering, correcting, moving and undoing, seeking, unmasking, self-entry, returns, two firms with one person, and what each role may see.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveExport, beginExport, takeExport } from '@fugong/contract/exports'
import type { Answers } from '@fugong/contract/forms'
import { getSession } from '@fugong/contract/identity'
import { addWorkplace, listMyEnterprises, type Enterprise, getEnterprise } from '@fugong/contract/enterprises'
import { addPerson, changePerson, checkReturns, findInRoster, findPersonFile, getPersonOfRoster, listDivisions, listPersonReads, listRoster, listRosterCounts, movePeople, rosterSummary, undoMove, unmaskField, type AddPerson } from '@fugong/contract/people'
import { decideEntry, enterSelf, listEntries, listPosters, makePoster, readPoster, revokePoster } from '@fugong/contract/people.entries'
import { ask } from '../../base/db.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { mobile, residentId } from '../../test/rosters.ts'
import { employmentFacts, employmentsByWorkplaceToken, employmentsOfPerson, matchByNameAndTail, moveEmployment, peopleNear, personByIdNumber, phoneOfEmployment, readsOfPerson, rosterOf } from './index.ts'

let city: City
/** 云岩's cinema and 南明's firm, each with its contact; officers of both districts. */
let cinema: Someone
let other: Someone
let here: Enterprise
let there: Enterprise
beforeAll(async () => {
  city = await openCity()
  cinema = await city.contact('13900000102')
  other = await city.contact('13900000104')
  const firm = async (who: Someone) => who.call(getEnterprise, { params: { id: (await who.call(listMyEnterprises)).items[0]!.id } })
  here = await firm(cinema)
  there = await firm(other)
})
afterAll(() => city.close())

const person = (number: number, set: Partial<AddPerson> = {}): AddPerson => ({ name: `张三${number}`, idType: '01', idNumber: residentId(number), workplaceId: here.workplaces[0]!.id, state: 'notReturned', phone: mobile(number), ...set })
const enter = (number: number, set: Partial<AddPerson> = {}) => cinema.call(addPerson, { params: { id: here.id }, body: person(number, set) })
const at = (id: string) => ({ id: here.id, employmentId: id })

describe('entering by hand', () => {
  it('keeps what the purpose needs, masked, and tells every fault at once', async () => {
    const one = await enter(1, { crew: ' 放映组 ', originCode: '420100', leftOn: '2020-02-20', address: '北京路 1 号', exposure: ['keyArea'], vehicle: '0', vehicleNo: 'G1301' })
    expect(one).toMatchObject({ name: '张三1', crew: '放映组', phoneMasked: `139****${mobile(1).slice(-4)}`, addressMasked: '北京****', vehicleNoMasked: 'G1****', exposureAnswered: true, origin: { name: { zh: '湖北省武汉市' } }, source: 'hand', revision: 1, can: ['change', 'move', 'unmask'] })
    expect(one.idMasked).toBe(`${residentId(1).slice(0, 3)}***********${residentId(1).slice(-4)}`)
    expect(JSON.stringify(one)).not.toContain(residentId(1))
    const refusal = await cinema.refused(addPerson, { params: { id: here.id }, body: person(2, { idNumber: residentId(2).replace(/.$/, (last) => (last === '1' ? '2' : '1')), state: 'observing', leftOn: '2020-02-25', originCode: '999999' }) })
    expect(refusal.issues.map(({ path, code }) => `${path} ${code}`).sort()).toEqual(['/idNumber issue.id_check', '/leftOn issue.future', '/observingUntil issue.observing_until', '/originCode issue.origin_unknown'])
    expect(await cinema.refused(addPerson, { params: { id: here.id }, body: person(1) })).toMatchObject({ status: 409, code: 'people.already_there' })
    expect((await cinema.refused(addPerson, { params: { id: here.id }, body: person(3, { workplaceId: there.workplaces[0]!.id }) })).issues[0]!.code).toBe('issue.workplace_choose')
  })
  it('corrects and places, keeps the history, and tells the second of two', async () => {
    const one = await enter(4, { crew: '甲' })
    const changed = await cinema.call(changePerson, { params: at(one.id), body: { revision: 1, crew: '乙', phone: '13812345678', effectiveOn: '2020-02-20' } })
    expect(changed).toMatchObject({ crew: '乙', phoneMasked: '138****5678', revision: 2 })
    expect(changed.history[0]).toMatchObject({ kind: 'placed', effectiveOn: '2020-02-20', fields: ['crew', 'phone'] })
    expect(JSON.stringify(changed.history)).not.toContain('1381234')
    expect(await cinema.refused(changePerson, { params: at(one.id), body: { revision: 1, crew: '丙' } })).toMatchObject({ status: 409, code: 'conflict.changed', params: { who: '祝俊杰' } })
    // Nothing that differs changes nothing.
    expect((await cinema.call(changePerson, { params: at(one.id), body: { revision: 2, crew: '乙' } })).revision).toBe(2)
  })
})

describe('states', () => {
  it('move many at once with a reason for each refusal, and come back by undo', async () => {
    const ids = (await Promise.all([10, 11, 12].map((n) => enter(n)))).map(({ id }) => id)
    const seen = await cinema.call(movePeople, { params: { id: here.id }, body: { ids: [ids[0]!], to: 'observing', until: '2020-03-05' } })
    expect(seen).toMatchObject({ moved: 1, refused: [] })
    const moved = await cinema.call(movePeople, { params: { id: here.id }, body: { ids, to: 'onDuty' } })
    expect(moved).toMatchObject({ moved: 2, refused: [{ id: ids[0], code: 'issue.observation_runs' }] })
    await cinema.call(changePerson, { params: at(ids[1]!), body: { revision: 2, crew: '后来' } })
    expect(await cinema.call(undoMove, { params: { id: here.id, moveId: moved.moveId }, body: {} })).toEqual({ undone: 1, kept: 1 })
    expect((await cinema.call(getPersonOfRoster, { params: at(ids[2]!) })).state).toBe('notReturned')
    expect((await cinema.call(getPersonOfRoster, { params: at(ids[1]!) })).state).toBe('onDuty')
    const again = await cinema.call(movePeople, { params: { id: here.id }, body: { ids: [ids[2]!], to: 'onDuty' } })
    city.clock.set('2020-02-24T02:31:00Z')
    expect(await cinema.refused(undoMove, { params: { id: here.id, moveId: again.moveId }, body: {} })).toMatchObject({ code: 'people.undo_over' })
    city.clock.set('2020-02-24T02:00:00Z')
    expect(await other.refused(undoMove, { params: { id: here.id, moveId: again.moveId }, body: {} })).toMatchObject({ status: 404 })
  })
})

describe('the list', () => {
  it('is filtered, sought by name, initials and last four, and summed up', async () => {
    const one = await enter(20, { name: '曾小敏', dormitory: '1 栋 101', originCode: '420103', state: 'onDuty' })
    const list = (query: Record<string, string>) => cinema.call(listRoster, { params: { id: here.id }, query })
    expect((await list({ dormitory: '1 栋 101' })).items.map(({ id }) => id)).toEqual([one.id])
    expect((await list({ origin: '420000', state: 'onDuty' })).items.map(({ id }) => id)).toContain(one.id)
    expect((await list({ origin: '430000' })).items).toEqual([])
    const find = async (text: string) => (await cinema.call(findInRoster, { params: { id: here.id }, body: { text } })).items.map(({ id }) => id)
    for (const text of ['小敏', 'zxm', 'CXM', mobile(20).slice(-4), residentId(20).slice(-4)]) expect(await find(text), text).toContain(one.id)
    for (const text of ['%', 'xm', '没有']) expect(await find(text), text).toEqual([])
    const page = await cinema.call(listRoster, { params: { id: here.id }, query: { limit: 2 } })
    const next = await cinema.call(listRoster, { params: { id: here.id }, query: { limit: 2, cursor: page.next! } })
    expect(new Set([...page.items, ...next.items].map(({ id }) => id)).size).toBe(4)
    const summary = await cinema.call(rosterSummary, { params: { id: here.id } })
    expect(summary.states.reduce((sum, { people }) => sum + people, 0)).toBe(page.total)
    expect([summary.dormitories, summary.origins.map(({ code }) => code)]).toEqual([['1 栋 101'], expect.arrayContaining(['420103', '420100']) as string[]])
  })
})

describe('what is sealed', () => {
  it('is shown one value at a time with a reason, and stays on record', async () => {
    const one = await enter(30, { exposure: ['caseContact'] })
    expect((await cinema.refused(unmaskField, { params: at(one.id), body: { field: 'idNumber', reason: ' ' } })).issues[0]!.path).toBe('/reason')
    expect(await cinema.call(unmaskField, { params: at(one.id), body: { field: 'idNumber', reason: '办理保险' } })).toEqual({ field: 'idNumber', value: residentId(30), exposure: [] })
    expect(await cinema.call(unmaskField, { params: at(one.id), body: { field: 'exposure', reason: '核对' } })).toEqual({ field: 'exposure', value: null, exposure: ['caseContact'] })
    const { items } = await cinema.call(listPersonReads, { params: at(one.id) })
    expect(items.map(({ field, reason, by }) => [field, reason, by])).toEqual([['exposure', '核对', '祝俊杰'], ['idNumber', '办理保险', '祝俊杰']])
    expect(await other.refused(unmaskField, { params: at(one.id), body: { field: 'phone', reason: 'x' } })).toMatchObject({ status: 404 })
    const secrets = [residentId(30), mobile(30)]
    expect(city.log.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([])
    const rows = await city.system((ctx) => ask<{ row: string }>(ctx, 'select payload::text as row from base.events union all select e::text from people.employments e union all select r::text from people.reads r union all select c::text from people.changes c', []))
    expect(rows.filter(({ row }) => secrets.some((secret) => row.includes(secret)))).toEqual([])
  })
})

describe('one person in two firms', () => {
  it('is one file for the case officer and two strangers for the firms', async () => {
    const id = residentId(40)
    const mine = await enter(40, { name: '两头跑' })
    const theirs = await other.call(addPerson, { params: { id: there.id }, body: { ...person(40, { name: '两头' }), workplaceId: there.workplaces[0]!.id } })
    expect(theirs.id).not.toBe(mine.id)
    expect(await other.refused(getPersonOfRoster, { params: at(mine.id) })).toMatchObject({ status: 404 })
    expect(await other.refused(getPersonOfRoster, { params: { id: there.id, employmentId: mine.id } })).toMatchObject({ status: 404 })
    expect(JSON.stringify(await other.call(getPersonOfRoster, { params: { id: there.id, employmentId: theirs.id } }))).not.toContain('两头跑')
    expect(await other.refused(listRoster, { params: { id: here.id } })).toMatchObject({ status: 404 })
    const officer = await city.as('hanyuxuan')
    const { employments } = await officer.call(findPersonFile, { body: { idType: '02', idNumber: id, reason: '流调' } })
    expect(employments.map(({ enterpriseId, within, name }) => [enterpriseId, within, name]).sort()).toEqual([[here.id, true, '两头跑'], [there.id, false, null]].sort())
    expect(await officer.refused(findPersonFile, { body: { idType: '01', idNumber: residentId(41), reason: '流调' } })).toMatchObject({ status: 404 })
    // Read by an office: the firm is not told, the person will be.
    expect((await cinema.call(listPersonReads, { params: at(mine.id) })).items).toEqual([])
    const personId = await city.system((ctx) => personByIdNumber(ctx, '01', id))
    expect((await city.system((ctx) => readsOfPerson(ctx, personId!))).map(({ field, office }) => [field, office])).toEqual([['file', true]])
    expect((await city.system((ctx) => employmentsOfPerson(ctx, personId!))).sort()).toEqual([mine.id, theirs.id].sort())
  })
})

describe('roles', () => {
  it('see numbers, facts or nothing', async () => {
    const [commander, reviewer, foreign, officer, administrator] = await Promise.all(['gaohongtao', 'tianyuqing', 'luochengxi', 'hanyuxuan', 'luyuanming'].map((name) => city.as(name))) as [Someone, Someone, Someone, Someone, Someone]
    const counted = await reviewer.call(listRosterCounts, { query: {} })
    expect(counted.items.map(({ enterpriseId }) => enterpriseId)).toEqual([here.id])
    const summary = await cinema.call(rosterSummary, { params: { id: here.id } })
    expect(counted.items[0]!.states.reduce((sum, { people }) => sum + people, 0)).toBe(summary.states.reduce((sum, { people }) => sum + people, 0))
    expect((await commander.call(listRosterCounts, { query: {} })).firms).toBe(2)
    expect((await foreign.call(listRosterCounts, { query: {} })).items).toEqual([])
    for (const who of [officer, administrator]) expect(await who.refused(listRosterCounts, { query: {} })).toMatchObject({ code: 'session.forbidden' })
    for (const who of [commander, reviewer, administrator]) {
      expect(await who.refused(findPersonFile, { body: { idType: '01', idNumber: residentId(1), reason: 'x' } })).toMatchObject({ code: 'session.forbidden' })
      expect(await who.refused(listRoster, { params: { id: here.id } })).toMatchObject({ code: 'session.forbidden' })
    }
    expect(JSON.stringify(counted)).not.toContain('张三')
    expect((await city.anonymous().refused(listRoster, { params: { id: here.id } })).code).toBe('session.required')
    expect((await officer.call(getSession)).verbs).toContain('roster.facts')
  })
})

describe('exports', () => {
  it('give case officers their district; numbers only when a second person agrees, and on record', async () => {
    const officer = await city.as('hanyuxuan')
    const body = { source: 'roster', format: 'csv' as const, language: 'zh' as const, filter: {} }
    const open = await officer.call(beginExport, { body: { ...body, columns: ['firm', 'crew', 'state'] } })
    const plain = String(await officer.call(takeExport, { params: { id: open.id } }))
    expect([plain.includes(here.name), plain.includes(there.name), plain.includes('张三')]).toEqual([true, false, false])
    expect((await officer.refused(beginExport, { body: { ...body, columns: ['idNumber'] } })).issues[0]!.path).toBe('/reason')
    const asked = await officer.call(beginExport, { body: { ...body, columns: ['name', 'idNumber', 'phone'], reason: '流调' } })
    expect(asked.state).toBe('asked')
    expect((await officer.refused(approveExport, { params: { id: asked.id }, body: {} })).code).toBe('exports.second_person_needed')
    // Whoever commands the district agrees without seeing a name; a case officer of another district does not get to see the request.
    expect((await (await city.as('zhongmingkai')).refused(approveExport, { params: { id: asked.id }, body: {} })).status).toBe(404)
    await (await city.as('gaohongtao')).call(approveExport, { params: { id: asked.id }, body: {} })
    await city.work()
    const personal = String(await officer.call(takeExport, { params: { id: asked.id } }))
    expect([personal.includes(residentId(1)), personal.includes(mobile(1))]).toEqual([true, true])
    const personId = await city.system((ctx) => personByIdNumber(ctx, '01', residentId(1)))
    expect((await city.system((ctx) => readsOfPerson(ctx, personId!))).map(({ field }) => field)).toContain('export')
    for (const who of [cinema, await city.as('tianyuqing')]) expect((await who.refused(beginExport, { body: { ...body, columns: ['firm'] } })).status).not.toBe(200)
  })
})

describe('self-entry', () => {
  it('goes by a poster, waits for the firm, and tells nobody who works there', async () => {
    const poster = await cinema.call(makePoster, { params: { id: here.id }, body: { workplaceId: here.workplaces[0]!.id } })
    expect(poster.qr).toContain('<svg')
    const token = poster.url!.split('#')[1]!
    const place = await city.anonymous().call(readPoster, { body: { token } })
    expect(place).toMatchObject({ enterpriseName: here.name, workplaceName: here.workplaces[0]!.name, notice: { version: 1 }, today: '2020-02-24', form: { code: 'person.selfEntry', version: 1 } })
    const body = (number: number, more: Answers = {}) => ({ token, noticeVersion: 1, agreed: true as const, formVersion: 1, answers: { name: `李四${number}`, idType: '01', idNumber: residentId(number), phone: mobile(number), originCode: '420100', exposed: false, ...more } })
    const guest = city.anonymous()
    // New, known, and entered twice: the same answer.
    for (const number of [50, 1, 50]) expect(await guest.call(enterSelf, { body: body(number) })).toEqual({ done: true })
    expect((await guest.refused(enterSelf, { body: { ...body(51), noticeVersion: 2 } })).code).toBe('people.notice_changed')
    expect((await guest.refused(enterSelf, { body: { ...body(51), formVersion: 2 } })).code).toBe('people.form_changed')
    // What the form asks, what the roster takes and what a number says are told together, each at its field.
    const faults = async (more: Answers) => (await guest.refused(enterSelf, { body: body(51, more) })).issues.map(({ path, code }) => `${path} ${code}`)
    expect(await faults({ idNumber: '123456' })).toEqual(['/answers/idNumber issue.id_length'])
    expect(await faults({ name: '', phone: '0851-85988888', crew: '甲'.repeat(41), wage: 3, exposed: true })).toEqual(['/answers/wage issue.unknown', '/answers/name issue.required', '/answers/crew issue.too_long', '/answers/exposure issue.required', '/answers/phone issue.phone'])
    expect(await faults({ originCode: '429999', leftOn: '2020-02-20', returnedOn: '2020-02-19' })).toEqual(['/answers/returnedOn issue.form_check'])
    expect(await faults({ originCode: '429999', leftOn: '2020-02-20' })).toEqual(['/answers/originCode issue.origin_unknown'])
    // What a condition hides does not count, whatever a page sent.
    expect(await guest.call(enterSelf, { body: body(53, { exposure: ['caseContact'], vehicle: '3', vehicleNo: 'G1' }) })).toEqual({ done: true })
    const { items } = await cinema.call(listEntries, { params: { id: here.id } })
    expect(items.map(({ name, known }) => [name, known])).toEqual([['李四1', true], ['李四50', false], ['李四53', false]])
    expect(JSON.stringify(items)).not.toContain(residentId(50))
    expect(await other.refused(listEntries, { params: { id: here.id } })).toMatchObject({ status: 404 })
    const decide = (entryId: string, set: { confirm: boolean; reason?: string }) => cinema.call(decideEntry, { params: { id: here.id, entryId }, body: set })
    expect((await cinema.refused(decideEntry, { params: { id: here.id, entryId: items[0]!.id }, body: { confirm: false } })).issues[0]!.path).toBe('/reason')
    await decide(items[0]!.id, { confirm: false, reason: '填错了人' })
    await decide(items[1]!.id, { confirm: true })
    expect(await cinema.refused(decideEntry, { params: { id: here.id, entryId: items[1]!.id }, body: { confirm: true } })).toMatchObject({ code: 'people.entry_decided' })
    const found = await cinema.call(findInRoster, { params: { id: here.id }, body: { text: '李四50' } })
    expect(found.items).toMatchObject([{ source: 'self', state: 'notReturned' }])
    expect((await cinema.call(listPosters, { params: { id: here.id } })).items).toMatchObject([{ id: poster.id, entries: 3, revokedAt: null }])
    // Health's first contact: the poster, then name and last four.
    const by = await city.system((ctx) => employmentsByWorkplaceToken(ctx, token))
    expect(by).toMatchObject({ enterpriseId: here.id, workplaceName: here.workplaces[0]!.name })
    const match = (name: string, tail: string) => city.system((ctx) => matchByNameAndTail(ctx, { enterpriseId: by!.enterpriseId, workplaceId: by!.workplaceId, name, tail }))
    expect([await match('李四50', residentId(50).slice(-4).toLowerCase()), await match('李四51', residentId(50).slice(-4)), await match('李四50', '0000')]).toEqual([found.items[0]!.id, null, null])
    await cinema.call(revokePoster, { params: { id: here.id, posterId: poster.id }, body: {} })
    expect((await guest.refused(readPoster, { body: { token } })).code).toBe('people.poster_over')
    expect((await guest.refused(enterSelf, { body: body(52) })).code).toBe('people.poster_over')
  })
})

describe('return to work', () => {
  it('says from which day, why, and what is missing', async () => {
    const [contact, wuhan, local, unknown] = await Promise.all([enter(60, { exposure: ['caseContact'], originCode: '520103', leftOn: '2020-02-20' }), enter(61, { exposure: [], originCode: '420100', returnedOn: '2020-02-22' }), enter(62, { exposure: [], originCode: '520103' }), enter(63, {})])
    const check = async () => (await cinema.call(checkReturns, { params: { id: here.id }, body: { ids: [contact!.id, wuhan!.id, local!.id, unknown!.id] } })).items
    expect((await check()).map(({ employmentId, outcome, mayStartOn, missing, place }) => [employmentId, outcome, mayStartOn, missing, place]).sort()).toEqual([
      [contact!.id, 'from', '2020-03-05', null, 'central'], [wuhan!.id, 'from', '2020-03-07', null, 'home'], [local!.id, 'now', '2020-02-24', null, null], [unknown!.id, 'ask', null, 'originCode', null]].sort())
    const said = (await check()).find(({ employmentId }) => employmentId === contact!.id)!
    expect(said.sentence.zh).toContain('集中观察 14 天')
    expect(await other.refused(checkReturns, { params: { id: there.id }, body: { ids: [local!.id] } })).toMatchObject({ status: 404 })
  })
})

describe('the face for health', () => {
  it('tells who is near whom, now and then', async () => {
    const [one, two] = await Promise.all([enter(70, { crew: '甲班', dormitory: '9 栋', state: 'onDuty' }), enter(71, { crew: '乙班', dormitory: '9 栋', state: 'onDuty' })])
    await cinema.call(changePerson, { params: at(one!.id), body: { revision: 1, crew: '乙班' } })
    const near = (by: ('crew' | 'dormitory')[]) => city.system(async (ctx) => (await peopleNear(ctx, one!.id, by)).map(({ employmentId }) => employmentId))
    expect([await near(['dormitory']), await near(['crew'])]).toEqual([[two!.id], [two!.id]])
    const facts = (on?: string) => city.system(async (ctx) => (await employmentFacts(ctx, [one!.id], on))[0]!.crew)
    expect([await facts(), await facts('2020-02-20')]).toEqual(['乙班', '甲班'])
    expect(await city.system((ctx) => phoneOfEmployment(ctx, one!.id))).toBe(mobile(70))
    expect((await city.system((ctx) => rosterOf(ctx, { enterpriseId: here.id, limit: 1000 }))).map(({ employmentId }) => employmentId)).toContain(two!.id)
    await city.system((ctx) => moveEmployment(ctx, one!.id, { to: 'observing', until: '2020-03-09', note: null }))
    expect((await cinema.call(getPersonOfRoster, { params: at(one!.id) }))).toMatchObject({ state: 'observing', observingUntil: '2020-03-09' })
  })
  it('follows a further workplace and knows the country', async () => {
    const more = await cinema.call(addWorkplace, { params: { id: here.id }, body: { name: '二号厅', scene: 'commercial', districtCode: '520103', streetCode: here.workplaces[0]!.streetCode, address: '样例路 2 号' } })
    expect(more.workplaces.length).toBe(2)
    expect((await city.anonymous().call(listDivisions)).items.length).toBeGreaterThan(3000)
  })
})
