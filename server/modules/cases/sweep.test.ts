// What clocks do by themselves: reminders, breaches, silence, the line upwards; counting anew; people and units that go; jobs killed in mid-batch.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { getCase, listCases } from '@fugong/contract/cases'
import { assignPart, handOver, listColleagues, takePart } from '@fugong/contract/cases.deeds'
import { setCalendarDay } from '@fugong/contract/calendars'
import { dissolveUnit, endGrant, listPeople } from '@fugong/contract/identity'
import { lampKind, openLamp, unitIds, type Lamps } from '../../test/casing.ts'
import { openCity, type City } from '../../test/harness.ts'
import { recountBatch, RECOUNT_JOB } from './care.actions.ts'
import { casesJobs, casesSubscriptions } from './jobs.ts'
import { registerKinds } from './kinds.actions.ts'
import { moveCase, pauseClocks, resumeClocks } from './index.ts'
import { sweepClocks } from './sweep.actions.ts'

let city: City
let units: Record<string, string>
let lamps: Lamps
beforeAll(async () => {
  city = await openCity()
  lamps = lampKind()
  registerKinds([lamps.kind])
  units = await unitIds(city)
})
afterAll(() => city?.close())
beforeEach(() => { city.clock.set('2020-02-24T02:00:00Z'); lamps.silence = 'escalate' })
const taskForce = () => [[{ unitId: units['gy-520102-taskforce']!, role: 'lead' as const }]]
// Signed in anew each time: the clock here jumps over the end of any session.
const see = async (id: string, username = 'fangzhiping') => (await city.as(username)).call(getCase, { params: { id } })
const events = async (id: string) => (await see(id)).timeline.map(({ event }) => event)
const sweep = async () => { for (let mark = await city.system((ctx) => sweepClocks(ctx)); mark; mark = await city.system((ctx) => sweepClocks(ctx, mark))); }
/** Delivers what was announced and runs what that queued. */
const settle = async () => {
  await city.deliver(casesSubscriptions)
  await city.work()
}

describe('the sweep', () => {
  it('reminds once, tells the breach once, goes up to the parent and then to the command centre', async () => {
    const { id } = await openLamp(city, { steps: taskForce(), clocks: [{ clock: 'resolve', workingHours: 8 }] })
    city.clock.set('2020-02-24T07:30:00Z')
    await sweep()
    expect(await events(id)).toEqual(['case.opened'])
    city.clock.set('2020-02-25T01:30:00Z')
    await sweep()
    await sweep()
    expect(await events(id)).toEqual(['case.opened', 'case.reminded'])
    city.clock.set('2020-02-25T02:00:00Z')
    await sweep()
    await sweep()
    expect(await events(id)).toEqual(['case.opened', 'case.reminded', 'case.breached', 'case.escalated'])
    expect(await see(id)).toMatchObject({ standing: 'overdue', clocks: [{ overdue: true, left: 0, escalations: 1 }] })
    // Eight working hours later the second step; then only pressing goes on.
    city.clock.set('2020-02-26T02:00:00Z')
    await sweep()
    city.clock.set('2020-03-20T02:00:00Z')
    await sweep()
    const { timeline } = await see(id)
    expect(timeline.filter(({ event }) => event === 'case.escalated').map(({ params }) => params['step'])).toEqual([1, 2])
    expect(await city.system(async (ctx) => ((await ctx.db.selectFrom('notices.messages').select('template').where('aboutId', '=', id).orderBy('id').execute()) as { template: string }[]).map(({ template }) => template))).toEqual(['case.reminder', 'case.overdue', 'case.escalated', 'case.escalated'])
    expect(timeline.every(({ event, by }) => event === 'case.opened' || by === null)).toBe(true)
  })
  it('asks the room what silence means, and goes no further where it accepts', async () => {
    lamps.silence = 'accepted'
    const { id } = await openLamp(city, { steps: taskForce(), clocks: [{ clock: 'resolve', workingHours: 4 }] })
    city.clock.set('2020-02-24T07:00:00Z')
    await sweep()
    expect(await events(id)).toEqual(['case.opened', 'case.breached', 'case.moved'])
    expect(await see(id)).toMatchObject({ state: 'settled', clocks: [{ state: 'stopped', kept: false }] })
  })
  it('passes over a case whose room fails, and deals with the others', async () => {
    const [bad, good] = [await openLamp(city, { steps: taskForce() }), await openLamp(city, { steps: taskForce() })]
    const { onBreach } = lamps.kind
    lamps.kind.onBreach = async (_ctx, standing) => { if (standing.id === bad.id) throw new Error('lamp broken'); return 'escalate' }
    city.clock.set('2020-02-25T02:00:00Z')
    await sweep()
    expect(await events(bad.id)).toEqual(['case.opened'])
    expect(await events(good.id)).toContain('case.escalated')
    lamps.kind.onBreach = onBreach!
    await sweep()
    expect(await events(bad.id)).toContain('case.escalated')
  })
  it('runs also while nobody has taken it, not while it waits for the firm, and goes on where it stood', async () => {
    const { id } = await openLamp(city, { steps: taskForce(), clocks: [{ clock: 'resolve', workingHours: 8 }] })
    city.clock.set('2020-02-24T06:00:00Z')
    await city.system((ctx) => pauseClocks(ctx, id, 'supplement'))
    expect(await see(id)).toMatchObject({ standing: 'paused', clocks: [{ state: 'paused', worked: 4, left: 4, dueAt: null, pausedFor: { zh: '等待企业补正' } }] })
    city.clock.set('2020-03-02T02:00:00Z')
    await sweep()
    expect(await events(id)).toEqual(['case.opened', 'case.paused'])
    await city.system((ctx) => resumeClocks(ctx, id))
    expect(await see(id)).toMatchObject({ clocks: [{ state: 'running', left: 4, dueAt: '2020-03-02T06:00:00.000Z' }] })
  })
})

