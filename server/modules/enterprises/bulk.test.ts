// Deeds on many firms over HTTP: assign, flag, message; mixed scope, limits, progress, undo, what others changed since, bad input.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getEnterprise, listEnterprises } from '@fugong/contract/enterprises'
import { assignFirms, bulkChoices, flagFirms, getBulk, listAssignments, messageFirms, undoBulk } from '@fugong/contract/enterprises.lists'
import { endFlag, listFlags } from '@fugong/contract/enterprises.register'
import { listNotices, listSentNotices } from '@fugong/contract/notices'
import { newId } from '../../base/ids.ts'
import { connect } from '../../base/migrate.ts'
import { sql } from '../../base/db.ts'
import { newFirm, unitOfEvent } from '../../test/declaring.ts'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'

let city: City
let tian: Someone // reviewer of 云岩
let fang: Someone // reviewer of 南明
let own: { personId: string; name: string }
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  tian = await city.as('tianyuqing')
  fang = await city.as('fangzhiping')
  own = (await tian.call(bulkChoices)).colleagues.find(({ name }) => name === '田雨晴')!
})
afterAll(() => city?.close())

const told = (refusal: Refusal) => refusal.issues.map(({ path, code }) => `${path} ${code}`).sort()
/** One after the other, so that each has a name of its own. */
async function firms(count: number, place: 'yunyan' | 'nanming' = 'yunyan') {
  const made = []
  for (let i = 0; i < count; i++) made.push(await newFirm(city, place))
  return made
}
const ids = (made: { firm: { id: string } }[]) => made.map(({ firm }) => firm.id)
const assignee = async (who: Someone, name: string) => (await who.call(listEnterprises, { query: { q: name } })).items[0]!.assignee
const flagsOf = async (id: string) => (await tian.call(getEnterprise, { params: { id } })).flags.map(({ code }) => code)

describe('assigning', () => {
  it('gives firms to a colleague, with history, an event and a filter', async () => {
    const made = await firms(3)
    const bulk = await tian.call(assignFirms, { body: { ids: ids(made), personId: own.personId } })
    expect(bulk).toMatchObject({ deed: 'assign', state: 'done', count: 3, outside: 0, done: 3, unchanged: 0, refused: 0, can: ['undo'], undoUntil: '2020-02-24T03:00:00.000Z' })
    expect(await assignee(tian, made[0]!.firm.name)).toBe('田雨晴')
    const mine = await tian.call(listEnterprises, { query: { assignee: 'mine' } })
    expect(mine.items.map(({ id }) => id).sort()).toEqual(ids(made).sort())
    expect((await tian.call(listEnterprises, { query: { assignee: 'none', limit: 200 } })).items.map(({ id }) => id)).not.toContain(made[0]!.firm.id)
    expect((await tian.call(listAssignments, { params: { id: made[0]!.firm.id } })).items).toMatchObject([{ personName: '田雨晴', until: null, setBy: '田雨晴' }])
    expect(await unitOfEvent(city, 'enterprise.bulk_begun', bulk.id)).toMatch(/云岩/)
    // The firm reads nothing of it, neither in the list nor in the history.
    expect((await made[0]!.contact.call(listEnterprises, {})).items[0]!.assignee).toBeNull()
    expect((await made[0]!.contact.refused(listAssignments, { params: { id: made[0]!.firm.id } })).code).toBe('session.forbidden')
  })
  it('leaves firms outside of one’s scope alone and says how many', async () => {
    const [inside, outside] = [await firms(2), await firms(2, 'nanming')]
    const bulk = await tian.call(assignFirms, { body: { ids: [...ids(inside), ...ids(outside), newId()], personId: own.personId } })
    expect(bulk).toMatchObject({ count: 2, outside: 3, done: 2 })
    expect((await fang.call(listAssignments, { params: { id: outside[0]!.firm.id } })).items).toEqual([])
    expect((await tian.refused(assignFirms, { body: { ids: ids(outside), personId: own.personId } })).code).toBe('enterprises.bulk_none')
  })
  it('changes nothing where it is so already, and takes firms back with null', async () => {
    const made = await firms(2)
    await tian.call(assignFirms, { body: { ids: [made[0]!.firm.id], personId: own.personId } })
    expect(await tian.call(assignFirms, { body: { ids: ids(made), personId: own.personId } })).toMatchObject({ done: 1, unchanged: 1 })
    const taken = await tian.call(assignFirms, { body: { ids: ids(made), personId: null } })
    expect(taken).toMatchObject({ done: 2 })
    expect(await assignee(tian, made[0]!.firm.name)).toBeNull()
    expect(await tian.call(undoBulk, { params: { id: taken.id }, body: {} })).toMatchObject({ state: 'undone', undone: 2, can: [] })
    expect(await assignee(tian, made[0]!.firm.name)).toBe('田雨晴')
  })
  it('takes only people of one’s own unit', async () => {
    const made = await firms(1)
    const stranger = (await fang.call(bulkChoices)).colleagues[0]!
    for (const personId of [stranger.personId, newId()]) expect((await tian.refused(assignFirms, { body: { ids: ids(made), personId } })).code).toBe('enterprises.assignee_unknown')
  })
  it('is each unit’s own: another unit that sees the firm has its own person', async () => {
    const made = await firms(1)
    await tian.call(assignFirms, { body: { ids: ids(made), personId: own.personId } })
    const gao = await city.as('gaohongtao')
    expect((await gao.call(listEnterprises, { query: { q: made[0]!.firm.name } })).items[0]!.assignee).toBeNull()
  })
})

