// The list of firms over HTTP: found by every part, never outside of one's scope, filters, orders, pages, phones, plans that read no whole table.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addWorkplace, listEnterprises, type RegisterEnterprise } from '@fugong/contract/enterprises'
import { findByPhone } from '@fugong/contract/enterprises.lists'
import { recordLifeEvent, setFlag } from '@fugong/contract/enterprises.register'
import { sql } from '../../base/db.ts'
import { connect } from '../../base/migrate.ts'
import { newFirm, type TestPlace } from '../../test/declaring.ts'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'

let city: City
let tian: Someone // reviewer of 云岩
let fang: Someone // reviewer of 南明
let gao: Someone // commander of the city
let su: Someone // commerce officer of 云岩
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  tian = await city.as('tianyuqing')
  fang = await city.as('fangzhiping')
  gao = await city.as('gaohongtao')
  su = await city.as('suyiran')
})
afterAll(() => city?.close())

type Query = Record<string, string | number>
const list = (who: Someone, query: Query) => who.call(listEnterprises, { query: query as never })
const names = async (who: Someone, query: Query) => (await list(who, query)).items.map(({ name }) => name)
const firm = (name: string, place: TestPlace = 'yunyan', change: Partial<RegisterEnterprise> = {}) => newFirm(city, place, { name, ...change })
const told = (refusal: Refusal) => refusal.issues.map(({ path, code }) => `${path} ${code}`).sort()

describe('a search', () => {
  let code: string
  beforeAll(async () => {
    code = (await firm('重庆路乐山粉馆')).firm.creditCode
    await firm('南明甲秀面馆', 'nanming')
  })
  it.each(['庆路', '粉馆', '重庆路乐山粉馆', 'cqlls', 'ZQL', 'qlysf', '路乐山'])('by %j finds the firm', async (q) => {
    expect(await names(tian, { q })).toEqual(['重庆路乐山粉馆'])
    expect(await names(gao, { q })).toEqual(['重庆路乐山粉馆'])
    expect(await names(fang, { q })).toEqual([])
  })
  it('finds every part of a code of four characters and more', async () => {
    for (let at = 0; at + 6 <= code.length; at++) expect([at, await names(tian, { q: code.slice(at, at + 6).toLowerCase() })]).toEqual([at, expect.arrayContaining(['重庆路乐山粉馆'])])
    expect(await names(tian, { q: code })).toEqual(['重庆路乐山粉馆'])
    expect(await names(fang, { q: code })).toEqual([])
  })
  it('neither shows, counts nor hints at firms of others', async () => {
    for (const q of ['甲秀', 'jxmg', '南明甲']) {
      expect(await list(tian, { q })).toMatchObject({ items: [], total: 0, totalIsMore: false, next: null })
      expect(await list(su, { q })).toMatchObject({ items: [], total: 0 })
      expect(await list(gao, { q })).toMatchObject({ total: 1 })
    }
  })
  it('asks for two characters, and takes wildcards for what they are', async () => {
    for (const q of ['乐', 'c', '１']) expect(told(await tian.refused(listEnterprises, { query: { q } }))).toEqual(['/q issue.too_short'])
    for (const q of ['%%', '__', "' or 1=1 --", '\\\\', '粉%']) expect(await names(tian, { q })).toEqual([])
  })
  it('follows a new name and a new place', async () => {
    const { contact, firm: known } = await firm('旧名字公司')
    // Two changes of one moment would have no order.
    city.clock.set('2020-02-24T02:30:00Z')
    const event = { revision: known.revision, kind: 'renamed' as const, effectiveOn: '2020-02-24', reason: '更名', name: '崭新招牌公司' }
    const renamed = await contact.call(recordLifeEvent, { params: { id: known.id }, body: event })
    expect(await names(tian, { q: '旧名字' })).toEqual([])
    expect(await names(tian, { q: 'zxzp' })).toEqual(['崭新招牌公司'])
    city.clock.set('2020-02-24T02:31:00Z')
    await contact.call(recordLifeEvent, { params: { id: known.id }, body: { revision: renamed.revision, kind: 'moved', effectiveOn: '2020-02-24', reason: '搬迁', districtCode: '520102', streetCode: '520102031', address: '南明区 1 号' } })
    expect(await names(fang, { q: 'zxzp' })).toEqual(['崭新招牌公司'])
  })
  it('finds a firm of another district by its workplace here, once', async () => {
    const { contact, firm: known } = await firm('两地经营公司')
    await contact.call(addWorkplace, { params: { id: known.id }, body: { name: '南明店', scene: 'commercial', districtCode: '520102', streetCode: '520102031', address: '路 1 号' } })
    for (const who of [tian, fang, gao]) expect(await list(who, { q: '两地经营' })).toMatchObject({ total: 1, items: [{ name: '两地经营公司' }] })
  })
})

