// The sealed audit finds every edit, insertion, deletion, reordering and cut tail; nothing true is called false.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { openGround, type Ground } from '../test/ground.ts'
import { addLastHead, merkleRoot, verifyAudit } from './audit.ts'
import { sha256 } from './crypto.ts'
import { createMetrics } from './metrics.ts'
import { connect } from './migrate.ts'
import { asSystem } from './request.ts'
import { sealOnce } from './worker.ts'

let ground: Ground
let headsFile: string
const folder = mkdtempSync(join(tmpdir(), 'fugong-audit-'))
async function seal() {
  await ground.settled()
  return sealNow()
}
const sealNow = () => sealOnce({ services: ground.services, headsFile, metrics: createMetrics() })
const verify = () => asSystem(ground.services, (ctx) => verifyAudit(ctx, headsFile))
const announce = (id: string) => asSystem(ground.services, async (ctx) => ctx.announce('calendar.day_set', { kind: 'day', id }, { day: id, kind: 'holiday' }))
/** What an intruder with the owner's rights could do. */
const tamper = (...statements: string[]) => ground.asOwner(['alter table base.events disable trigger all', 'alter table base.audit_blocks disable trigger all', ...statements, 'alter table base.events enable trigger all', 'alter table base.audit_blocks enable trigger all'].join(';'))

beforeAll(async () => { ground = await openGround() })
afterAll(async () => { await ground.close(); rmSync(folder, { recursive: true }) })
beforeEach(async () => {
  await tamper('delete from base.events', 'delete from base.audit_blocks')
  headsFile = join(folder, `${Math.random()}.jsonl`)
  for (let block = 0; block < 3; block++) {
    for (let i = 0; i < 4; i++) await announce(`${block}-${i}`)
    await seal()
  }
})

test('an untouched audit verifies, with what is not sealed yet counted', async () => {
  await announce('tail')
  expect(await verify()).toEqual({ blocks: 3, events: 12, unsealed: 1, faults: [] })
})
test('nothing new makes no block', async () => expect(await seal()).toBeUndefined())
test('a block leaves out what a running transaction may still add, and the next one has it', async () => {
  const before = await verify()
  const running = await connect(ground.owner)
  await running.query("begin; insert into base.events (id, at, name, subject_kind, subject_id, actor_kind, request_id, payload) values (gen_random_uuid(), now(), 'calendar.day_set', 'day', 'slow', 'system', 'r', '{}')")
  await announce('quick')
  await sealNow()
  expect((await verify()).events).toBe(before.events)
  await running.query('commit')
  await running.end()
  await seal()
  expect(await verify()).toMatchObject({ events: before.events + 2, unsealed: 0, faults: [] })
})
const event = (n: number) => `(select id from base.events order by xid, id offset ${n} limit 1)`
describe.each<[string, string[]]>([
  ['an edited payload', [`update base.events set payload = '{"day":"other"}' where id = ${event(5)}`]],
  ['an edited moment', [`update base.events set at = at + interval '1 microsecond' where id = ${event(5)}`]],
  ['an edited actor', [`update base.events set actor_id = gen_random_uuid() where id = ${event(0)}`]],
  ['a deleted event', [`delete from base.events where id = ${event(11)}`]],
  ['an inserted event', [`insert into base.events select gen_random_uuid(), xid, at, name, subject_kind, subject_id, actor_kind, actor_id, unit_id, seeing_as, request_id, payload from base.events where id = ${event(3)}`]],
  ['two events swapped', [`update base.events e set subject_id = o.subject_id, payload = o.payload from base.events o where (e.id = ${event(1)} and o.id = ${event(2)}) or (e.id = ${event(2)} and o.id = ${event(1)})`]],
  ['an event moved to another block', [`update base.events set xid = (select xid from base.events where id = ${event(9)}) where id = ${event(0)}`]],
  ['a deleted block', ['delete from base.audit_blocks where no = 2']],
  ['a cut tail: the last block and its events', ["delete from base.events where subject_id like '2-%'", 'delete from base.audit_blocks where no = 3']],
  ['everything removed', ['delete from base.events', 'delete from base.audit_blocks']],
  ['a rewritten root', [`update base.audit_blocks set root = sha256('x') where no = 1`]],
])('%s', (_, statements) => {
  test('is found', async () => {
    await tamper(...statements)
    expect((await verify()).faults).not.toEqual([])
  })
})
test('a wholly resealed chain is found by the heads outside', async () => {
  const kept = readFileSync(headsFile, 'utf8')
  await tamper(`delete from base.events where id = ${event(0)}`, 'delete from base.audit_blocks')
  await seal()
  writeFileSync(headsFile, kept)
  expect((await verify()).faults.length).toBeGreaterThan(0)
})
test('heads taken out of the file, or made unreadable, are found', async () => {
  const lines = readFileSync(headsFile, 'utf8').trim().split('\n')
  writeFileSync(headsFile, `${lines.slice(1).join('\n')}\n`)
  expect((await verify()).faults).toEqual(['block 1 has no head in the file of heads'])
  writeFileSync(headsFile, `${lines[0]}\nnothing\n${lines[2]}\n`)
  expect((await verify()).faults).toEqual(expect.arrayContaining([expect.stringContaining('unreadable'), 'block 2 has no head in the file of heads']))
})
test('a head that a crash kept from the file is added at the next start, and only that one', async () => {
  const lines = readFileSync(headsFile, 'utf8').trim().split('\n')
  const fill = () => asSystem(ground.services, (ctx) => addLastHead(ctx, headsFile))
  writeFileSync(headsFile, `${lines.slice(0, 2).join('\n')}\n`)
  await fill()
  expect(readFileSync(headsFile, 'utf8').trim().split('\n')).toHaveLength(3)
  expect((await verify()).faults).toEqual([])
  writeFileSync(headsFile, `${lines[0]}\n`)
  await fill()
  expect(readFileSync(headsFile, 'utf8').trim().split('\n')).toHaveLength(1)
})
test('a half-written last head after a crash is no fault', async () => {
  appendFileSync(headsFile, '{"no":4,"ha')
  expect((await verify()).faults).toEqual([])
})
test('the tree tells leaf from node and order from order', () => {
  const leaf = (n: number) => sha256(String(n))
  expect(merkleRoot([leaf(1), leaf(2)])).not.toEqual(merkleRoot([leaf(2), leaf(1)]))
  expect(merkleRoot([merkleRoot([leaf(1), leaf(2)])])).not.toEqual(merkleRoot([leaf(1), leaf(2)]))
  fc.assert(fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), fc.nat(), fc.nat(), (numbers, at, to) => {
    const changed = [...numbers]
    changed[at % numbers.length] = to
    const same = changed.every((value, i) => value === numbers[i])
    expect(merkleRoot(numbers.map(leaf)).equals(merkleRoot(changed.map(leaf)))).toBe(same)
  }))
})