describe('flagging', () => {
  it('puts a flag on firms, undone within the time and where it still stands', async () => {
    const made = await firms(3)
    const bulk = await tian.call(flagFirms, { body: { ids: ids(made), code: 'keyEnterprise', reason: '重点名单' } })
    expect(bulk).toMatchObject({ deed: 'flag', done: 3, can: ['undo'] })
    expect(await flagsOf(made[0]!.firm.id)).toEqual(['keyEnterprise'])
    expect((await tian.call(listFlags, { params: { id: made[0]!.firm.id } })).items).toMatchObject([{ code: 'keyEnterprise', reason: '重点名单', until: null }])
    expect(await tian.call(flagFirms, { body: { ids: ids(made), code: 'keyEnterprise', reason: '再来' } })).toMatchObject({ done: 0, unchanged: 3, can: [] })
    // A colleague took one off meanwhile: that stays.
    const [flag] = (await tian.call(listFlags, { params: { id: made[0]!.firm.id } })).items
    await tian.call(endFlag, { params: { id: made[0]!.firm.id, flagId: flag!.id }, body: { reason: '不再是' } })
    expect(await tian.call(undoBulk, { params: { id: bulk.id }, body: {} })).toMatchObject({ state: 'undone', undone: 2 })
    expect(await flagsOf(made[1]!.firm.id)).toEqual([])
    expect((await tian.refused(undoBulk, { params: { id: bulk.id }, body: {} })).code).toBe('enterprises.undo_over')
  })
  it('is not undone after its time, nor by another person', async () => {
    const bulk = await tian.call(flagFirms, { body: { ids: ids(await firms(1)), code: 'keyEnterprise', reason: '名单' } })
    expect((await fang.refused(undoBulk, { params: { id: bulk.id }, body: {} })).code).toBe('not_found')
    expect((await fang.refused(getBulk, { params: { id: bulk.id } })).code).toBe('not_found')
    city.clock.set('2020-02-24T03:00:00Z')
    expect((await tian.call(getBulk, { params: { id: bulk.id } })).can).toEqual([])
    expect((await tian.refused(undoBulk, { params: { id: bulk.id }, body: {} })).code).toBe('enterprises.undo_over')
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('goes by what the data say on the day', async () => {
    await city.system((ctx) => sql`insert into enterprises.bulk_limits values ('2020-02-24', 2, 5)`.execute(ctx.db))
    const made = await firms(3)
    expect(await tian.refused(flagFirms, { body: { ids: ids(made), code: 'keyEnterprise', reason: '名单' } })).toMatchObject({ code: 'enterprises.bulk_too_many', params: { limit: 2 } })
    expect((await tian.refused(flagFirms, { body: { filter: { q: '测试企业' }, code: 'keyEnterprise', reason: '名单' } })).code).toBe('enterprises.bulk_too_many')
    expect((await tian.call(flagFirms, { body: { ids: ids(made).slice(1), code: 'keyEnterprise', reason: '名单' } })).undoUntil).toBe('2020-02-24T02:05:00.000Z')
    const owner = await connect(city.database.owner)
    await owner.query("delete from enterprises.bulk_limits where effective_from = '2020-02-24'")
    await owner.end()
  })
  it('refuses what is not a flag, and one’s own firm', async () => {
    const [made] = await firms(1)
    expect(told(await tian.refused(flagFirms, { body: { ids: [made!.firm.id], code: 'noSuchFlag', reason: '名单' } }))).toEqual(['/code issue.choice'])
    const owner = await connect(city.database.superuser)
    await owner.query('update enterprises.enterprises set registered_by = $1 where id = $2', [own.personId, made!.firm.id])
    await owner.end()
    expect(await tian.call(flagFirms, { body: { ids: [made!.firm.id], code: 'keyEnterprise', reason: '名单' } })).toMatchObject({ done: 0, refused: 1 })
    expect(await flagsOf(made!.firm.id)).toEqual([])
  })
})

describe('a message', () => {
  it('reaches the contacts of all that match, not of others, and is not undone', async () => {
    const inside = await firms(2)
    const [outside] = await firms(1, 'nanming')
    const filter = { q: inside[0]!.firm.name }
    const bulk = await tian.call(messageFirms, { body: { filter, notice: { title: '提醒', text: '{企业名称}请按时报送', sms: false } } })
    expect(bulk).toMatchObject({ deed: 'message', count: 1, done: 1, can: [], undoUntil: null })
    expect((await inside[0]!.contact.call(listNotices, {})).items).toMatchObject([{ title: { zh: '提醒', en: '提醒' }, text: { zh: `${inside[0]!.firm.name}请按时报送` } }])
    expect((await inside[1]!.contact.call(listNotices, {})).items).toEqual([])
    expect((await outside!.contact.call(listNotices, {})).items).toEqual([])
    expect((await tian.refused(undoBulk, { params: { id: bulk.id }, body: {} })).code).toBe('enterprises.undo_over')
    expect((await tian.call(listSentNotices, {})).items[0]).toMatchObject({ firms: 1, people: 1 })
  })
  it('is sent once for one key of intent, and counts firms without contacts', async () => {
    const made = await firms(2)
    await city.system((ctx) => sql`update identity.memberships set ended_at = ${ctx.now} where enterprise_id = ${made[1]!.firm.id}`.execute(ctx.db))
    const body = { ids: ids(made), notice: { title: '一次', text: '只发一次', sms: true } }
    const first = await tian.call(messageFirms, { body }, { 'idempotency-key': 'a-key-of-this-intent' })
    const again = await tian.call(messageFirms, { body }, { 'idempotency-key': 'a-key-of-this-intent' })
    expect(again.id).toBe(first.id)
    expect(first).toMatchObject({ done: 1, refused: 1 })
    await city.work()
    expect((await made[0]!.contact.call(listNotices, {})).total).toBe(1)
  })
  it('says at once what is wrong with it', async () => {
    const body = { ids: [newId()], notice: { title: '{姓名}', text: '{{x}}', sms: false } }
    expect(told(await tian.refused(messageFirms, { body }))).toEqual(['/notice/text issue.placeholder', '/notice/title issue.placeholder'])
    expect(told(await tian.refused(messageFirms, { body: { ...body, notice: { title: '', text: ' ', sms: 'ja' } } }))).toEqual(['/notice/sms issue.type', '/notice/text issue.text', '/notice/title issue.required'])
  })
})

describe('many', () => {
  it('are done in parts that show how far it has come, and undone as a whole', async () => {
    const superuser = await connect(city.database.superuser)
    const { fillRegister } = await import('../../../tools/bench/register.ts')
    await fillRegister(superuser, { firms: 6000, declarations: 0 })
    await superuser.end()
    const filter = { district: '520103', since: '2019-06-01', until: '2020-02-20' }
    const bulk = await tian.call(flagFirms, { body: { filter, code: 'aboveScale', reason: '统计名单' } })
    expect(bulk).toMatchObject({ state: 'running', done: 500, can: [] })
    expect(bulk.count).toBeGreaterThan(900)
    expect((await tian.refused(undoBulk, { params: { id: bulk.id }, body: {} })).code).toBe('enterprises.bulk_running')
    await city.work()
    const ended = await tian.call(getBulk, { params: { id: bulk.id } })
    expect(ended).toMatchObject({ state: 'done', done: bulk.count, unchanged: 0, can: ['undo'] })
    expect((await tian.call(listEnterprises, { query: { flag: 'aboveScale', limit: 1 } })).total).toBe(bulk.count)
    expect(await tian.call(undoBulk, { params: { id: bulk.id }, body: {} })).toMatchObject({ undone: bulk.count })
    expect((await tian.call(listEnterprises, { query: { flag: 'aboveScale' } })).total).toBe(0)
    expect((await (await city.as('gaohongtao')).refused(messageFirms, { body: { filter: {}, notice: { title: '全市', text: '正文', sms: false } } })).code).toBe('enterprises.bulk_too_many')
  }, 120_000)
})

describe('bad input and rights', () => {
  it.each<[string, object, string[]]>([
    ['neither firms nor filters', {}, ['/ids issue.required']],
    ['both', { ids: [newId()], filter: {} }, ['/ids issue.required']],
    ['no firm', { ids: [] }, ['/ids issue.too_few']],
    ['a firm twice', { ids: ['00000000-0000-7000-8000-000000000000', '00000000-0000-7000-8000-000000000000'] }, ['/ids issue.duplicate']],
    ['what is no id', { ids: ['1'] }, ['/ids/0 issue.id']],
    ['a filter there is none of', { filter: { phone: '0101' } }, ['/filter/phone issue.unknown']],
  ])('%s', async (_, target, expected) => expect(told(await tian.refused(flagFirms, { body: { code: 'keyEnterprise', reason: '名单', ...target } }))).toEqual(expected))
  it('a search that is too short is told where it stands', async () => {
    expect(told(await tian.refused(flagFirms, { body: { code: 'keyEnterprise', reason: '名单', filter: { q: '贵' } } }))).toEqual(['/filter/q issue.too_short'])
  })
  it('commanders send messages only; contacts and strangers nothing', async () => {
    const gao = await city.as('gaohongtao')
    expect(await gao.call(bulkChoices)).toMatchObject({ can: ['message'], colleagues: [], mostFirms: 5000, undoMinutes: 60 })
    expect((await tian.call(bulkChoices)).can).toEqual(['assign', 'flag', 'message'])
    const contact = await city.contact('13900000101')
    expect((await contact.call(bulkChoices)).can).toEqual([])
    for (const who of [gao, contact]) expect((await who.refused(flagFirms, { body: { ids: [newId()], code: 'keyEnterprise', reason: 'x' } })).code).toBe('session.forbidden')
    expect((await city.anonymous().refused(assignFirms, { body: { ids: [newId()], personId: null } })).code).toBe('session.required')
  })
})
