// The working calendar over HTTP: the published years, an administrator's changes, and what they do to limits.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listCalendarDays, setCalendarDay, setWorkingHours } from '@fugong/contract/calendars'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { dueAfter, loadCalendar } from './index.ts'

let city: City
let administrator: Someone
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  administrator = await city.as('luyuanming')
})
afterAll(() => city.close())

const year = (who: Someone, of: number) => who.call(listCalendarDays, { query: { year: of } })
const due = (from: string, hours: number) => city.system((ctx) => dueAfter(ctx, new Date(from), hours))

describe('listing', () => {
  it('shows the published days of 2020 with the extended Spring Festival', async () => {
    const shown = await year(administrator, 2020)
    expect(shown.complete).toBe(true)
    expect(shown.can).toEqual(['set_day', 'set_hours'])
    expect(shown.coming).toEqual([])
    expect(shown.hours).toEqual({ from: '09:00', to: '17:00', effectiveFrom: '2020-01-01' })
    expect(shown.days.find((day) => day.day === '2020-02-02')).toEqual({ day: '2020-02-02', kind: 'holiday', name: { zh: '春节（假期延长）', en: 'Spring Festival (extended)' }, source: 'official' })
    expect(shown.days.find((day) => day.day === '2020-04-26')?.kind).toBe('workday')
    expect(shown.days.map((day) => day.day)).toEqual([...shown.days.map((day) => day.day)].sort())
  })
  it('says when a year is not published yet', async () => {
    expect(await year(administrator, 2031)).toMatchObject({ complete: false, days: [] })
  })
  it('is open to every signed-in person and to no one else', async () => {
    const contact = await city.contact('13900000101')
    expect((await year(contact, 2020)).can).toEqual([])
    expect((await city.anonymous().refused(listCalendarDays, { query: { year: 2020 } })).code).toBe('session.required')
  })
  it.each([[{}], [{ year: 'next' }], [{ year: 1999 }], [{ year: 2200 }]])('refuses %j', async (query) => {
    const refused = await administrator.refused(listCalendarDays, { query })
    expect([refused.status, refused.issues.map((issue) => issue.path)]).toEqual([422, ['/year']])
  })
})

describe('setting a day', () => {
  it('moves limits that are counted afterwards, and is announced', async () => {
    expect((await due('2022-03-04T16:00:00+08:00', 2)).toISOString()).toBe('2022-03-07T02:00:00.000Z')
    await administrator.call(setCalendarDay, { params: { day: '2022-03-07' }, body: { kind: 'holiday', name: { zh: '防汛停工', en: 'Flood stop' } } })
    expect((await due('2022-03-04T16:00:00+08:00', 2)).toISOString()).toBe('2022-03-08T02:00:00.000Z')
    await administrator.call(setCalendarDay, { params: { day: '2022-03-05' }, body: { kind: 'workday' } })
    expect((await due('2022-03-04T16:00:00+08:00', 2)).toISOString()).toBe('2022-03-05T02:00:00.000Z')
    const set = (await year(administrator, 2022)).days.filter((day) => day.source === 'administrator')
    expect(set).toEqual([
      { day: '2022-03-05', kind: 'workday', name: { zh: '上班', en: 'Workday' }, source: 'administrator' },
      { day: '2022-03-07', kind: 'holiday', name: { zh: '防汛停工', en: 'Flood stop' }, source: 'administrator' },
    ])
    const events = await city.system((ctx) => ctx.db.selectFrom('base.events').select(['subjectId', 'payload']).where('name', '=', 'calendar.day_set').orderBy('id').execute())
    expect(events).toEqual([
      { subjectId: '2022-03-07', payload: { day: '2022-03-07', kind: 'holiday' } },
      { subjectId: '2022-03-05', payload: { day: '2022-03-05', kind: 'workday' } },
    ])
  })
  it('a removed holiday stays removed when the published file is loaded again', async () => {
    await administrator.call(setCalendarDay, { params: { day: '2021-01-01' }, body: { kind: 'weekday_rule' } })
    await city.system(async (ctx) => {
      await ctx.db.updateTable('base.loadedData').set({ hash: Buffer.alloc(32) }).where('name', '=', 'calendars/holidays').execute()
      await loadCalendar(ctx)
    })
    const days = (await year(administrator, 2021)).days.map((day) => day.day)
    expect(days).not.toContain('2021-01-01')
    expect(days).toContain('2021-02-11')
    expect((await due('2021-01-01T09:00:00+08:00', 1)).toISOString()).toBe('2021-01-01T02:00:00.000Z')
  })
  it('reaches over long limits', async () => {
    expect((await due('2020-02-24T09:00:00+08:00', 24)).toISOString()).toBe('2020-02-26T09:00:00.000Z')
    expect((await due('2020-09-30T16:00:00+08:00', 2)).toISOString()).toBe('2020-10-09T02:00:00.000Z')
    expect((await due('2020-02-24T09:00:00+08:00', 8 * 500)).getUTCFullYear()).toBe(2022)
  })
  it.each([
    ['a day that does not exist', '2020-02-30', { kind: 'holiday' }, [['/day', 'issue.day']]],
    ['not a day at all', 'tomorrow', { kind: 'holiday' }, [['/day', 'issue.day']]],
    ['all entries wrong at once', '2020-03-03', { kind: 'feast', name: { zh: '', en: 'x\u202Ey' }, extra: 1 }, [['/kind', 'issue.choice'], ['/name/zh', 'issue.required'], ['/name/en', 'issue.text'], ['/extra', 'issue.unknown']]],
    ['nothing', '2020-03-03', {}, [['/kind', 'issue.required']]],
  ])('refuses %s', async (_, day, body, issues) => {
    const refused = await administrator.refused(setCalendarDay, { params: { day }, body })
    expect(refused.status).toBe(422)
    expect(refused.issues.map((issue) => [issue.path, issue.code]).sort()).toEqual([...issues].sort())
  })
  it('is for administrators', async () => {
    for (const name of ['gaohongtao', 'tianyuqing']) {
      expect((await (await city.as(name)).refused(setCalendarDay, { params: { day: '2020-03-03' }, body: { kind: 'holiday' } })).code).toBe('session.forbidden')
    }
  })
})

