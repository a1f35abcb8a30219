// Collective declarations over HTTP: an operator lists its tenants and files for them, each confirms, objects or is left out; offices see it all, others nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addTenants, askTenants, changeComplex, closeFiling, confirmTenant, endTenant, getComplex, leaveOutTenant, listComplexes, listMyComplexes, listTenantRequests, listTenants, objectTenant, openFiling, registerComplex, saveFiling, type Complex } from '@fugong/contract/complexes'
import { acceptDeclaration, getDeclaration, listDeclarations } from '@fugong/contract/declarations'
import type { Enterprise } from '@fugong/contract/enterprises'
import { downloadFile } from '@fugong/contract/files'
import { listNotices } from '@fugong/contract/notices'
import { connect } from '../../base/migrate.ts'
import { answers, newFirm, openFor, setLevelNow, upload } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { addWorkplace, expectedCheckDigit, expectedOrganisationDigit, registerEnterprise } from '@fugong/contract/enterprises'

interface Made { contact: Someone; phone: string; firm: Enterprise }
let city: City
let operator: Made
let complex: Complex
let shops: Made[]
let malls = 0
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  operator = await newFirm(city, 'guanshanhu', { name: '测试商场运营有限公司', industryCode: '7222' })
})
afterAll(() => city?.close())
beforeEach(async () => {
  city.clock.set('2020-02-24T02:00:00Z')
  malls += 1
  complex = await operator.contact.call(registerComplex, { body: { enterpriseId: operator.firm.id, name: `测试商场${malls}号`, scene: 'commercial', districtCode: '520115', streetCode: '520115006', address: '测试路 1 号' } })
  shops = [await newFirm(city, 'guanshanhu', { industryCode: '5211' }), await newFirm(city, 'guanshanhu', { industryCode: '5211' })]
})

const on = <B extends object>(body: B) => ({ params: { id: complex.id }, body: { revision: complex.revision, ...body } })
const onFiling = <B extends object>(body: B) => ({ params: { id: complex.filing!.id }, body: { revision: complex.filing!.revision, ...body } })
const tenant = (firm: Enterprise, shop = '1 层 101', headcount: number | null = 8) => ({ creditCode: firm.creditCode, name: firm.name, shop, headcount })
const add = async (...firms: Enterprise[]) => { const answer = await operator.contact.call(addTenants, on({ tenants: firms.map((firm, at) => tenant(firm, `1 层 10${at}`)) })); complex = answer.complex; return answer }
const tenants = async (who = operator.contact, query: object = {}) => (await who.call(listTenants, { params: { id: complex.id }, query })).items
const requests = async (who: Someone) => (await who.call(listTenantRequests)).items
/** Two tenants who are asked to confirm a complete plan. */
async function asked() {
  await add(shops[0]!.firm, shops[1]!.firm)
  complex = await operator.contact.call(openFiling, on({}))
  const file = await upload(operator.contact)
  complex = await operator.contact.call(saveFiling, onFiling({ plannedDate: '2020-02-27', answers, fileIds: [file.id] }))
  complex = await operator.contact.call(askTenants, onFiling({}))
}
const confirm = async (shop: Made, more: object = {}) => {
  const request = (await requests(shop.contact)).find(({ complex: name }) => name === complex.name)!
  return shop.contact.call(confirmTenant, { params: { id: request.id }, body: { revision: request.revision, workplaceId: shop.firm.workplaces[0]!.id, headcount: 6, plannedDate: '2020-02-28', pledged: true, ...more } })
}

