// Firms over HTTP: registering with all faults told at once, finding them, who sees which, codes that wait for confirmation.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addWorkplace, confirmCreditCode, expectedCheckDigit, expectedOrganisationDigit, getEnterprise, listEnterprises, listIndustries, listMyEnterprises, registerEnterprise, type Enterprise, type RegisterEnterprise,
} from '@fugong/contract/enterprises'
import { getSession } from '@fugong/contract/identity'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { connect } from '../../base/migrate.ts'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'
import { within } from '../../test/within.ts'
import { getEnterpriseOf, negativeListOf, seedEnterprises } from './index.ts'
import { enterprisesJobs } from './jobs.ts'

const ISSUED = '91350203M0001QAY9B'
let city: City
let wu: Someone
let peng: Someone
let tian: Someone
let gao: Someone
let made = 0

beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  wu = await city.contact('13900000101')
  peng = await city.as('pengxiulan')
  tian = await city.as('tianyuqing')
  gao = await city.as('gaohongtao')
})
afterAll(() => city?.close())

/** What a refusal says of each entry, in the order of the paths. */
const told = (refusal: Refusal) => refusal.issues.map(({ path, code, params }) => [path, code, ...Object.values(params ?? {})].join(' ')).sort()
/** A credit code with both digits right that nobody has. */
function newCode(): string {
  const first8 = `MAT${String((made += 1)).padStart(5, '0')}`
  const seventeen = `91520103${first8}${expectedOrganisationDigit(first8)}`
  return `${seventeen}${expectedCheckDigit(seventeen)}`
}
const place = { name: '总部', scene: 'office' as const, districtCode: '520103', streetCode: '520103022', address: '样例街 1 号' }
const firmNamed = (name: string, change: Partial<RegisterEnterprise> = {}): RegisterEnterprise => ({ creditCode: newCode(), name, industryCode: '6513', class: 'general', workplace: place, ...change })
let phones = 13700000000
const newContact = () => city.contact(String((phones += 1)), '新联络员')
const register = async (body: RegisterEnterprise, who?: Someone) => (who ?? (await newContact())).call(registerEnterprise, { body })
const namesOf = async (who: Someone, query: Record<string, unknown> = {}) => (await who.call(listEnterprises, { query: { limit: 200, ...query } as never })).items.map((item) => item.name)
/** What the application cannot do is done as the owner of the tables. */
async function asOwner(text: string, values: unknown[]): Promise<void> {
  const owner = await connect(city.database.superuser)
  await owner.query(text, values).finally(() => owner.end())
}
const sampleId = (creditCode: string) => city.system(async (ctx) => (await sql<{ id: string }>`select id from enterprises.enterprises where credit_code = ${creditCode}`.execute(ctx.db)).rows[0]!.id)

describe('the sample city', () => {
  it('has eight firms, each with its department and contacts, and is not doubled', async () => {
    await city.system((ctx) => seedEnterprises(ctx, '520100'))
    const list = await gao.call(listEnterprises)
    expect(list).toMatchObject({ total: 8, totalIsMore: false, next: null })
    expect(list.items.every((item) => item.sample && item.codeState === 'valid')).toBe(true)
    const departments = await city.system((ctx) => sql<{ d: string }>`select distinct district_code || ' ' || department as d from enterprises.enterprises order by 1`.execute(ctx.db))
    expect(departments.rows.map((row) => row.d)).toEqual(['520102 housing', '520103 culture', '520111 industry', '520112 industry', '520113 industry', '520115 bigdata', '520115 commerce', '520121 industry'])
    expect((await (await city.contact('13900000109')).call(listMyEnterprises)).items.map((item) => item.creditCode).sort()).toEqual(['91520112MAYP0001X2', '91520121MAYP000876'])
  })
  it('shows one firm whole to its people and its reviewer', async () => {
    const id = await sampleId('91520103MAYP000281')
    const own = await (await city.contact('13900000102')).call(getEnterprise, { params: { id } })
    expect(own).toMatchObject({
      id, name: '样例云上影城有限公司', industryCode: '8760', industry: { zh: '电影放映' }, class: 'general', department: 'culture', negativeList: true, codeState: 'valid', codeReason: null, codeConfirmedBy: null, sample: true,
      workplaces: [{ name: '云上影城', scene: 'commercial', districtCode: '520103', streetCode: '520103022', zoneCode: null }], can: ['changeFacts', 'addWorkplace', 'manageContacts', 'recordEvent'],
    })
    expect(await tian.call(getEnterprise, { params: { id } })).toEqual({ ...own, can: ['recordEvent', 'recode', 'classify'] })
  })
})

