// Cases over HTTP: opening, taking, assigning, handing on and back, steps, the machine of a kind, comments, presses, many at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countCases, getCase, listCaseKinds, listCases, type Case } from '@fugong/contract/cases'
import { commentCase, decideMany, handBackPart, handOnPart, listColleagues, pressCase, takeMany, takePart, undoBulk } from '@fugong/contract/cases.deeds'
import { lampKind, openLamp, unitIds } from '../../test/casing.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { registerKinds } from './kinds.actions.ts'

let city: City
let units: Record<string, string>
let reviewer: Someone
beforeAll(async () => {
  city = await openCity()
  registerKinds([lampKind().kind])
  units = await unitIds(city)
  reviewer = await city.as('fangzhiping')
})
afterAll(() => city?.close())
const lead = (code: string) => [[{ unitId: units[code]!, role: 'lead' as const }]]
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
    expect(await reviewer.call(countCases)).toMatchObject({ todo: 1, untaken: 1, mine: 0, kinds: { lamp: 1 } })
    await expect(openLamp(city, { subjectId: opened.subjectId, steps: lead('gy-520102-taskforce') })).rejects.toMatchObject({ code: 'cases.open_exists' })
  })
  it('is taken by one of two who try at once; the other is told who', async () => {
    const opened = await openLamp(city, { steps: lead('gy-520102-taskforce') })
    const found = await see(reviewer, opened.id)
    const both = await Promise.allSettled([reviewer.call(takePart, on(found)), reviewer.call(takePart, on(found))])
    expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
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
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('goes step by step, the parts of one step together', async () => {
    const opened = await openLamp(city, { steps: [[{ unitId: units['gy-520102-taskforce']!, role: 'lead' }], [{ unitId: units['gy-520102-industry']!, role: 'lead' }]] })
    expect((await see(reviewer, opened.id)).parts.map(({ state }) => state)).toEqual(['open', 'coming'])
    expect(await (reviewer.refused(getCase, { params: { id: opened.subjectId } }))).toMatchObject({ status: 404 })
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

describe('talk', () => {
  it('mentions people of the units involved and nobody else; pressing is counted and not repeated', async () => {
    const opened = await openLamp(city, { steps: lead('gy-520102-taskforce') })
    const { items } = await reviewer.call(listColleagues, { query: { case: opened.id } })
    expect(items.length).toBeGreaterThan(0)
    const commented = await reviewer.call(commentCase, { params: { id: opened.id }, body: { text: '请看照片', mentioned: [items[0]!.id] } })
    expect(commented.comments).toMatchObject([{ text: '请看照片', mentioned: [{ id: items[0]!.id }] }])
    expect(await reviewer.refused(commentCase, { params: { id: opened.id }, body: { text: '看', mentioned: [opened.id] } })).toMatchObject({ code: 'cases.person_outside' })
    expect((await reviewer.call(pressCase, { params: { id: opened.id }, body: { word: '请尽快' } })).parts[0]).toMatchObject({ presses: 1 })
    expect(await reviewer.refused(pressCase, { params: { id: opened.id }, body: { word: '请尽快' } })).toMatchObject({ code: 'cases.pressed_just_now' })
  })
  it('knows its kinds by their texts', async () => {
    expect((await reviewer.call(listCaseKinds)).items).toMatchObject([{ code: 'lamp', name: { zh: '路灯报修' } }])
  })
})