describe('an operator', () => {
  it('registers a complex once by name, at a place that exists', async () => {
    expect(complex).toMatchObject({ revision: 1, operatorName: '测试商场运营有限公司', counts: { tenants: 0 }, filing: null, can: ['operate', 'openFiling'] })
    const body = { enterpriseId: operator.firm.id, name: complex.name, scene: 'commercial' as const, districtCode: '520115', streetCode: '520115006', address: '测试路 1 号' }
    expect((await operator.contact.refused(registerComplex, { body })).code).toBe('complexes.exists')
    expect((await operator.contact.refused(registerComplex, { body: { ...body, name: '别处', streetCode: '520103022', zoneCode: '520174' } })).issues.map(({ path, code }) => [path, code])).toEqual([['/streetCode', 'issue.street_outside_district'], ['/zoneCode', 'issue.zone_outside_district']])
    complex = await operator.contact.call(changeComplex, on({ name: `${complex.name}改`, scene: 'office' as const, address: '测试路 2 号' }))
    expect(complex).toMatchObject({ revision: 2, scene: 'office', address: '测试路 2 号' })
    expect((await operator.contact.refused(changeComplex, { params: { id: complex.id }, body: { revision: 1, name: 'x', scene: 'office', address: 'y' } })).code).toBe('conflict.changed')
    expect((await operator.contact.call(listMyComplexes)).items.map(({ id }) => id)).toContain(complex.id)
  })
  it('keeps the list of tenants: faults of codes all at once, the same code brought up to date, whoever left is off it', async () => {
    const wrong = await operator.contact.refused(addTenants, on({ tenants: [{ ...tenant(shops[0]!.firm), creditCode: '91520103MAYP000280' }, tenant(shops[1]!.firm), tenant(shops[1]!.firm), { ...tenant(shops[0]!.firm), creditCode: '短' }] }))
    expect(wrong.issues.map(({ path, code }) => [path, code])).toEqual([['/tenants/0/creditCode', 'issue.credit_code_check'], ['/tenants/2/creditCode', 'issue.duplicate'], ['/tenants/3/creditCode', 'issue.credit_code_shape']])
    expect((await operator.contact.refused(addTenants, on({ tenants: [tenant(operator.firm)] }))).code).toBe('complexes.own_tenant')
    expect(await add(shops[0]!.firm, shops[1]!.firm)).toMatchObject({ added: 2, changed: 0, registered: 2, complex: { counts: { tenants: 2, heads: 16 } } })
    const again = await operator.contact.call(addTenants, on({ tenants: [tenant(shops[0]!.firm, '3 层 301', 9)] }))
    expect(again).toMatchObject({ added: 0, changed: 1 })
    complex = again.complex
    const [first] = (await tenants()).filter(({ creditCode }) => creditCode === shops[1]!.firm.creditCode)
    complex = await operator.contact.call(endTenant, { params: { id: complex.id, tenantId: first!.id }, body: { revision: complex.revision } })
    expect(await tenants()).toMatchObject([{ shop: '3 层 301', headcount: 9, state: null }])
    expect(await tenants(operator.contact, { q: '301' })).toHaveLength(1)
    expect(await tenants(operator.contact, { q: '999' })).toEqual([])
  })
  it('turns the pages of a long list', async () => {
    await add(shops[0]!.firm, shops[1]!.firm)
    const first = await operator.contact.call(listTenants, { params: { id: complex.id }, query: { limit: 1 } })
    const second = await operator.contact.call(listTenants, { params: { id: complex.id }, query: { limit: 1, cursor: first.next! } })
    expect([first.total, first.items[0]!.id === second.items[0]!.id, second.next]).toEqual([2, false, null])
  })
  it('asks nobody before the plan is whole, and says everything that is missing', async () => {
    complex = await operator.contact.call(openFiling, on({}))
    expect((await operator.contact.refused(openFiling, on({}))).code).toBe('complexes.filing_open')
    expect((await operator.contact.refused(saveFiling, onFiling({ plannedDate: '2020-02-01', answers: { ppeDays: -1 } }))).issues.map(({ path }) => path)).toEqual(['/plannedDate', '/answers/ppeDays'])
    const missing = await operator.contact.refused(askTenants, onFiling({}))
    expect(missing.code).toBe('complexes.incomplete')
    expect(missing.issues.map(({ path }) => path)).toEqual(expect.arrayContaining(['/plannedDate', '/answers/duties', '/fileIds']))
    const file = await upload(operator.contact)
    complex = await operator.contact.call(saveFiling, onFiling({ plannedDate: '2020-02-27', answers, fileIds: [file.id] }))
    expect((await operator.contact.refused(askTenants, onFiling({}))).code).toBe('complexes.no_tenants')
  })
})