describe('registering', () => {
  it('makes the caller its contact, who uses it at once', async () => {
    const who = await newContact()
    const body = firmNamed('  黔\u0061\u0301新软件有限公司 ')
    expect(await who.call(listMyEnterprises)).toEqual({ items: [] })
    const firm = await who.call(registerEnterprise, { body })
    expect(firm).toMatchObject({ creditCode: body.creditCode, name: '黔\u00e1新软件有限公司', department: 'bigdata', negativeList: false, codeState: 'valid', sample: false, registeredAt: '2020-02-24T02:00:00.000Z', can: ['changeFacts', 'addWorkplace', 'manageContacts', 'recordEvent'] })
    expect(firm.workplaces).toMatchObject([{ ...place, zoneCode: null }])
    expect((await who.call(listMyEnterprises)).items).toMatchObject([{ id: firm.id, workplaces: 1, districtCode: '520103', industry: firm.industry }])
    expect(await who.call(getEnterprise, { params: { id: firm.id } })).toEqual(firm)
    expect((await who.call(getSession)).enterprises).toEqual([firm.id])
    const events = await city.system((ctx) => sql<{ payload: unknown }>`select payload from base.events where subject_id = ${firm.id}`.execute(ctx.db))
    expect(events.rows).toEqual([{ payload: { creditCode: body.creditCode, codeState: 'valid' } }])
  })
  it('tells every fault at once, by entry', async () => {
    const refusal = await wu.refused(registerEnterprise, { body: {
      creditCode: '91520103MAYP000281X', name: '   ', industryCode: 'ZZ', class: 'huge', sample: true, creditCodeReason: 'x\u0000y',
      workplace: { name: 'x'.repeat(61), scene: 'moon', districtCode: '52010', streetCode: 12, zoneCode: 'zone', address: 'a\u202Eb', id: '1' },
    } })
    expect(refusal).toMatchObject({ status: 422, code: 'validation.failed', params: { count: 13 } })
    expect(told(refusal)).toEqual([
      '/class issue.choice', '/creditCode issue.too_long 18', '/creditCodeReason issue.text', '/industryCode issue.industry', '/name issue.text', '/sample issue.unknown sample',
      '/workplace/address issue.text', '/workplace/districtCode issue.area', '/workplace/id issue.unknown id', '/workplace/name issue.too_long 60', '/workplace/scene issue.choice', '/workplace/streetCode issue.type',
      '/workplace/zoneCode issue.area',
    ])
  })
  it('tells everything that is missing', async () => {
    expect(told(await wu.refused(registerEnterprise, { body: {} }))).toEqual(['/class', '/creditCode', '/industryCode', '/name', '/workplace'].map((path) => `${path} issue.required`))
    expect(told(await wu.refused(registerEnterprise, { body: { ...firmNamed('甲乙'), workplace: {} } }))).toEqual(['/address', '/districtCode', '/name', '/scene', '/streetCode'].map((path) => `/workplace${path} issue.required`))
    for (const body of [null, [], 'text', 7]) expect((await wu.refused(registerEnterprise, { body })).status).toBeLessThan(500)
  })
  it('tells what only the lists know at once too, and saves nothing', async () => {
    const body = firmNamed('错误百出公司', { industryCode: '9999', workplace: { ...place, districtCode: '520199', streetCode: '520111010', zoneCode: '520999' } })
    expect(told(await wu.refused(registerEnterprise, { body }))).toEqual(['/industryCode issue.industry', '/workplace/districtCode issue.area_unknown', '/workplace/zoneCode issue.area_unknown'])
    const elsewhere = firmNamed('错误百出公司', { workplace: { ...place, streetCode: '520111010', zoneCode: '520172' } })
    expect(told(await wu.refused(registerEnterprise, { body: elsewhere }))).toEqual(['/workplace/streetCode issue.street_outside_district', '/workplace/zoneCode issue.zone_outside_district'])
    expect(await namesOf(gao, { q: '错误百出' })).toEqual([])
  })
  it('measures texts that grow when brought into one form', async () => {
    const grown = '\uFB2C'.repeat(50)
    const body = firmNamed(grown, { workplace: { ...place, name: grown, address: grown } })
    expect(told(await wu.refused(registerEnterprise, { body }))).toEqual(['/name issue.too_long 100', '/workplace/address issue.too_long 120', '/workplace/name issue.too_long 60'])
  })
  it.each(['<script>alert(1)</script><img src=x onerror=alert(1)>', '=HYPERLINK("http://x","y")', '@SUM(1+1)*cmd|\' /C calc\'!A0', "Robert'); drop table enterprises.grams; --", '贵州䶮㼆𬒈石业', '{{constructor}} #{7*7}', '😀有限公司'])('keeps %j as it is and finds it', async (name) => {
    const firm = await register(firmNamed(name, { workplace: { ...place, address: name } }))
    expect(firm.name).toBe(name)
    expect(firm.workplaces[0]?.address).toBe(name)
    expect(await namesOf(tian, { q: name.slice(0, 60) })).toEqual([name])
    expect(city.log.join('')).not.toContain(name)
  })
  it.each(['a\u0000b', 'a\u0007b', 'a\u202Eb', 'a\u2066b', 'a\nb', 'a\u0085b', 'a\ufeffb', 'a\ud800b'])('refuses %j in every text', async (text) => {
    const refusal = await wu.refused(registerEnterprise, { body: firmNamed(text, { creditCodeReason: text, workplace: { ...place, name: text, address: text } }) })
    expect(told(refusal)).toEqual(['/creditCodeReason', '/name', '/workplace/address', '/workplace/name'].map((path) => `${path} issue.text`))
  })
  it('sends who comes second to the present contact, phone masked', async () => {
    const refusal = await (await newContact()).refused(registerEnterprise, { body: firmNamed('另一家', { creditCode: '91520112MAYP0001X2' }) })
    expect(refusal).toMatchObject({ status: 409, code: 'enterprises.already_registered', params: { contact: expect.stringMatching(/^\*{9}0[19]$/) as string } })
  })
  it('lets one of two at the same moment in', async () => {
    const body = firmNamed('同时登记公司')
    const [a, b] = [await newContact(), await newContact()]
    const answers = await Promise.allSettled([a.call(registerEnterprise, { body }), b.call(registerEnterprise, { body })])
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((answers.find((answer) => answer.status === 'rejected') as PromiseRejectedResult).reason).toMatchObject({ status: 409, code: 'enterprises.already_registered', params: { contact: expect.stringMatching(/^\*{9}\d{2}$/) as string } })
  })
  it('is for people of firms', async () => {
    expect(await city.anonymous().refused(registerEnterprise, { body: firmNamed('甲乙') })).toMatchObject({ status: 401 })
    for (const who of [tian, gao]) expect(await who.refused(registerEnterprise, { body: firmNamed('甲乙') })).toMatchObject({ status: 403, code: 'session.forbidden' })
  })
})

