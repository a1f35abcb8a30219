// Events: written with the deed or not at all, delivered once and in order, also when a receiver fails or a transaction is slow.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AnnouncedEvent } from '@fugong/contract/events'
import { openGround, type Ground } from '../test/ground.ts'
import { deliverNext, type Subscription } from './events.ts'
import { connect } from './migrate.ts'
import { asSystem } from './request.ts'

let ground: Ground
beforeAll(async () => { ground = await openGround() })
afterAll(() => ground.close())

const announce = (day: string) => asSystem(ground.services, async (ctx) => ctx.announce('calendar.day_set', { kind: 'day', id: day }, { day, kind: 'holiday' }))
let received: string[] = []
let failing: (event: AnnouncedEvent) => boolean = () => false
let subscriber = 0
const subscription = (): Subscription => ({
  subscriber: `test-${subscriber}`, names: ['calendar.day_set'],
  async receive(_ctx, event) {
    if (failing(event)) throw new Error('receiver is down')
    received.push(event.subject.id)
  },
})
const deliverNow = () => asSystem(ground.services, (ctx) => deliverNext(ctx, subscription()))
async function deliver() {
  await ground.settled()
  return deliverNow()
}
beforeEach(async () => {
  subscriber += 1
  received = []
  failing = () => false
  await deliver()
  received = []
})

test('an event is a row of the deed’s own transaction', async () => {
  await announce('2020-03-01')
  const rows = await ground.asOwner<{ name: string; actor_kind: string; payload: unknown }>("select name, actor_kind, payload from base.events where subject_id = '2020-03-01'")
  expect(rows).toEqual([{ name: 'calendar.day_set', actor_kind: 'system', payload: { day: '2020-03-01', kind: 'holiday' } }])
})
test('a deed that fails announces nothing and queues nothing', async () => {
  await expect(asSystem(ground.services, async (ctx) => {
    ctx.announce('calendar.day_set', { kind: 'day', id: 'never' }, { day: 'never', kind: 'holiday' })
    ctx.enqueue('never', null)
    throw new Error('no')
  })).rejects.toThrow('no')
  expect(await ground.asOwner("select 1 from base.events where subject_id = 'never'")).toEqual([])
  expect(await ground.asOwner("select 1 from base.jobs where name = 'never'")).toEqual([])
})
test('delivered in order, once', async () => {
  for (const day of ['a', 'b', 'c']) await announce(day)
  await deliver()
  expect(received).toEqual(['a', 'b', 'c'])
  await deliver()
  expect(received).toEqual(['a', 'b', 'c'])
})
test('an event of a slow transaction is not passed over', async () => {
  const slow = await connect(ground.app)
  await slow.query('begin')
  await slow.query("insert into base.events (id, at, name, subject_kind, subject_id, actor_kind, request_id, payload) values (gen_random_uuid(), now(), 'calendar.day_set', 'day', 'slow', 'system', 'r', '{}')")
  await announce('fast')
  await deliverNow()
  expect(received).toEqual([])
  await slow.query('commit')
  await slow.end()
  await deliver()
  expect(received).toEqual(['slow', 'fast'])
})
describe('a receiver that fails', () => {
  test('keeps its place, waits, and goes on', async () => {
    for (const day of ['a', 'b', 'c']) await announce(day)
    failing = (event) => event.subject.id === 'b'
    await deliver()
    expect(received).toEqual(['a'])
    failing = () => false
    await deliver()
    expect(received, 'not before the back-off has passed').toEqual(['a'])
    ground.clock.set(new Date(ground.clock.now().getTime() + 3_000))
    await deliver()
    expect(received).toEqual(['a', 'b', 'c'])
  })
  test('after eight tries the event is set aside and the rest is delivered', async () => {
    for (const day of ['bad', 'good']) await announce(day)
    failing = (event) => event.subject.id === 'bad'
    for (let tries = 0; tries < 8; tries++) {
      await deliver()
      ground.clock.set(new Date(ground.clock.now().getTime() + 700_000))
    }
    await deliver()
    expect(received).toEqual(['good'])
    expect(await ground.asOwner('select kind, name, error from base.dead_letters where name = $1', [`test-${subscriber}`])).toEqual([{ kind: 'event', name: `test-${subscriber}`, error: 'Error' }])
  })
  test('its half-done work is undone', async () => {
    await announce('half')
    const half: Subscription = { ...subscription(), async receive(ctx) { ctx.enqueue('half', null); ctx.announce('calendar.day_set', { kind: 'day', id: 'half done' }, { day: 'x', kind: 'holiday' }); await ctx.db.insertInto('base.schedules').values({ name: 'half', nextAt: ctx.now }).execute(); throw new Error('after writing') } }
    await asSystem(ground.services, (ctx) => deliverNext(ctx, half))
    expect(await ground.asOwner("select 1 from base.schedules where name = 'half'")).toEqual([])
    expect(await ground.asOwner("select 1 from base.jobs where name = 'half'")).toEqual([])
    expect(await ground.asOwner("select 1 from base.events where subject_id = 'half done'")).toEqual([])
  })
})
test('two workers deliver nothing twice', async () => {
  for (let i = 0; i < 30; i++) await announce(String(i))
  await Promise.all(Array.from({ length: 6 }, deliver))
  await deliver()
  expect(received).toHaveLength(30)
  expect(new Set(received).size).toBe(30)
})
test('events cannot be changed, removed or truncated, not even by the owner', async () => {
  for (const text of ["update base.events set name = 'x'", 'delete from base.events', 'truncate base.events', 'delete from base.audit_blocks']) {
    await expect(ground.asApp(text), `as application: ${text}`).rejects.toThrow()
    if (!text.includes('audit_blocks')) await expect(ground.asOwner(text), `as owner: ${text}`).rejects.toThrow(/never changed/)
  }
})
test('events are not readable in a request’s scope', async () => {
  expect(await ground.asApp('select 1 from base.events')).toEqual([])
})
