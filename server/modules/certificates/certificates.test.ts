// Certificates over HTTP: issue, public check, suspension and revocation seen at once, whose they are, bad input.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getCertificate, listCertificates, readCertificateNumber, resumeCertificate, revokeCertificate, suspendCertificate, verifyCertificate } from '@fugong/contract/certificates'
import { listEmergencies } from '@fugong/contract/emergencies'
import type { Enterprise } from '@fugong/contract/enterprises'
import type { RiskLevel } from '@fugong/contract/levels'
import { getSession } from '@fugong/contract/identity'
import { within } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { connect } from '../../base/migrate.ts'
import { firmOf, lend, newFirm, unitOfEvent } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { addMembership, ensureContact } from '../identity/index.ts'
import { certificatesOf, closeCertificate, issueCertificate, resumeByOrder, supersedeCertificate, suspendByOrder, withdrawCertificate } from './index.ts'
import { expireDue } from './state.actions.ts'

const UNIT = '01890000-0000-7000-8000-0000000000a1'
let city: City
let passerBy: Someone
let cinema: Enterprise
const firm = () => city.contact('13900000102')
const emergencyId = async () => (await (await firm()).call(listEmergencies)).items[0]!.id

beforeAll(async () => {
  city = await openCity()
  passerBy = city.anonymous()
  cinema = await firmOf(await firm())
})
afterAll(() => city?.close())

function issue(name = cinema.name, districtCode = '520103', streetCode = '520103022', enterpriseId = cinema.id, level: RiskLevel | null = 'low') {
  return city.system(async (ctx) => {
    const declarationId = newId()
    const made = await issueCertificate(ctx, { declarationId, enterprise: { id: enterpriseId, name }, workplace: { name: '云上影城', address: '样例街 8 号', districtCode, streetCode, zoneCode: null }, departmentKey: `${districtCode}/culture`, plannedDate: '2020-02-26', emergencyId: await emergencyId(), level, procedure: 'review', unit: { id: UNIT, name: { zh: '云岩区复工专班', en: 'Yunyan District Task Force' } }, sample: true })
    return { ...made, declarationId }
  })
}

describe('issuing and checking', () => {
  it('gives a number that anyone can check, with nothing personal in the answer', async () => {
    const { number } = await issue()
    expect(number).toMatch(/^GY-/)
    expect(readCertificateNumber(number)).toBe(number)
    const seen = await passerBy.call(verifyCertificate, { params: { number } })
    expect(seen).toEqual({ number, state: 'valid', enterpriseName: cinema.name, workplaceName: '云上影城', address: '样例街 8 号', plannedDate: '2020-02-26', emergency: { zh: '2020 年疫情复工复产（贵阳样例）', en: 'Epidemic 2020: work resumption (Guiyang sample)' }, level: 'low', procedure: 'review', unit: { zh: '云岩区复工专班', en: 'Yunyan District Task Force' }, validUntil: null, issuedAt: '2020-02-24T02:00:00.000Z', supersededBy: null, stateSince: '2020-02-24T02:00:00.000Z', checkedAt: '2020-02-24T02:00:00.000Z', sample: true })
  })
  it('reads a number as people type it', async () => {
    const { number } = await issue()
    for (const typed of [number.toLowerCase(), number.replaceAll('-', ''), ` ${number.replaceAll('-', ' ')} `, number.replaceAll('0', 'O').replaceAll('1', 'l')]) {
      expect((await passerBy.call(verifyCertificate, { params: { number: typed } })).number).toBe(number)
    }
  })
  it('does not find a number with a wrong character, a foreign one, or something else', async () => {
    const { number } = await issue()
    const wrong = number.slice(0, -1) + (number.endsWith('7') ? '8' : '7')
    for (const typed of [wrong, 'GY-00000-00000-0', 'GY-ZZZZZ-ZZZZZ-Z', 'hello', '<script>', "' or 1=1", '证书', '%00', 'x'.repeat(40)]) {
      expect(await passerBy.refused(verifyCertificate, { params: { number: typed } })).toMatchObject({ status: 404, code: 'not_found' })
    }
  })
  it('gives one declaration one certificate', async () => {
    const { declarationId } = await issue()
    const emergency = await emergencyId()
    const again = city.system((ctx) => issueCertificate(ctx, { declarationId, enterprise: cinema, workplace: { name: '甲', address: '乙', districtCode: '520103', streetCode: '520103022', zoneCode: null }, departmentKey: null, plannedDate: '2020-02-26', emergencyId: emergency, level: null, procedure: 'effective', unit: null, sample: false }))
    await expect(again).rejects.toThrow()
  })
  it('answers other rooms by declaration', async () => {
    const { id, number, declarationId } = await issue()
    expect(await city.system((ctx) => certificatesOf(ctx, [declarationId, newId()]))).toEqual(new Map([[declarationId, { id, number, state: 'valid', since: '2020-02-24T02:00:00.000Z', reason: null }]]))
    expect(await city.system((ctx) => certificatesOf(ctx, []))).toEqual(new Map())
  })
})