describe('a credit code that fails its check digit', () => {
  let pending: Enterprise
  let contact: Someone
  beforeAll(async () => { contact = await newContact() })
  it('is refused with the digit that should stand there, unless a reason is given', async () => {
    const refusal = await contact.refused(registerEnterprise, { body: firmNamed('待核企业', { creditCode: ISSUED }) })
    expect(refusal.issues).toMatchObject([{ path: '/creditCode', code: expect.stringMatching(/_check$/) as string }])
    pending = await contact.call(registerEnterprise, { body: firmNamed('待核企业', { creditCode: ISSUED, creditCodeReason: ' 执照上即为此码 ' }) })
    expect(pending).toMatchObject({ codeState: 'pending', codeReason: '执照上即为此码', codeConfirmedBy: null })
    expect(await namesOf(tian, { codeState: 'pending' })).toEqual(['待核企业'])
  })
  it('waits for a reviewer of its area', async () => {
    const body = { reason: '已查看营业执照原件' }
    const params = { id: pending.id }
    expect(await contact.refused(confirmCreditCode, { params, body })).toMatchObject({ status: 403 })
    expect(await gao.refused(confirmCreditCode, { params, body })).toMatchObject({ status: 403 })
    expect(await peng.refused(confirmCreditCode, { params, body })).toMatchObject({ status: 404 })
    expect(told(await tian.refused(confirmCreditCode, { params, body: { reason: ' ' } }))).toEqual(['/reason issue.text'])
    expect((await tian.call(getEnterprise, { params })).can).toEqual(['recordEvent', 'recode', 'classify', 'confirmCreditCode'])
    const answers = await Promise.allSettled([tian.call(confirmCreditCode, { params, body }), tian.call(confirmCreditCode, { params, body })])
    const [done, late] = answers[0].status === 'fulfilled' ? answers : [answers[1], answers[0]]
    expect(done).toMatchObject({ value: { codeState: 'confirmed', codeConfirmedBy: { zh: '田雨晴', en: '田雨晴' }, codeReason: '执照上即为此码', can: ['recordEvent', 'recode', 'classify'] } })
    expect(late).toMatchObject({ reason: { status: 409, code: 'enterprises.code_not_pending' } })
    const events = await city.system((ctx) => sql<{ payload: unknown; actorId: string }>`select payload, actor_id from base.events where name = 'enterprise.code_confirmed' and subject_id = ${pending.id}`.execute(ctx.db))
    expect(events.rows).toMatchObject([{ payload: body }])
    const firmsView = await contact.call(getEnterprise, { params })
    expect(firmsView.codeState).toBe('confirmed')
    expect(firmsView.codeConfirmedBy).toMatchObject({ zh: '云岩区复工复产工作专班', en: expect.stringMatching(/Yunyan/) as string })
  })
  it('cannot be confirmed by who registered it, nor where nothing waits', async () => {
    const sound = newCode()
    const creditCode = `${sound.slice(0, 17)}${sound.endsWith('0') ? '1' : '0'}`
    const { id } = await contact.call(registerEnterprise, { body: firmNamed('自己登记公司', { creditCode, creditCodeReason: '如此' }) })
    const person = (await tian.call(getSession)).personId!
    await asOwner('update enterprises.enterprises set registered_by = $1 where id = $2', [person, id])
    expect((await tian.call(getEnterprise, { params: { id } })).can).toEqual([])
    expect(await tian.refused(confirmCreditCode, { params: { id }, body: { reason: '我确认' } })).toMatchObject({ status: 403, code: 'session.own_firm' })
    expect(await peng.refused(confirmCreditCode, { params: { id: await sampleId('91520112MAYP0001X2') }, body: { reason: '我确认' } })).toMatchObject({ status: 409, code: 'enterprises.code_not_pending' })
  })
})