describe('filters', () => {
  it('hold firms against place, trade, size, class, state, flag, department, day and each other', async () => {
    const { firm: known } = await firm('条件样本餐饮店', 'yunyan', { industryCode: '6210', class: 'vital' })
    await firm('条件样本机械厂', 'yunyan', { industryCode: '3982' })
    await firm('条件样本高新厂', 'hightech')
    await tian.call(setFlag, { params: { id: known.id }, body: { code: 'keyEnterprise', reason: '名单' } })
    const only = async (query: Query) => names(gao, { q: '条件样本', order: 'name', ...query })
    expect(await only({})).toEqual(['条件样本餐饮店', '条件样本高新厂', '条件样本机械厂'])
    expect(await only({ district: '520103' })).toEqual(['条件样本餐饮店', '条件样本机械厂'])
    expect(await only({ district: '520171' })).toEqual(['条件样本高新厂'])
    expect(await only({ zone: '520171' })).toEqual(['条件样本高新厂'])
    expect(await only({ street: '520103022' })).toEqual(['条件样本餐饮店', '条件样本机械厂'])
    expect(await only({ industry: 'H' })).toEqual(['条件样本餐饮店'])
    expect(await only({ industry: '62' })).toEqual(['条件样本餐饮店'])
    expect(await only({ industry: '99' })).toEqual([])
    expect(await only({ class: 'vital' })).toEqual(['条件样本餐饮店'])
    expect(await only({ flag: 'keyEnterprise' })).toEqual(['条件样本餐饮店'])
    expect(await only({ flag: 'keyEnterprise', class: 'general' })).toEqual([])
    expect(await only({ department: 'commerce', district: '520103' })).toEqual(['条件样本餐饮店'])
    expect(await only({ state: 'active', codeState: 'valid', kind: 'company' })).toHaveLength(3)
    expect(await only({ since: '2020-02-25' })).toEqual([])
    expect(await only({ since: '2020-02-24', until: '2020-02-24' })).toHaveLength(3)
    expect(await only({ size: 'undetermined' })).toHaveLength(3)
    expect((await list(gao, { q: '条件样本', class: 'vital' })).items[0]).toMatchObject({ flags: ['keyEnterprise'], department: 'commerce', streetCode: '520103022', zoneCode: null, assignee: null })
  })
  it.each<[string, Query, string[]]>([
    ['what is no code', { district: 'x', industry: 'ZZ', size: 'huge', flag: 'A B', since: 'gestern' }, ['/district issue.area', '/flag issue.choice', '/industry issue.industry', '/since issue.day', '/size issue.choice']],
    ['days in the wrong order', { since: '2020-03-01', until: '2020-02-01' }, ['/until issue.end_before_begin']],
    ['an unknown order', { order: 'random' }, ['/order issue.choice']],
    ['a cursor of another order', { cursor: Buffer.from('enterprises.name 2020-02-24T02:00:00.000Z 00000000-0000-7000-8000-000000000000').toString('base64url') }, ['/cursor issue.cursor']],
    ['a filter there is none of', { phone: '0101' }, ['/phone issue.unknown']],
  ])('refuses %s', async (_, query, expected) => expect(told(await tian.refused(listEnterprises, { query }))).toEqual(expected))
})

describe('order and pages', () => {
  it.each(['newest', 'name', 'size'] as const)('by %s turn without a gap or a repetition', async (order) => {
    const whole = (await list(gao, { order, limit: 200 })).items
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list(gao, { order, limit: 3, ...(cursor ? { cursor } : {}) })
      expect(page.total).toBe(whole.length)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(whole.map(({ id }) => id))
  })
  it('sorts by pinyin', async () => {
    for (const name of ['排序长沙', '排序安顺', '排序贵阳', '排序重庆']) await firm(name)
    expect(await names(tian, { q: '排序', order: 'name' })).toEqual(['排序安顺', '排序重庆', '排序贵阳', '排序长沙'].sort((a, b) => new Intl.Collator('zh').compare(a, b)))
  })
  it('turns pages of a search too', async () => {
    const first = await list(tian, { q: '排序', order: 'name', limit: 3 })
    const second = await list(tian, { q: '排序', order: 'name', limit: 3, cursor: first.next! })
    expect([first.total, second.total, second.items.length, second.next]).toEqual([4, 4, 1, null])
  })
})