describe('suspending, resuming, revoking', () => {
  it('is seen in public at once, while the reason stays with those concerned', async () => {
    const { id, number } = await issue()
    const reviewer = await city.as('tianyuqing')
    const state = async () => (await passerBy.call(verifyCertificate, { params: { number } })).state
    city.clock.set('2020-02-24T02:20:00Z')
    const suspended = await reviewer.call(suspendCertificate, { params: { id }, body: { reason: '测温登记造假，停工整改' } })
    expect(suspended).toMatchObject({ state: 'suspended', stateReason: '测温登记造假，停工整改', stateSince: '2020-02-24T02:20:00.000Z', can: ['resume', 'revoke'] })
    expect(await state()).toBe('suspended')
    expect(JSON.stringify(await passerBy.call(verifyCertificate, { params: { number } }))).not.toContain('造假')
    expect((await (await firm()).call(getCertificate, { params: { id } })).certificate).toMatchObject({ state: 'suspended', stateReason: '测温登记造假，停工整改', can: [] })

    expect((await reviewer.call(resumeCertificate, { params: { id }, body: { reason: '整改合格' } })).can).toEqual(['suspend', 'revoke'])
    expect(await state()).toBe('valid')
    const commander = await city.as('gaohongtao')
    expect((await commander.call(revokeCertificate, { params: { id }, body: { reason: '承诺不实' } })).can).toEqual([])
    expect(await state()).toBe('revoked')
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('refuses what the state does not allow, naming it', async () => {
    const { id } = await issue()
    const reviewer = await city.as('tianyuqing')
    const body = { reason: '原因' }
    expect(await reviewer.refused(resumeCertificate, { params: { id }, body })).toMatchObject({ status: 409, code: 'certificates.state_refused', params: { state: 'valid' } })
    await reviewer.call(revokeCertificate, { params: { id }, body })
    for (const deed of [suspendCertificate, resumeCertificate, revokeCertificate]) expect(await reviewer.refused(deed, { params: { id }, body })).toMatchObject({ code: 'certificates.state_refused', params: { state: 'revoked' } })
  })
  it('lets one of two who suspend at once do it, and keeps one line of history for each deed', async () => {
    const { id } = await issue()
    const reviewer = await city.as('tianyuqing')
    const both = await Promise.allSettled([1, 2].map((n) => reviewer.call(suspendCertificate, { params: { id }, body: { reason: `原因 ${n}` } })))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const history = await city.system(async ({ db }) => db.selectFrom('certificates.history').select('event').where('certificateId', '=', id).orderBy('no').execute())
    expect(history.map(({ event }) => event)).toEqual(['issued', 'suspended'])
  })
  it('never rewrites or removes history, nor what a certificate says', async () => {
    for (const change of ["update certificates.history set reason = 'x'", 'delete from certificates.history', "update certificates.certificates set enterprise_name = 'x'", 'delete from certificates.certificates']) {
      await expect(city.system(({ db }) => sql.raw(change).execute(db))).rejects.toThrow(/permission denied/)
    }
  })
  it('asks for a reason', async () => {
    const { id } = await issue()
    const reviewer = await city.as('tianyuqing')
    const cases: [unknown, string, string][] = [[{}, '/reason', 'issue.required'], [{ reason: '' }, '/reason', 'issue.required'], [{ reason: '  ' }, '/reason', 'issue.text'], [{ reason: '\u202e' }, '/reason', 'issue.text'], [{ reason: '字'.repeat(501) }, '/reason', 'issue.too_long'], [{ reason: 5 }, '/reason', 'issue.type'], [{ reason: '好', state: 'valid' }, '/state', 'issue.unknown']]
    for (const [body, path, code] of cases) for (const deed of [suspendCertificate, revokeCertificate]) {
      const refusal = await reviewer.refused(deed, { params: { id }, body })
      expect(refusal).toMatchObject({ status: 422, code: 'validation.failed' })
      expect(refusal.issues.map((issue) => [issue.path, issue.code])).toEqual([[path, code]])
    }
  })
})

describe('after filing', () => {
  const state = async (number: string) => passerBy.call(verifyCertificate, { params: { number } })
  const historyOf = (id: string) => city.system(async ({ db }) => (await db.selectFrom('certificates.history').select(['event', 'orderNo']).where('certificateId', '=', id).orderBy('no').execute()).map((row) => [row['event'], row['orderNo']]))
  it('a stop-work order suspends, names itself, and only its own end resumes', async () => {
    const { id, number } = await issue()
    const reviewer = await city.as('tianyuqing')
    await city.system((ctx) => suspendByOrder(ctx, { id, orderNo: '云停〔2020〕3号', reason: '通道堆放易燃物' }))
    expect((await reviewer.call(getCertificate, { params: { id } })).certificate).toMatchObject({ state: 'suspended', orderNo: '云停〔2020〕3号', stateReason: '通道堆放易燃物', can: ['revoke'] })
    expect(JSON.stringify(await state(number))).not.toMatch(/云停|易燃/)
    expect(await reviewer.refused(resumeCertificate, { params: { id }, body: { reason: '已整改' } })).toMatchObject({ status: 409, code: 'certificates.under_order', params: { order: '云停〔2020〕3号' } })
    await expect(city.system((ctx) => resumeByOrder(ctx, { id, orderNo: '云停〔2020〕4号', reason: '别的令' }))).rejects.toMatchObject({ code: 'certificates.under_order' })
    await expect(city.system((ctx) => suspendByOrder(ctx, { id, orderNo: '云停〔2020〕5号', reason: '再停' }))).rejects.toMatchObject({ code: 'certificates.state_refused' })
    await city.system((ctx) => resumeByOrder(ctx, { id, orderNo: '云停〔2020〕3号', reason: '复查合格' }))
    expect((await reviewer.call(getCertificate, { params: { id } })).certificate).toMatchObject({ state: 'valid', orderNo: null })
    expect(await historyOf(id)).toEqual([['issued', null], ['suspended', '云停〔2020〕3号'], ['resumed', '云停〔2020〕3号']])
  })
  it('an order takes over a suspension by hand', async () => {
    const { id } = await issue()
    await (await city.as('tianyuqing')).call(suspendCertificate, { params: { id }, body: { reason: '先停' } })
    await city.system((ctx) => suspendByOrder(ctx, { id, orderNo: '云停〔2020〕6号', reason: '补发停工令' }))
    expect((await (await firm()).call(getCertificate, { params: { id } })).certificate).toMatchObject({ state: 'suspended', orderNo: '云停〔2020〕6号' })
  })
  it('a new certificate takes the place of one that holds, and the old one names it; one under suspension stays', async () => {
    const [old, fresh] = [await issue(), await issue()]
    await city.system((ctx) => supersedeCertificate(ctx, { id: old.id, by: fresh }))
    expect(await state(old.number)).toMatchObject({ state: 'superseded', supersededBy: fresh.number })
    expect(await state(fresh.number)).toMatchObject({ state: 'valid', supersededBy: null })
    const held = await issue()
    await (await city.as('tianyuqing')).call(suspendCertificate, { params: { id: held.id }, body: { reason: '停工整改' } })
    await expect(city.system((ctx) => supersedeCertificate(ctx, { id: held.id, by: fresh }))).rejects.toMatchObject({ code: 'certificates.state_refused', params: { state: 'suspended' } })
  })
  it.each([['withdrawn', withdrawCertificate], ['closed', closeCertificate]] as const)('%s is for good, with its reason', async (to, deed) => {
    const { id, number } = await issue()
    await city.system((ctx) => deed(ctx, { id, reason: '不再经营' }))
    expect(await state(number)).toMatchObject({ state: to })
    for (const other of [withdrawCertificate, closeCertificate]) await expect(city.system((ctx) => other(ctx, { id, reason: '再来' }))).rejects.toMatchObject({ code: 'certificates.state_refused', params: { state: to } })
    expect(await (await city.as('tianyuqing')).refused(revokeCertificate, { params: { id }, body: { reason: '已无可撤' } })).toMatchObject({ code: 'certificates.state_refused' })
  })
  it('the last day counts whole; from midnight in Shanghai everyone is told, and the clock writes it down', async () => {
    const { id, number } = await issue('样例高风险厂', undefined, undefined, undefined, 'high')
    expect(await state(number)).toMatchObject({ state: 'valid', validUntil: '2020-05-24' })
    const counted = async (of: 'valid' | 'expired') => (await (await city.as('tianyuqing')).call(listCertificates, { query: { state: of, q: '样例高风险厂' } })).total
    city.clock.set('2020-05-24T15:59:59Z')
    expect(await state(number)).toMatchObject({ state: 'valid' })
    await city.system((ctx) => expireDue(ctx))
    city.clock.set('2020-05-24T16:00:00Z')
    expect(await state(number)).toMatchObject({ state: 'expired', stateSince: '2020-05-24T16:00:00.000Z' })
    expect([await counted('valid'), await counted('expired')]).toEqual([0, 1])
    expect(await (await city.as('tianyuqing')).refused(suspendCertificate, { params: { id }, body: { reason: '已过期' } })).toMatchObject({ code: 'certificates.state_refused', params: { state: 'expired' } })
    expect(await historyOf(id)).toEqual([['issued', null]])
    await city.system((ctx) => expireDue(ctx))
    await city.system((ctx) => expireDue(ctx))
    expect(await historyOf(id)).toEqual([['issued', null], ['expired', null]])
    expect([await counted('valid'), await counted('expired')]).toEqual([0, 1])
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('only from within one\'s own scope', async () => {
    const { id } = await issue()
    await expect(city.system(async (ctx) => within(ctx, { named: '', person: '', areas: ['520102'], departments: [], enterprises: [] }, (own) => withdrawCertificate(own, { id, reason: '不是我的' })))).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('who may not, and in whose name', () => {
  it('is never a contact of the firm, nor the one who registered it', async () => {
    const { firm: own } = await newFirm(city, 'nanming')
    const { id } = await issue(own.name, '520102', '520102031', own.id)
    await city.system(async (ctx) => addMembership(ctx, await ensureContact(ctx, { phone: '13900000005' }), own.id))
    const both = await city.as('fangzhiping')
    expect((await both.call(getCertificate, { params: { id } })).certificate.can).toEqual([])
    for (const deed of [suspendCertificate, resumeCertificate, revokeCertificate]) expect(await both.refused(deed, { params: { id }, body: { reason: '自己的事' } })).toMatchObject({ status: 403, code: 'session.own_firm' })

    const registrant = await newFirm(city, 'yunyan')
    const theirs = await issue(registrant.firm.name, '520103', '520103022', registrant.firm.id)
    const tian = await city.as('tianyuqing')
    const asSuperuser = await connect(city.database.superuser)
    await asSuperuser.query('update enterprises.enterprises set registered_by = $1 where id = $2', [(await tian.call(getSession)).personId, registrant.firm.id]).finally(() => asSuperuser.end())
    expect(await tian.refused(suspendCertificate, { params: { id: theirs.id }, body: { reason: '自己登记的' } })).toMatchObject({ status: 403, code: 'session.own_firm' })
  })
  it('is the unit that covers the address, also when the grant is lent', async () => {
    const { own, lent } = await lend(city, 'baijingwen', 'tianyuqing')
    const both = await city.as('tianyuqing')
    const [here, there] = [await issue(), await issue('借来的区', '520122', '520122001')]
    for (const [{ id }, unit] of [[here, own], [there, lent]] as const) {
      for (const [deed, event] of [[suspendCertificate, 'suspended'], [resumeCertificate, 'resumed'], [revokeCertificate, 'revoked']] as const) {
        await both.call(deed, { params: { id }, body: { reason: '原因' } })
        expect(await unitOfEvent(city, `certificate.${event}`, id)).toBe(unit)
      }
      const history = await city.system(async ({ db }) => (await db.selectFrom('certificates.history as h').innerJoin('identity.units as u', 'u.id', 'h.unitId').select('u.nameZh').where('h.certificateId', '=', id).execute()).map((row) => row['nameZh'] as string))
      expect(history).toEqual([unit, unit, unit])
    }
  })
})

describe('whose certificates they are', () => {
  it('hides them from foreign districts, firms and departments, and from nobody by a wrong answer', async () => {
    const { id } = await issue('样例金丝雀影院')
    const strangers = [await city.as('fangzhiping'), await city.as('mengqingfan'), await city.as('jinbaocheng'), await city.as('suyiran'), await city.contact('13900000101')]
    for (const stranger of strangers) {
      expect(await stranger.refused(getCertificate, { params: { id } })).toMatchObject({ status: 404, code: 'not_found' })
      for (const query of [{}, { q: '金丝雀' }, { enterprise: cinema.id }, { state: 'valid' as const }]) {
        const page = await stranger.call(listCertificates, { query })
        expect(page.items.filter((item) => item.enterpriseId === cinema.id)).toEqual([])
        if ('q' in query || 'enterprise' in query) expect(page.total).toBe(0)
      }
    }
    expect(await (await city.as('fangzhiping')).refused(suspendCertificate, { params: { id }, body: { reason: '不在本区' } })).toMatchObject({ status: 404 })
  })
  it('are nothing for the anonymous, and no deed for those who only read', async () => {
    const { id } = await issue()
    for (const endpoint of [listCertificates, getCertificate]) expect(await passerBy.refused(endpoint, { params: { id } })).toMatchObject({ status: 401, code: 'session.required' })
    for (const someone of [await firm(), await city.as('wenguangyu'), await city.as('leixiaofeng'), await city.as('luyuanming')]) expect(await someone.refused(revokeCertificate, { params: { id }, body: { reason: '试' } })).toMatchObject({ status: 403, code: 'session.forbidden' })
  })
  it('are found by the firm, its reviewer and the command centre', async () => {
    const { id, number } = await issue()
    for (const someone of [await firm(), await city.as('tianyuqing'), await city.as('gaohongtao')]) {
      const { certificate, url, qrSvg } = await someone.call(getCertificate, { params: { id } })
      expect(certificate).toMatchObject({ id, number, enterpriseId: cinema.id })
      expect(url).toBe(`https://fugong.test/c/${number}`)
      expect(qrSvg).toMatch(/^<svg [^>]*viewBox=/)
      expect(qrSvg).not.toMatch(/script|href/i)
    }
  })
})

describe('the list', () => {
  it('pages through everything once, newest first, and searches by number and name', async () => {
    const mine = await Promise.all(['样例𠮷野一号店', '样例𠮷野二号店', '样例𠮷野三号店'].map((name) => issue(name, '520113', '520113009')))
    const reviewer = await city.as('yaosiyuan')
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await reviewer.call(listCertificates, { query: { limit: 1, cursor } })
      expect(page).toMatchObject({ total: 3, totalIsMore: false })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(mine.map(({ id }) => id).sort().reverse())
    const found = async (q: string) => (await reviewer.call(listCertificates, { query: { q } })).items.map(({ id }) => id)
    expect(await found(mine[1]!.number.toLowerCase())).toEqual([mine[1]!.id])
    expect(await found('𠮷野二')).toEqual([mine[1]!.id])
    expect(await found('野店')).toEqual([])
    expect((await found('𠮷')).length).toBe(3)
    expect((await found(' ')).length).toBe(3)
    for (const odd of ["'", '%', '_', '\\', '<b>', '𠮷'.repeat(30)]) expect(await found(odd)).toHaveLength(0)
  })
  it('refuses filters that are none', async () => {
    const reviewer = await city.as('tianyuqing')
    const cases: [Record<string, string>, string, string][] = [[{ state: 'gone' }, '/state', 'issue.choice'], [{ enterprise: '5' }, '/enterprise', 'issue.id'], [{ limit: '0' }, '/limit', 'issue.too_small'], [{ limit: '201' }, '/limit', 'issue.too_large'], [{ limit: 'many' }, '/limit', 'issue.type'], [{ cursor: 'x' }, '/cursor', 'issue.cursor'], [{ colour: 'red' }, '/colour', 'issue.unknown'], [{ q: '字'.repeat(61) }, '/q', 'issue.too_long'], [{ q: '\u0000' }, '/q', 'issue.text']]
    for (const [query, path, code] of cases) expect((await reviewer.refused(listCertificates, { query })).issues.map((issue) => [issue.path, issue.code])).toEqual([[path, code]])
  })
})