describe('workplaces and who sees a firm', () => {
  it('a firm is seen in every area where it works, each time with the workplaces there', async () => {
    const contact = await newContact()
    const firm = await contact.call(registerEnterprise, { body: firmNamed('两地经营公司') })
    const params = { id: firm.id }
    const fang = await city.as('luochengxi') // reviewer of 520111
    const dou = await city.as('douyunfei') // reviewer of the zone in 520111
    for (const who of [fang, dou]) expect(await who.refused(getEnterprise, { params })).toMatchObject({ status: 404 })
    const both = await contact.call(addWorkplace, { params, body: { name: ' 二号厂房 ', scene: 'park', districtCode: '520111', streetCode: '520111010', zoneCode: '520172', address: '样例路 2 号' } })
    expect(both.workplaces.map((one) => one.name)).toEqual(['总部', '二号厂房'])
    for (const who of [fang, dou]) {
      expect((await who.call(getEnterprise, { params })).workplaces.map((one) => one.name)).toEqual(['二号厂房'])
      expect((await who.call(listEnterprises, { query: { q: '两地经营' } })).items).toMatchObject([{ id: firm.id, districtCode: '520103', workplaces: 1 }])
    }
    expect((await tian.call(getEnterprise, { params })).workplaces.map((one) => one.name)).toEqual(['总部'])
    expect(await namesOf(gao, { district: '520111', q: '两地' })).toEqual(['两地经营公司'])
    expect((await gao.call(getEnterprise, { params })).workplaces).toHaveLength(2)
    expect(await peng.refused(getEnterprise, { params })).toMatchObject({ status: 404 })
  })
  it('are added by the firm’s own people, with all faults told', async () => {
    const id = await sampleId('91520112MAYP0001X2')
    const bad = { ...place, name: ' ', scene: 'x', districtCode: '520103', streetCode: '520111010' }
    expect(told(await wu.refused(addWorkplace, { params: { id }, body: bad }))).toEqual(['/name issue.text', '/scene issue.choice'])
    expect(told(await wu.refused(addWorkplace, { params: { id }, body: { ...place, streetCode: '520111010', zoneCode: '520172' } }))).toEqual(['/streetCode issue.street_outside_district', '/zoneCode issue.zone_outside_district'])
    expect(await (await city.contact('13900000102')).refused(addWorkplace, { params: { id }, body: place })).toMatchObject({ status: 404 })
    expect(await peng.refused(addWorkplace, { params: { id }, body: place })).toMatchObject({ status: 403 })
    expect(await city.anonymous().refused(addWorkplace, { params: { id }, body: place })).toMatchObject({ status: 401 })
  })
  it('foreign areas, trades and firms are not there at all: by id, in lists, counts and searches', async () => {
    const id = await sampleId('91520103MAYP000281')
    const culture = { q: '云上影城' }
    const foreign = [peng, wu, await city.as('mengqingfan'), await city.as('suyiran'), await city.as('jinbaocheng'), await city.as('leixiaofeng')]
    for (const who of foreign) {
      expect(await who.refused(getEnterprise, { params: { id } })).toMatchObject({ status: 404, code: 'not_found' })
      for (const query of [culture, { q: '91520103MAYP000281' }, { district: '520103', q: '云上' }]) expect(await who.call(listEnterprises, { query })).toMatchObject({ items: [], total: 0, next: null })
      expect(await within(city, who, 'enterprise.read', async (ctx) => {
        const counts = await sql<{ n: number }>`select (select count(*) from enterprises.enterprises where id = ${id})::int + (select count(*) from enterprises.workplaces where enterprise_id = ${id})::int + (select count(*) from enterprises.grams where enterprise_id = ${id})::int as n`.execute(ctx.db)
        return counts.rows[0]!.n
      })).toBe(0)
    }
    expect(await (await city.as('maolihua')).refused(listEnterprises)).toMatchObject({ status: 403 })
    expect(await (await city.as('luyuanming')).refused(getEnterprise, { params: { id } })).toMatchObject({ status: 403 })
    expect(await city.anonymous().refused(listEnterprises)).toMatchObject({ status: 401 })
    for (const who of [tian, gao, await city.contact('13900000102')]) expect(await namesOf(who, culture)).toEqual(['样例云上影城有限公司'])
  })
  it('departments see their trade, city-wide or in their district', async () => {
    const industry = await namesOf(await city.as('wenguangyu'))
    expect(industry).toContain('样例黔宁卫生材料有限公司')
    expect(industry).not.toContain('样例数谷软件有限公司')
    expect(await namesOf(await city.as('jinbaocheng'))).toEqual(['样例筑安建筑工程有限公司'])
  })
})