describe('the last digits of a phone', () => {
  it('find firms within scope for those who may, and are written down without the digits', async () => {
    const own = await firm('电话样本甲')
    const foreign = await firm('电话样本乙', 'nanming')
    const lastFour = own.phone.slice(-4)
    const body = { lastFour }
    expect((await tian.call(findByPhone, { body })).items.map(({ name }) => name)).toEqual(['电话样本甲'])
    expect((await fang.call(findByPhone, { body })).items).toEqual([])
    expect((await tian.call(findByPhone, { body: { lastFour: foreign.phone.slice(-4) } })).items).toEqual([])
    expect((await gao.call(findByPhone, { body })).items.map(({ name }) => name)).toEqual(['电话样本甲'])
    const events = await city.system((ctx) => sql<{ text: string }>`select payload::text as text from base.events where name = 'enterprise.found_by_phone'`.execute(ctx.db))
    expect(events.rows.length).toBe(4)
    expect(events.rows.map((row) => row.text).join()).not.toContain(lastFour)
    expect(city.log.join('')).not.toContain(own.phone)
  })
  it('are not for everyone, and are four digits', async () => {
    expect((await su.refused(findByPhone, { body: { lastFour: '0101' } })).code).toBe('session.forbidden')
    expect((await (await city.contact('13900000101')).refused(findByPhone, { body: { lastFour: '0101' } })).code).toBe('session.forbidden')
    for (const lastFour of ['101', '01011', 'abcd', '13900000101', '']) expect(told(await tian.refused(findByPhone, { body: { lastFour } }))).toHaveLength(1)
  })
  it('do not find a contact who has left', async () => {
    const one = await firm('电话样本丙')
    await city.system((ctx) => sql`update identity.memberships set ended_at = ${ctx.now} where enterprise_id = ${one.firm.id}`.execute(ctx.db))
    expect((await tian.call(findByPhone, { body: { lastFour: one.phone.slice(-4) } })).items).toEqual([])
  })
})

describe('plans as the application’s role', () => {
  it('read an index of the scope, never a whole table', async () => {
    // Twenty thousand firms are enough for the planner to have a choice.
    const superuser = await connect(city.database.superuser)
    const { fillRegister } = await import('../../../tools/bench/register.ts')
    await fillRegister(superuser, { firms: 20_000, declarations: 0 })
    await superuser.end()
    const app = await connect(city.database.app)
    const explain = async (scope: { areas?: string; departments?: string }, text: string) => {
      await app.query('begin')
      await app.query("select set_config('app.named', '', true), set_config('app.person', '', true), set_config('app.areas', $1, true), set_config('app.departments', $2, true), set_config('app.enterprises', '', true)", [scope.areas ?? '', scope.departments ?? ''])
      const plan = (await app.query<{ 'QUERY PLAN': string }>(`explain ${text}`)).rows.map((row) => row['QUERY PLAN']).join('\n')
      await app.query('rollback')
      return plan
    }
    const piece = "g.gram >= '鑫源' and g.gram < '鑫源' || U&'\\+10FFFF'"
    expect(await explain({ areas: '520103' }, `select count(*) from enterprises.grams g where g.district_code = any (array['520103']) and ${piece}`)).toMatch(/Index Only Scan using grams_district/)
    expect(await explain({ departments: '520103/commerce' }, `select count(*) from enterprises.grams g where g.department_key = any (array['520103/commerce']) and ${piece}`)).toMatch(/Index Only Scan using grams_department/)
    for (const order of ['registered_at desc, id desc', 'name collate "zh-x-icu", id', 'size_rank desc, registered_at desc, id desc']) {
      expect(await explain({ areas: '520103' }, `select id from enterprises.enterprises e where district_code = any (array['520103']) order by ${order} limit 50`)).not.toMatch(/Seq Scan on enterprises|Sort/)
    }
    await app.end()
    // And the same through the API: found among them, counted, by a common and by a rare search.
    const common = await list(gao, { q: '有限' })
    expect(common).toMatchObject({ total: 10_000, totalIsMore: true })
    expect(common.items).toHaveLength(50)
    const second = await list(gao, { q: '有限', cursor: common.next! })
    expect(new Set([...common.items, ...second.items].map(({ id }) => id)).size).toBe(100)
    // A firm registered elsewhere is among them only through a workplace here.
    const here = await list(tian, { q: '有限公司', limit: 200 })
    expect(here.items.filter(({ districtCode, workplaces }) => districtCode !== '520103' && workplaces === 0)).toEqual([])
    const some = common.items[7]!
    expect((await list(gao, { q: some.creditCode.slice(8, 15) })).items.map(({ id }) => id)).toContain(some.id)
  }, 120_000)
})