describe('a tenant', () => {
  it('is told, reads the plan, confirms with the pledge, and has its own declaration and certificate', async () => {
    await setLevelNow(city, '520115', 'low')
    await asked()
    expect(complex).toMatchObject({ filing: { state: 'asked' }, counts: { asked: 2, confirmed: 0 } })
    const [shop, other] = shops as [Made, Made]
    expect((await shop.contact.call(listNotices)).items).toMatchObject([{ title: { zh: '集中申报，请确认' }, text: { zh: expect.stringContaining(complex.name) }, link: '/portal/tenant-requests' }])
    expect(await requests(shop.contact)).toMatchObject([{ complex: complex.name, shop: '1 层 100', headcount: 8, plannedDate: '2020-02-27', files: ['防控方案.pdf'], answers: { ppeDays: 7 }, state: 'asked', open: true }])
    const confirmed = await confirm(shop)
    expect(confirmed).toMatchObject({ state: 'confirmed', headcount: 6, plannedDate: '2020-02-28', open: false })
    const declaration = await shop.contact.call(getDeclaration, { params: { id: confirmed.declarationId! } })
    expect(declaration).toMatchObject({ state: 'filed', headcount: 6, plannedDate: '2020-02-28', enterpriseId: shop.firm.id, answers: { ppeDays: 7 }, files: [{ name: '防控方案.pdf' }], certificateNumber: expect.any(String) })
    expect(declaration.pledgedAt).toBe('2020-02-24T02:00:00.000Z')
    // The paper is the tenant's own now; the operator's stays the operator's.
    expect(await shop.contact.call(downloadFile, { params: { id: declaration.files[0]!.id } })).toBeInstanceOf(Buffer)
    expect(await shop.contact.refused(downloadFile, { params: { id: complex.filing!.files[0]!.id } })).toMatchObject({ status: 404 })
    const rows = await tenants()
    expect(rows.find(({ creditCode }) => creditCode === shop.firm.creditCode)).toMatchObject({ state: 'confirmed', declaration: { id: null, state: 'filed', revision: null } })
    expect(rows.find(({ creditCode }) => creditCode === other.firm.creditCode)).toMatchObject({ state: 'asked', declaration: null })
    expect((await operator.contact.call(getComplex, { params: { id: complex.id } })).counts).toMatchObject({ asked: 1, confirmed: 1, filed: 1 })
  })
  it('confirms for its shop, not for a workplace in another district', async () => {
    await asked()
    const shop = shops[0]!
    const elsewhere = (await shop.contact.call(addWorkplace, { params: { id: shop.firm.id }, body: { name: '仓库', scene: 'commercial', districtCode: '520103', streetCode: '520103022', address: '样例路 7 号' } })).workplaces.find(({ name }) => name === '仓库')!
    await expect(confirm(shop, { workplaceId: elsewhere.id })).rejects.toMatchObject({ status: 422, issues: [{ path: '/workplaceId', code: 'issue.outside_complex' }] })
    expect((await shop.contact.call(listDeclarations, { query: { enterprise: shop.firm.id } })).items).toEqual([])
    expect(await confirm(shop)).toMatchObject({ state: 'confirmed' })
  })
  it('confirms once, also when two of its people do at one moment', async () => {
    await asked()
    const shop = shops[0]!
    const both = await Promise.allSettled([confirm(shop), confirm(shop)])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: expect.stringMatching(/complexes\.request_over|declarations\.open_exists/) } })
  })
  it('objects with a reason, may still confirm, and is left out where it does not', async () => {
    await asked()
    const shop = shops[1]!
    const [request] = await requests(shop.contact)
    const at = { params: { id: request!.id } }
    expect((await shop.contact.refused(objectTenant, { ...at, body: { revision: request!.revision, reason: ' ' } })).issues.map(({ path }) => path)).toEqual(['/reason'])
    expect(await shop.contact.call(objectTenant, { ...at, body: { revision: request!.revision, reason: '已单独申报' } })).toMatchObject({ state: 'objected', open: true })
    const row = (await tenants()).find(({ creditCode }) => creditCode === shop.firm.creditCode)!
    expect(row).toMatchObject({ state: 'objected', reason: '已单独申报', can: ['end', 'leaveOut'] })
    complex = await operator.contact.call(leaveOutTenant, { params: { id: complex.filing!.id, tenantId: row.id }, body: { revision: complex.filing!.revision, reason: '自行申报' } })
    expect(complex.counts).toMatchObject({ leftOut: 1, asked: 1 })
    expect((await requests(shop.contact))[0]).toMatchObject({ state: 'leftOut', open: false })
    await confirm(shops[0]!)
    const done = (await tenants()).find(({ state }) => state === 'confirmed')!
    complex = await operator.contact.call(getComplex, { params: { id: complex.id } })
    expect((await operator.contact.refused(leaveOutTenant, { params: { id: complex.filing!.id, tenantId: done.id }, body: { revision: complex.filing!.revision, reason: '试' } })).code).toBe('complexes.tenant_state')
  })
  it('with a declaration of its own under way is told so, and nothing is half done', async () => {
    await asked()
    const shop = shops[0]!
    await openFor(shop.contact, shop.firm)
    const [request] = await requests(shop.contact)
    const refused = await shop.contact.refused(confirmTenant, { params: { id: request!.id }, body: { revision: request!.revision, workplaceId: shop.firm.workplaces[0]!.id, headcount: 6, plannedDate: '2020-02-28', pledged: true } })
    expect(refused.code).toBe('declarations.open_exists')
    expect((await requests(shop.contact))[0]).toMatchObject({ state: 'asked', revision: request!.revision })
    expect((await shop.contact.refused(confirmTenant, { params: { id: request!.id }, body: { revision: request!.revision, workplaceId: shop.firm.workplaces[0]!.id, headcount: 6, plannedDate: '2020-02-28', pledged: false } })).issues.map(({ path }) => path)).toEqual(['/pledged'])
    expect((await shop.contact.refused(confirmTenant, { params: { id: request!.id }, body: { revision: request!.revision, workplaceId: shops[1]!.firm.workplaces[0]!.id, headcount: 6, plannedDate: '2020-02-28', pledged: true } })).code).toBe('enterprises.workplace_unknown')
  })
  it('that is not registered yet is asked as soon as it is', async () => {
    const body8 = `MAYW${String(malls).padStart(4, '0')}`
    const first17 = `91520115${body8}${expectedOrganisationDigit(body8)}`
    const creditCode = first17 + expectedCheckDigit(first17)
    await asked()
    const answer = await operator.contact.call(addTenants, on({ tenants: [{ creditCode, name: '未登记商户', shop: '2 层' }] }))
    expect(answer).toMatchObject({ added: 1, registered: 0, complex: { counts: { unregistered: 1 } } })
    const contact = await city.contact(`1380000${String(malls).padStart(4, '0')}`, '新商户')
    await contact.call(registerEnterprise, { body: { creditCode, name: '未登记商户有限公司', industryCode: '5211', class: 'general', workplace: { name: '店', scene: 'commercial', districtCode: '520115', streetCode: '520115006', address: '测试路' } } })
    await city.deliver(city.system_.house.subscriptions.filter(({ subscriber }) => subscriber === 'complexes.registered'))
    expect(await requests(contact)).toMatchObject([{ complex: complex.name, shop: '2 层', state: 'asked' }])
  })
  it('is asked no more once the filing is closed', async () => {
    await asked()
    const [request] = await requests(shops[0]!.contact)
    complex = await operator.contact.call(closeFiling, onFiling({}))
    expect(complex.can).toContain('openFiling')
    expect((await requests(shops[0]!.contact))[0]).toMatchObject({ open: false })
    expect((await shops[0]!.contact.refused(confirmTenant, { params: { id: request!.id }, body: { revision: request!.revision, workplaceId: shops[0]!.firm.workplaces[0]!.id, headcount: 6, plannedDate: '2020-02-28', pledged: true } })).code).toBe('complexes.request_over')
  })
})