describe('setting the working hours', () => {
  const set = (effectiveFrom: string, from: string, to: string) => administrator.call(setWorkingHours, { body: { effectiveFrom, from, to } })
  it('counts by the new hours from the day on and by the old ones before it, and is announced', async () => {
    expect(await set('2020-03-02', '08:30', '12:30')).toEqual({ effectiveFrom: '2020-03-02', from: '08:30', to: '12:30' })
    expect((await due('2020-02-28T16:00:00+08:00', 2)).toISOString()).toBe('2020-03-02T01:30:00.000Z')
    expect((await due('2020-03-02T08:00:00+08:00', 5)).toISOString()).toBe('2020-03-03T01:30:00.000Z')
    const shown = await year(administrator, 2020)
    expect(shown).toMatchObject({ hours: { from: '09:00', to: '17:00' }, coming: [{ effectiveFrom: '2020-03-02', from: '08:30', to: '12:30' }] })
    const events = await city.system((ctx) => ctx.db.selectFrom('base.events').select(['subjectId', 'payload']).where('name', '=', 'calendar.hours_set').execute())
    expect(events).toEqual([{ subjectId: '2020-03-02', payload: { effectiveFrom: '2020-03-02', from: '08:30', to: '12:30' } }])
  })
  it('set again for the same day, the later ones hold; set for today they hold at once', async () => {
    await set('2020-03-02', '09:00', '17:00')
    expect((await year(administrator, 2020)).coming).toEqual([{ effectiveFrom: '2020-03-02', from: '09:00', to: '17:00' }])
    await set('2020-02-24', '10:00', '18:00')
    expect(await year(administrator, 2020)).toMatchObject({ hours: { from: '10:00', to: '18:00', effectiveFrom: '2020-02-24' } })
  })
  it.each([
    ['a day gone by', { effectiveFrom: '2020-02-23', from: '09:00', to: '17:00' }, ['/effectiveFrom issue.past_day']],
    ['a day that does not exist', { effectiveFrom: '2020-02-30', from: '09:00', to: '17:00' }, ['/effectiveFrom issue.day']],
    ['a slip of the year', { effectiveFrom: '2120-02-25', from: '09:00', to: '17:00' }, ['/effectiveFrom issue.too_far']],
    ['an end before the beginning', { effectiveFrom: '2020-02-25', from: '17:00', to: '09:00' }, ['/to issue.end_before_begin']],
    ['no time at all between them', { effectiveFrom: '2020-02-25', from: '09:00', to: '09:00' }, ['/to issue.end_before_begin']],
    ['times that are none, and more', { effectiveFrom: 'soon', from: '9:00', to: '24:00', area: '520103' }, ['/area issue.unknown', '/effectiveFrom issue.day', '/from issue.time', '/to issue.time']],
    ['nothing', {}, ['/effectiveFrom issue.required', '/from issue.required', '/to issue.required']],
  ])('refuses %s', async (_, body, issues) => {
    const refused = await administrator.refused(setWorkingHours, { body })
    expect(refused.status).toBe(422)
    expect(refused.issues.map((issue) => `${issue.path} ${issue.code}`).sort()).toEqual(issues)
  })
  it('is for administrators', async () => {
    for (const name of ['gaohongtao', 'tianyuqing']) expect((await (await city.as(name)).refused(setWorkingHours, { body: { effectiveFrom: '2020-02-25', from: '09:00', to: '17:00' } })).code).toBe('session.forbidden')
  })
})
