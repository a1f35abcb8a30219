// Cases over HTTP: opening, taking, assigning, handing on and back, steps, the machine of a kind, comments, presses, many at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countCases, getCase, listCaseKinds, listCases, type Case } from '@fugong/contract/cases'
import { commentCase, decideMany, handBackPart, handOnPart, listColleagues, pressCase, pressMany, takeMany, takePart, undoBulk } from '@fugong/contract/cases.deeds'
import { listKept, listWaiting } from '@fugong/contract/cases.figures'
import { lend } from '../../test/declaring.ts'
import { lampKind, openLamp, openLampIn, unitIds } from '../../test/casing.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { getSession } from '@fugong/contract/identity'
import { nobody } from '../../base/auth.ts'
import { newId } from '../../base/ids.ts'
import { staffActor } from '../identity/index.ts'
import { registerKinds } from './kinds.actions.ts'
import { closePart, moveCase, tellCase, withdrawCase } from './index.ts'

let city: City
let units: Record<string, string>
let reviewer: Someone
let reviewerId: string
const firmId = newId()
beforeAll(async () => {
  city = await openCity()
  registerKinds([lampKind().kind])
  units = await unitIds(city)
  reviewerId = (await (await city.as('fangzhiping')).call(getSession)).personId!
  // A second reviewer of the unit: on leave somebody lends their grant.
  await lend(city, 'fangzhiping', 'jianghaoyu')
  reviewer = await city.as('fangzhiping')
})
afterAll(() => city?.close())
const lead = (code: string) => [[{ unitId: units[code]!, role: 'lead' as const }]]
/** Templates of the notices about a case, in the order in which they were told. */
const told = (id: string) => city.system(async (ctx) => ((await ctx.db.selectFrom('notices.messages').select('template').where('aboutId', '=', id).orderBy('id').execute()) as { template: string }[]).map(({ template }) => template))
const see = (who: Someone, id: string) => who.call(getCase, { params: { id } })
const part = (found: Case, at = 0) => found.parts[at]!
const on = (found: Case, at = 0, body: object = {}) => ({ params: { id: part(found, at).id }, body: { revision: part(found, at).revision, ...body } }) as never