describe('offices', () => {
  it('see the collection in their area and decide on each declaration', async () => {
    await setLevelNow(city, '520115', 'medium')
    await asked()
    const confirmed = await confirm(shops[0]!)
    const jiang = await city.as('jianghaoyu')
    expect((await jiang.call(listComplexes, { query: { q: complex.name } })).items).toMatchObject([{ id: complex.id, filing: 'asked', counts: { confirmed: 1, asked: 1, underReview: 1 } }])
    const row = (await tenants(jiang)).find(({ state }) => state === 'confirmed')!
    expect(row).toMatchObject({ declaration: { id: confirmed.declarationId, state: 'underReview', revision: expect.any(Number) }, can: [] })
    await jiang.call(acceptDeclaration, { params: { id: row.declaration!.id! }, body: { revision: row.declaration!.revision! } })
    expect((await jiang.call(getComplex, { params: { id: complex.id } })).counts).toMatchObject({ underReview: 0, filed: 1 })
  })
  it('of other areas, other firms and those without the right find nothing', async () => {
    await asked()
    const at = { params: { id: complex.id } }
    const tian = await city.as('tianyuqing')
    expect(JSON.stringify(await tian.call(listComplexes))).not.toContain(complex.name)
    for (const endpoint of [getComplex, listTenants]) expect(await tian.refused(endpoint, at)).toMatchObject({ status: 404, code: 'not_found' })
    const stranger = await city.contact('13900000101')
    const deeds = [[changeComplex, { name: 'x', scene: 'office', address: 'y' }], [addTenants, { tenants: [tenant(shops[0]!.firm)] }], [openFiling, {}]] as const
    for (const who of [stranger, shops[0]!.contact]) {
      for (const endpoint of [getComplex, listTenants]) expect(await who.refused(endpoint, at)).toMatchObject({ status: 404 })
      for (const [deed, body] of deeds) expect(await who.refused(deed, on(body))).toMatchObject({ status: 404, code: 'not_found' })
      for (const deed of [askTenants, closeFiling]) expect(await who.refused(deed, onFiling({}))).toMatchObject({ status: 404 })
      expect((await who.call(listMyComplexes)).items).toEqual([])
    }
    const [request] = await requests(shops[0]!.contact)
    expect(await requests(stranger)).toEqual([])
    for (const who of [stranger, shops[1]!.contact, operator.contact]) expect(await who.refused(objectTenant, { params: { id: request!.id }, body: { revision: 1, reason: '冒充' } })).toMatchObject({ status: 404 })
    expect(await (await city.as('luyuanming')).refused(listComplexes)).toMatchObject({ status: 403 })
    expect(await city.anonymous().refused(getComplex, at)).toMatchObject({ status: 401 })
  })
  it('and the operator learns nothing of a tenant but its answer to this filing', async () => {
    await asked()
    await confirm(shops[0]!)
    const text = JSON.stringify([await tenants(), await operator.contact.call(getComplex, { params: { id: complex.id } })])
    for (const secret of [shops[0]!.firm.id, shops[0]!.phone, shops[0]!.firm.workplaces[0]!.id]) expect(text).not.toContain(secret)
    const raw = await connect(city.database.app)
    try {
      await raw.query("select set_config('app.enterprises', $1, false)", [operator.firm.id])
      expect((await raw.query('select count(*)::int as count from complexes.confirmations')).rows).toEqual([{ count: 0 }])
      await raw.query("select set_config('app.enterprises', $1, false)", [shops[0]!.firm.id])
      for (const table of ['complexes', 'tenants', 'filings']) expect((await raw.query(`select count(*)::int as count from complexes.${table}`)).rows).toEqual([{ count: 0 }])
      for (const change of ['delete from complexes.confirmations', 'delete from complexes.tenants', "update complexes.complexes set operator_id = gen_random_uuid()"]) await expect(raw.query(change)).rejects.toThrow(/permission denied/)
    } finally {
      await raw.end()
    }
  })
})