describe('a calendar that changes', () => {
  it('moves the limits of what runs, says so, takes back a breach that is none, and leaves what has ended', async () => {
    const [running, breached, ended] = [await openLamp(city, { steps: taskForce(), clocks: [{ clock: 'resolve', workingHours: 16 }] }), await openLamp(city, { steps: taskForce(), clocks: [{ clock: 'resolve', workingHours: 8 }] }), await openLamp(city, { steps: taskForce(), clocks: [{ clock: 'resolve', workingHours: 16 }] })]
    await city.system((ctx) => moveCase(ctx, ended.id, 'accept'))
    city.clock.set('2020-02-25T02:30:00Z')
    await sweep()
    const administrator = await city.as('luyuanming')
    await administrator.call(setCalendarDay, { params: { day: '2020-02-25' }, body: { kind: 'holiday' } })
    await settle()
    expect(await see(running.id)).toMatchObject({ clocks: [{ dueAt: '2020-02-27T02:00:00.000Z' }], dueAt: '2020-02-27T02:00:00.000Z' })
    expect(await see(breached.id)).toMatchObject({ standing: 'soon', clocks: [{ dueAt: '2020-02-26T02:00:00.000Z', overdue: false }] })
    expect((await see(breached.id)).timeline.at(-1)).toMatchObject({ event: 'case.recounted', params: { before: '2020-02-25T02:00:00.000Z', dueAt: '2020-02-26T02:00:00.000Z' } })
    expect(await events(ended.id)).not.toContain('case.recounted')
    await administrator.call(setCalendarDay, { params: { day: '2020-02-25' }, body: { kind: 'weekday_rule' } })
    await settle()
    expect(await see(running.id)).toMatchObject({ clocks: [{ dueAt: '2020-02-26T02:00:00.000Z' }] })
  })
  it('counts each batch whole or not at all when its job is killed, and ends the same', async () => {
    const { id } = await openLamp(city, { steps: taskForce(), clocks: [{ clock: 'resolve', workingHours: 16 }] })
    await city.system((ctx) => ctx.db.insertInto('calendars.days').values({ day: '2020-02-25', kind: 'holiday', nameZh: '放假', nameEn: 'Day off', source: 'administrator' }).onConflict((conflict) => conflict.column('day').doUpdateSet({ kind: 'holiday' })).execute())
    const before = await see(id)
    const killed = city.system(async (ctx) => { await recountBatch(ctx); throw new Error('killed') })
    await expect(killed).rejects.toThrow('killed')
    expect(await see(id)).toMatchObject({ dueAt: before.dueAt, timeline: before.timeline })
    await city.system((ctx) => Promise.resolve(ctx.enqueue(RECOUNT_JOB, null)))
    await city.work()
    await city.system((ctx) => recountBatch(ctx))
    expect(await see(id)).toMatchObject({ dueAt: '2020-02-27T02:00:00.000Z' })
    expect((await events(id)).filter((event) => event === 'case.recounted')).toHaveLength(1)
    await city.system((ctx) => ctx.db.deleteFrom('calendars.days').where('day', '=', '2020-02-25').execute())
    await city.system((ctx) => recountBatch(ctx))
  })
})