describe('a case', () => {
  it('is opened with its parts and clocks and stands on the list of its unit, overdue first', async () => {
    const opened = await openLamp(city, { steps: lead('gy-520102-taskforce') })
    expect(opened).toMatchObject({ state: 'underReview', waitingFor: 'office', step: 1, dueAt: '2020-02-25T02:00:00.000Z' })
    const found = await see(reviewer, opened.id)
    expect(found).toMatchObject({ kind: 'lamp', subject: { link: `/console/lamps/${opened.subjectId}` }, standing: 'running', deeds: ['giveBack', 'check', 'decide'], can: ['comment', 'addHelper', 'press'] })
    expect(found.parts).toMatchObject([{ unit: { id: units['gy-520102-taskforce'] }, person: null, role: 'lead', state: 'open', can: ['take', 'assign', 'handOn'] }])
    expect(found.clocks).toMatchObject([{ clock: 'respond', hours: 8, worked: 0, left: 8, state: 'running', overdue: false }, { clock: 'resolve', hours: 24, dueAt: '2020-02-27T02:00:00.000Z' }])
    expect(found.timeline.map(({ event, side }) => [event, side])).toEqual([['case.opened', 'clock']])
    const { items } = await reviewer.call(listCases)
    expect(items.map(({ id }) => id)).toContain(opened.id)
    expect(await reviewer.call(countCases)).toMatchObject({ todo: 1, untaken: 1, mine: 0, late: 0, kinds: { lamp: 1 } })
    await expect(openLamp(city, { subjectId: opened.subjectId, steps: lead('gy-520102-taskforce') })).rejects.toMatchObject({ code: 'cases.open_exists' })
  })
  it('is taken by one of two who try at once; the other is told who', async () => {
    const opened = await openLamp(city, { steps: lead('gy-520102-taskforce') })
    const found = await see(reviewer, opened.id)
    const colleague = await city.as('jianghaoyu')
    const both = await Promise.allSettled([reviewer.call(takePart, on(found)), colleague.call(takePart, on(found))])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = both.find((one) => one.status === 'rejected')!
    expect(lost.reason).toMatchObject({ status: 409, code: 'cases.taken' })
    // What a colleague has is not decided past them, nor handed on.
    const [loser, winner] = both[0]!.status === 'rejected' ? [reviewer, colleague] : [colleague, reviewer]
    expect(await loser.call(decideMany, { body: { items: [{ partId: part(found).id, revision: 2 }], deed: 'decide', outcome: 'good', reason: '好' } })).toMatchObject({ done: 0, failed: [{ code: 'cases.taken' }] })
    expect((await winner.call(countCases)).mine).toBe(1)
    const taken = await see(reviewer, opened.id)
    expect(taken.parts[0]).toMatchObject({ person: { name: expect.any(String) as string }, state: 'open' })
    expect(taken.timeline.filter(({ event }) => event === 'part.taken')).toHaveLength(1)
    // Taking answers the first clock and not the second.
    expect(taken.clocks.map(({ state, kept }) => [state, kept])).toEqual([['stopped', true], ['running', null]])
  })
  it('is handed on with a reason while its clock goes on, read by the old unit still, and handed back', async () => {
    const opened = await openLamp(city, { steps: lead('gy-520102-taskforce') })
    city.clock.set('2020-02-24T06:00:00Z')
    const before = await see(reviewer, opened.id)
    expect((await reviewer.refused(handOnPart, on(before, 0, { unitId: units['gy-520103-taskforce'], reason: ' ' }))).issues).toMatchObject([{ path: '/reason' }])
    const moved = await reviewer.call(handOnPart, on(before, 0, { unitId: units['gy-520103-taskforce'], reason: '在云岩区境内' }))
    expect(moved.parts.map(({ state, unit }) => [state, unit.id])).toEqual([['moved', units['gy-520102-taskforce']], ['open', units['gy-520103-taskforce']]])
    expect(moved.clocks.map(({ dueAt }) => dueAt)).toEqual(before.clocks.map(({ dueAt }) => dueAt))
    expect(moved.can).toEqual(['comment', 'press'])
    // The other district's reviewer has no right on this area, and reaches it by the part.
    const other = await city.as('tianyuqing')
    const theirs = await see(other, opened.id)
    expect(part(theirs, 1).can).toContain('handBack')
    const back = await other.call(handBackPart, on(theirs, 1, { to: 'sender', reason: '查实在南明区' }))
    expect(back.parts.map(({ state }) => state)).toEqual(['moved', 'moved', 'open'])
    expect(back.timeline.at(-1)).toMatchObject({ event: 'part.handed_back', note: '查实在南明区', params: { unit: { zh: expect.any(String) as string } } })
    expect((await see(reviewer, opened.id)).parts[2]!.can).toContain('take')
    expect(await told(opened.id)).toEqual(['case.handed_on', 'case.handed_back'])
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('goes step by step, the parts of one step together', async () => {
    const opened = await openLamp(city, { steps: [[{ unitId: units['gy-520102-taskforce']!, role: 'lead' }], [{ unitId: units['gy-520102-commerce']!, role: 'lead' }]] })
    const first = await see(reviewer, opened.id)
    expect(first.parts.map(({ state }) => state)).toEqual(['open', 'coming'])
    expect(first).toMatchObject({ step: 1, steps: 2 })
    const actor = await city.system((ctx) => staffActor(ctx, reviewerId))
    const next = await city.system(async (ctx) => closePart({ ...ctx, actor: actor!, may: () => true }, opened.id, { result: 'seen', note: '现场已看' }))
    expect(next).toMatchObject({ stepOver: true, allOver: false, standing: { step: 2 } })
    const second = await see(reviewer, opened.id)
    expect(second.parts).toMatchObject([{ state: 'done', result: { zh: '已查看' }, note: '现场已看' }, { state: 'open' }])
    expect(second.timeline.map(({ event }) => event)).toEqual(['case.opened', 'part.closed', 'case.step_opened'])
    expect(second.deeds).toEqual([])
  })
  it('waits in a state that pauses, and goes on when the firm has answered', async () => {
    const opened = await city.system((ctx) => openLampIn(ctx, { steps: lead('gy-520102-taskforce'), enterpriseId: firmId, clocks: [{ clock: 'resolve', workingHours: 8 }] }))
    const officer = (await city.system((ctx) => staffActor(ctx, reviewerId)))!
    city.clock.set('2020-02-24T05:00:00Z')
    await city.system((ctx) => moveCase({ ...ctx, actor: officer }, opened.id, 'giveBack', { reason: '缺灯号' }))
    expect(await see(reviewer, opened.id)).toMatchObject({ state: 'returned', waitingFor: 'firm', standing: 'paused', clocks: [{ state: 'paused', worked: 3 }] })
    city.clock.set('2020-02-25T05:00:00Z')
    await expect(city.system((ctx) => moveCase({ ...ctx, actor: { ...nobody, kind: 'contact', personId: reviewerId, enterprises: [] } }, opened.id, 'supplement'))).rejects.toMatchObject({ code: 'cases.not_yours' })
    await city.system((ctx) => moveCase({ ...ctx, actor: { ...nobody, kind: 'contact', personId: reviewerId, enterprises: [firmId] } }, opened.id, 'supplement'))
    expect(await see(await city.as('fangzhiping'), opened.id)).toMatchObject({ state: 'underReview', clocks: [{ state: 'running', worked: 3, left: 5 }] })
    city.clock.set('2020-02-24T02:00:00Z')
    reviewer = await city.as('fangzhiping')
  })
  it('asks for all that a deed needs, at once, and moves by its outcome', async () => {
    const opened = await openLamp(city, { steps: lead('gy-520102-taskforce') })
    const found = await see(reviewer, opened.id)
    const item = { partId: part(found).id, revision: part(found).revision }
    const refused = await reviewer.call(decideMany, { body: { items: [item], deed: 'decide' } })
    expect(refused).toMatchObject({ done: 0, failed: [{ partId: item.partId, code: 'validation.failed' }] })
    expect(await reviewer.call(decideMany, { body: { items: [item], deed: 'decide', outcome: 'good', reason: '已更换' } })).toMatchObject({ done: 1, failed: [] })
    const ended = await see(reviewer, opened.id)
    expect(ended).toMatchObject({ state: 'settled', waitingFor: 'none', outcome: 'good', standing: 'none', deeds: [] })
    expect(ended.clocks.every(({ state, kept }) => state === 'stopped' && kept === true)).toBe(true)
  })
})

describe('what rooms tell of their records', () => {
  it('stands in the timeline in the kind’s own words, and only what the kind has words for', async () => {
    const opened = await openLamp(city, { steps: lead('gy-520102-taskforce') })
    await city.system((ctx) => tellCase(ctx, opened.id, 'photographed', { params: { count: 3 }, note: '见附件', side: 'firm' }))
    expect((await see(reviewer, opened.id)).timeline.at(-1)).toMatchObject({ event: 'photographed', side: 'firm', note: '见附件', params: { count: 3, text: { zh: '拍摄 {count} 张照片' } } })
    await expect(city.system((ctx) => tellCase(ctx, opened.id, 'danced'))).rejects.toThrow('no text for the event danced')
  })
  it('is withdrawn with its record: what was in time counts for nobody, what was late stays late', async () => {
    const [early, late] = [await openLamp(city, { steps: lead('gy-520102-taskforce'), clocks: [{ clock: 'resolve', workingHours: 8 }] }), await openLamp(city, { steps: lead('gy-520102-taskforce'), clocks: [{ clock: 'resolve', workingHours: 1 }] })]
    await expect(city.system((ctx) => withdrawCase(ctx, early.id, 'checked'))).rejects.toThrow('does not end')
    city.clock.set('2020-02-24T04:00:00Z')
    for (const { id } of [early, late]) expect(await city.system((ctx) => withdrawCase(ctx, id, 'withdrawn', { note: '误报' }))).toMatchObject({ state: 'withdrawn', waitingFor: 'none' })
    city.clock.set('2020-02-24T02:00:00Z')
    expect(await see(reviewer, early.id)).toMatchObject({ parts: [{ state: 'dropped' }], clocks: [{ state: 'stopped', kept: null }], can: ['comment'] })
    expect(await see(reviewer, late.id)).toMatchObject({ clocks: [{ state: 'stopped', kept: false }], timeline: [{}, { event: 'case.withdrawn', note: '误报' }] })
    // Ended once is ended: nothing is told twice.
    await city.system((ctx) => withdrawCase(ctx, early.id, 'withdrawn'))
    expect((await see(reviewer, early.id)).timeline).toHaveLength(2)
  })
})

describe('many at once', () => {
  it('are taken with what failed told one by one, and undone', async () => {
    const cases = await Promise.all([1, 2, 3].map(() => openLamp(city, { steps: lead('gy-520102-taskforce') })))
    const items = await Promise.all(cases.map(async ({ id }) => { const found = part(await see(reviewer, id)); return { partId: found.id, revision: found.revision } }))
    const done = await reviewer.call(takeMany, { body: { items: [...items.slice(0, 2), { ...items[2]!, revision: 9 }] } })
    expect(done).toMatchObject({ done: 2, failed: [{ partId: items[2]!.partId, code: 'conflict.changed', title: expect.stringContaining('路灯') as string }] })
    expect(await reviewer.call(undoBulk, { body: { items: done.undo } })).toMatchObject({ done: 2, failed: [] })
    expect((await see(reviewer, cases[0]!.id)).parts[0]).toMatchObject({ person: null })
    expect(await reviewer.call(undoBulk, { body: { items: done.undo } })).toMatchObject({ done: 0, failed: [{ code: 'conflict.changed' }, { code: 'conflict.changed' }] })
  })
})

describe('lists', () => {
  it('filter by kind, standing, person, district and a word, page without loss, and show what was done and opened', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, (_, n) => openLamp(city, { title: `翻页灯 ${n}`, steps: lead('gy-520102-industry'), clocks: [{ clock: 'resolve', workingHours: n + 1 }] })))
    const commander = await city.as('gaohongtao')
    const unit = units['gy-520102-industry']!
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await commander.call(listCases, { query: { unit, q: '翻页', limit: 2, ...(cursor ? { cursor } : {}) } })
      expect(page).toMatchObject({ total: 5, totalIsMore: false })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(made.map(({ id }) => id))
    city.clock.set('2020-02-24T04:30:00Z')
    const ids = async (query: object) => (await commander.call(listCases, { query: { unit, q: '翻页', ...query } })).items.map(({ id }) => made.findIndex((one) => one.id === id))
    expect(await ids({ standing: 'overdue' })).toEqual([0, 1])
    expect(await ids({ standing: 'soon' })).toEqual([2])
    expect(await ids({ standing: 'running' })).toEqual([3, 4])
    expect(await ids({ box: 'late' })).toEqual([0, 1])
    for (const query of [{ standing: 'paused' }, { standing: 'none' }, { person: 'me' }, { district: '520103' }, { box: 'opened' }, { box: 'done' }]) expect(await ids(query), JSON.stringify(query)).toEqual([])
    for (const query of [{ person: 'none' }, { district: '520102' }, { district: '520102001' }, { kind: 'lamp' }]) expect(await ids(query), JSON.stringify(query)).toHaveLength(5)
    const { items } = await commander.call(listWaiting, { query: { kind: 'lamp', district: '520102' } })
    expect(items.find((item) => item.unit.id === unit)).toMatchObject({ open: 5, untaken: 5, overdue: 2, ages: [5, 0, 0, 0, 0], median: 2.5, p90: 2.5 })
    const pressed = await commander.call(pressMany, { body: { items: [{ partId: (await commander.call(listCases, { query: { unit, box: 'late' } })).items[0]!.part!.id, revision: 1 }], word: '请今天办结' } })
    expect(pressed).toMatchObject({ done: 1, failed: [] })
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('count the clocks a unit kept by the week, and say nothing of weeks without any', async () => {
    const { resolve, unit } = await reviewer.call(listKept, { query: { weeks: 3 } })
    expect(unit.id).toBe(units['gy-520102-taskforce'])
    expect(resolve.map(({ week, rate }) => [week, rate])).toEqual([['2020-02-10', null], ['2020-02-17', null], ['2020-02-24', expect.any(Number)]])
    expect(await reviewer.refused(listKept, { query: { unit: newId() } })).toMatchObject({ status: 404 })
  })
  it('refuse filters that are none, all at once', async () => {
    const refused = await reviewer.refused(listCases, { query: { standing: 'late', person: 'x', district: '1', box: 'all', cursor: 'zz', colour: 'red' } })
    expect(refused.issues.map(({ path }) => path).sort()).toEqual(['/box', '/colour', '/district', '/person', '/standing'])
  })
})

describe('talk', () => {
  it('mentions people of the units involved and nobody else; pressing is counted and not repeated', async () => {
    const opened = await openLamp(city, { steps: lead('gy-520102-taskforce') })
    const { items } = await reviewer.call(listColleagues, { query: { case: opened.id } })
    const colleague = items.find(({ id }) => id !== reviewerId)!.id
    const commented = await reviewer.call(commentCase, { params: { id: opened.id }, body: { text: '请看照片', mentioned: [colleague, reviewerId] } })
    expect(commented.comments).toMatchObject([{ text: '请看照片', mentioned: [{ id: colleague }, { id: reviewerId }] }])
    expect(await reviewer.refused(commentCase, { params: { id: opened.id }, body: { text: '看', mentioned: [opened.id] } })).toMatchObject({ code: 'cases.person_outside' })
    expect((await reviewer.call(pressCase, { params: { id: opened.id }, body: { word: '请尽快' } })).parts[0]).toMatchObject({ presses: 1 })
    expect(await reviewer.refused(pressCase, { params: { id: opened.id }, body: { word: '请尽快' } })).toMatchObject({ code: 'cases.pressed_just_now' })
    expect(await told(opened.id)).toEqual(['case.mentioned', 'case.pressed'])
  })
  it('knows its kinds by their texts', async () => {
    expect((await reviewer.call(listCaseKinds)).items.find(({ code }) => code === 'lamp')).toMatchObject({ name: { zh: '路灯报修' } })
  })
})