describe('the list', () => {
  it('finds by part of the name, whatever width and case, and by the beginning of a code', async () => {
    const firm = await register(firmNamed('云岩ＡＢＣ 咖啡（贵阳）有限公司'))
    for (const q of ['ａｂｃ咖啡', 'Abc 咖啡', '(贵阳)', '咖啡（贵', firm.creditCode, firm.creditCode.slice(0, 14).toLowerCase()]) expect(await namesOf(tian, { q }), q).toContain(firm.name)
    for (const q of ['咖啡云岩', 'bca', '%%', '__', '.*']) expect(await namesOf(tian, { q }), q).not.toContain(firm.name)
  })
  it('needs two characters, and plain ones', async () => {
    expect(told(await tian.refused(listEnterprises, { query: { q: '云' } }))).toEqual(['/q issue.too_short 2'])
    expect(told(await tian.refused(listEnterprises, { query: { q: '云\u0000上' } }))).toEqual(['/q issue.text'])
    expect(told(await tian.refused(listEnterprises, { query: { q: 'x'.repeat(61), district: 'abc', codeState: 'odd', limit: 0, cursor: 'x'.repeat(500), more: '1' } }))).toEqual(['/codeState issue.choice', '/cursor issue.too_long 400', '/district issue.area', '/limit issue.too_small 1', '/more issue.unknown more', '/q issue.too_long 60'])
    expect(told(await tian.refused(listEnterprises, { query: { cursor: 'bm9uc2Vuc2U' } }))).toEqual(['/cursor issue.cursor'])
    expect((await tian.call(listEnterprises, { query: { q: '   ' } })).total).toBeGreaterThan(0)
  })
  it('pages without gaps or doubles, newest first', async () => {
    for (const [at, name] of ['分页甲公司', '分页乙公司', '分页丙公司', '分页丁公司', '分页戊公司'].entries()) {
      if (at % 2) city.clock.set(new Date(city.clock.now().getTime() + 1000))
      await register(firmNamed(name))
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await tian.call(listEnterprises, { query: { q: '分页', limit: 2, ...(cursor ? { cursor } : {}) } })
      expect(page.total).toBe(5)
      seen.push(...page.items.map((item) => item.name))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toHaveLength(5)
    expect(new Set(seen).size).toBe(5)
    expect(seen.at(-1)).toBe('分页甲公司')
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('of industries is public', async () => {
    const list = await city.anonymous().call(listIndustries)
    expect(list).toMatchObject({ source: 'GB/T 4754-2017', year: 2017 })
    expect(list.items).toHaveLength(371)
    expect(list.items.slice(0, 3)).toEqual([expect.objectContaining({ code: 'A', parent: null }), expect.objectContaining({ code: '01', parent: 'A' }), expect.objectContaining({ code: '011', parent: '01' })])
  })
})

describe('what other rooms ask', () => {
  it('facts of a firm, within scope only', async () => {
    const id = await sampleId('91520111MAYP000524')
    const dou = await city.as('douyunfei')
    const place = await city.system(async (ctx) => (await sql<{ id: string }>`select id from enterprises.workplaces where enterprise_id = ${id}`.execute(ctx.db)).rows[0]!.id)
    expect(await within(city, dou, 'enterprise.read', (ctx) => getEnterpriseOf(ctx, id, place))).toMatchObject({ id, creditCode: '91520111MAYP000524', industryCode: '3670', class: 'general', department: 'industry', codeState: 'valid', workplace: { id: place, districtCode: '520111', streetCode: '520111010', zoneCode: '520172' } })
    expect(await within(city, dou, 'enterprise.read', (ctx) => getEnterpriseOf(ctx, id, newId()))).toMatchObject({ id, workplace: null })
    await expect(within(city, tian, 'enterprise.read', (ctx) => getEnterpriseOf(ctx, id, place))).rejects.toMatchObject({ code: 'not_found' })
  })
  it('the negative list, which a pack need not have', async () => {
    const asked = (industryCode: string, kind = 'epidemic') => city.system((ctx) => negativeListOf(ctx, { industryCode, areaCode: '520103', kind }))
    expect(await Promise.all([asked('8760'), asked('6210'), asked('6513'), asked('8760', 'flood'), asked('8760', 'meteor')])).toEqual([true, true, false, false, false])
  })
  it('departments follow the tables when an emergency or a table comes later', async () => {
    const id = await sampleId('91520103MAYP000281')
    await asOwner('update enterprises.enterprises set department = null where id = $1', [id])
    await asOwner('update enterprises.workplaces set department = null where enterprise_id = $1', [id])
    await asOwner('update enterprises.grams set department = null where enterprise_id = $1', [id])
    await city.system((ctx) => enterprisesJobs[0]!.run(ctx, null))
    expect((await tian.call(getEnterprise, { params: { id } })).department).toBe('culture')
    expect(await city.system(async (ctx) => (await sql<{ department: string }>`select distinct department from enterprises.grams where enterprise_id = ${id}`.execute(ctx.db)).rows)).toEqual([{ department: 'culture' }])
  })
})