describe('people and units that go', () => {
  it('hand everything to a colleague by one deed, or lay it back', async () => {
    const { id } = await openLamp(city, { steps: taskForce() })
    const reviewer = await city.as('fangzhiping')
    const [me] = (await reviewer.call(listColleagues)).items
    const found = await see(id)
    await reviewer.call(assignPart, { params: { id: found.parts[0]!.id }, body: { revision: 1, personId: me!.id } })
    const moved = await reviewer.call(handOver, { body: { unitId: units['gy-520102-taskforce']!, from: me!.id, to: null, reason: '休产假' } })
    expect(moved.moved).toBeGreaterThan(0)
    expect((await see(id)).parts[0]).toMatchObject({ person: null })
    expect((await see(id)).timeline.at(-1)).toMatchObject({ event: 'part.handed_over', note: '休产假', params: { person: null, former: me!.name } })
  })
  it('lose what they had to their unit when their grant ends', async () => {
    const { id } = await openLamp(city, { steps: [[{ unitId: units['gy-520103-taskforce']!, role: 'lead' }]] })
    const leaving = await city.as('tianyuqing')
    const found = await see(id, 'tianyuqing')
    await leaving.call(takePart, { params: { id: found.parts[0]!.id }, body: { revision: 1 } })
    const administrator = await city.as('luyuanming')
    const [person] = (await administrator.call(listPeople, { query: { q: 'tianyuqing' } })).items
    await administrator.call(endGrant, { params: { id: person!.grants[0]!.id }, body: { reason: '调离' } })
    await settle()
    const left = await see(id)
    expect(left.parts[0]).toMatchObject({ person: null, state: 'open' })
    expect(left.timeline.at(-1)).toMatchObject({ event: 'part.person_left', side: 'clock', params: { former: person!.name } })
  })
  it('pass open parts up when a unit is dissolved', async () => {
    const unitId = units['gy-520103-housing']!
    const { id } = await openLamp(city, { steps: [[{ unitId, role: 'lead' }]] })
    const administrator = await city.as('luyuanming')
    await administrator.call(dissolveUnit, { params: { id: unitId }, body: { reason: '机构改革' } })
    await settle()
    const found = await see(id)
    expect(found.parts.map(({ state, unit }) => [state, unit.id])).toEqual([['moved', unitId], ['open', units['gy-520103-taskforce']]])
    expect(found.timeline.at(-1)).toMatchObject({ event: 'part.unit_dissolved', side: 'clock' })
    expect(found.clocks[0]).toMatchObject({ startedAt: '2020-02-24T02:00:00.000Z' })
  })
  it('has its jobs in the house, by name', () => {
    expect(casesJobs.map(({ name }) => name)).toEqual(['cases.sweep', 'cases.recount', 'cases.leave', 'cases.dissolve'])
  })
  it('keeps nothing on a list that has ended', async () => {
    const { items } = await (await city.as('fangzhiping')).call(listCases)
    expect(items.every(({ endedAt }) => endedAt === null)).toBe(true)
  })
})
