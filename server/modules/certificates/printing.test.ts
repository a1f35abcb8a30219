// Certificates on paper over HTTP: signatures that anyone checks, prints that are counted, batches begun anew without doubles, keys, seals, and who may not.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getCertificate, revokeCertificate, suspendCertificate, verifyCertificate } from '@fugong/contract/certificates'
import { readCode, readQr, signedBytes } from '@fugong/contract/certificates.code'
import { beginPrintBatch, cancelPrintBatch, decideSeal, getPrintBatch, listPrintBatches, listPrints, listSeals, listSigningKeys, printCertificate, revokeSigningKey, rotateSigningKey, sealPicture, takePrint, takePrintBatch, uploadSeal, type PrintBatch } from '@fugong/contract/certificates.print'
import { listUnits } from '@fugong/contract/identity'
import { firmOf } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { newId } from '../../base/ids.ts'
import { listEmergencies } from '@fugong/contract/emergencies'
import { isSignedBy, issueCertificate } from './index.ts'
import { qrText } from './sign.actions.ts'
import { getCertificateRow } from './store.ts'

let city: City
let firm: Someone
let reviewer: Someone
let administrator: Someone
let passerBy: Someone
let emergencyId: string
let enterprise: { id: string; name: string }
let unitId: string
beforeAll(async () => {
  city = await openCity()
  firm = await city.contact('13900000102')
  passerBy = city.anonymous()
  ;[reviewer, administrator] = [await city.as('tianyuqing'), await city.as('luyuanming')]
  enterprise = await firmOf(firm)
  emergencyId = (await firm.call(listEmergencies)).items[0]!.id
  unitId = (await administrator.call(listUnits, { query: {} })).items.find((one) => one.areaCode === '520103' && one.kind === 'districtTaskForce')!.id
})
afterAll(() => city?.close())
const issue = (name = enterprise.name, districtCode = '520103', enterpriseId = enterprise.id) => city.system((ctx) => issueCertificate(ctx, { declarationId: newId(), enterprise: { id: enterpriseId, name }, workplace: { name: '云上影城', address: '样例街 8 号', districtCode, streetCode: `${districtCode}022`, zoneCode: null }, departmentKey: null, plannedDate: '2020-02-26', emergencyId, level: 'low', procedure: 'review', unit: { id: unitId, name: { zh: '云岩区专班', en: 'Yunyan Task Force' } }, sample: true }))
const qrOf = async (id: string) => readQr(await city.system(async (ctx) => { const row = await getCertificateRow(ctx, id); return qrText('https://fugong.test', { ...row, keyId: row.keyId!, signature: row.signature! }) }))!
const check = (number: string, code: string) => passerBy.call(verifyCertificate, { params: { number }, query: { code } })

describe('the signature', () => {
  it('is checked by the public page, and by anyone with the public key alone', async () => {
    const { id, number } = await issue()
    const { code } = await qrOf(id)
    expect(await check(number, code)).toMatchObject({ state: 'valid', signature: 'genuine' })
    const { items } = await passerBy.call(listSigningKeys)
    const read = readCode(code)!
    const key = items.find((one) => one.id === read.keyId)!
    expect(key).toMatchObject({ algorithm: 'Ed25519', state: 'active' })
    expect(isSignedBy(Buffer.from(key.publicKey, 'base64url'), signedBytes(number, read.signed), read.signature)).toBe(true)
    expect(read.facts).toMatchObject({ firm: enterprise.name, workplace: '云上影城', planned: '2020-02-26', level: 'low', procedure: 'review' })
  })
  it('tells a code of another certificate, a changed digit, and a key that is none', async () => {
    const [one, other] = [await issue(), await issue('另一家样例店')]
    const [mine, theirs] = [await qrOf(one.id), await qrOf(other.id)]
    expect(await check(one.number, theirs.code)).toMatchObject({ signature: 'forged' })
    const edited = mine.code.slice(0, -1) + String((Number(mine.code.at(-1)) + 1) % 10)
    expect((await check(one.number, edited)).signature).toBe('forged')
    expect((await check(one.number, '1'.repeat(300))).signature).toBe('forged')
    // The key id are the four bytes behind the version.
    const foreign = (BigInt(mine.code) ^ (1n << BigInt(BigInt(mine.code).toString(2).length - 2 - 15))).toString()
    expect((await check(one.number, foreign)).signature).toBe('unknownKey')
    for (const code of ['', 'x', '-1', '1'.repeat(1501)]) expect((await passerBy.refused(verifyCertificate, { params: { number: one.number }, query: { code } })).issues).toMatchObject([{ path: '/code' }])
  })
  it('outlives a rotation of the key, but not its revocation; what is printed then is signed anew', async () => {
    const before = await issue()
    const old = await qrOf(before.id)
    const fresh = await administrator.call(rotateSigningKey, { body: { reason: '每年更换' } })
    expect(fresh.state).toBe('active')
    expect(await check(before.number, old.code)).toMatchObject({ signature: 'genuine' })
    const after = await issue()
    expect(readCode((await qrOf(after.id)).code)!.keyId).toBe(fresh.id)
    const oldKey = readCode(old.code)!.keyId
    expect(await administrator.refused(revokeSigningKey, { params: { id: fresh.id }, body: { reason: '试' } })).toMatchObject({ status: 409, code: 'certificates.key_state_refused' })
    expect(await administrator.refused(revokeSigningKey, { params: { id: '00000000' }, body: { reason: '试' } })).toMatchObject({ status: 404 })
    await administrator.call(revokeSigningKey, { params: { id: oldKey }, body: { reason: '疑似泄露' } })
    expect(await check(before.number, old.code)).toMatchObject({ signature: 'revokedKey', keyId: oldKey })
    await firm.call(printCertificate, { params: { id: before.id }, body: { layout: 'posterA4' } })
    expect(await check(before.number, (await qrOf(before.id)).code)).toMatchObject({ signature: 'genuine', keyId: fresh.id })
    for (const someone of [reviewer, firm]) expect(await someone.refused(rotateSigningKey, { body: { reason: '试' } })).toMatchObject({ status: 403 })
  })
  it('leaves the private half in no answer, event or log', async () => {
    const { rows } = await city.system(async ({ db }) => ({ rows: await db.selectFrom('certificates.keys').selectAll().execute() }))
    expect(rows.length).toBeGreaterThan(0)
    const events = JSON.stringify(await city.system(async ({ db }) => db.selectFrom('base.events').selectAll().execute()))
    for (const row of rows) {
      const opened = city.system_.services.sealer.open('certificate signing key', row['privateSealed'] as Buffer)
      for (const place of [events, city.log.join('\n'), JSON.stringify(await passerBy.call(listSigningKeys))]) expect(place).not.toContain(opened)
    }
  })
})

describe('a print', () => {
  it('is counted over all layouts, says its number, and taken again is the same', async () => {
    const { id } = await issue('样例䶮影院')
    const made = [await firm.call(printCertificate, { params: { id }, body: { layout: 'certificate' } }), await reviewer.call(printCertificate, { params: { id }, body: { layout: 'posterA3' } })]
    expect(made.map(({ no }) => no)).toEqual([1, 2])
    for (const print of [made[0]!, made[0]!]) {
      const pdf = (await firm.call(takePrint, { params: { id: print.id } })) as unknown as Buffer
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    }
    const { items } = await firm.call(listPrints, { params: { id } })
    expect(items.map(({ no, layout }) => [no, layout])).toEqual([[2, 'posterA3'], [1, 'certificate']])
    expect((await firm.call(getCertificate, { params: { id } })).prints).toBe(2)
  })
  it('two at once have two numbers', async () => {
    const { id } = await issue()
    const both = await Promise.all([1, 2, 3].map(() => firm.call(printCertificate, { params: { id }, body: { layout: 'posterA4' } })))
    expect(both.map(({ no }) => no).sort()).toEqual([1, 2, 3])
  })
  it('is refused for what does not hold, also a file asked for later', async () => {
    const { id } = await issue()
    const made = await firm.call(printCertificate, { params: { id }, body: { layout: 'certificate' } })
    await reviewer.call(suspendCertificate, { params: { id }, body: { reason: '停工' } })
    expect(await firm.refused(printCertificate, { params: { id }, body: { layout: 'certificate' } })).toMatchObject({ status: 409, code: 'certificates.print_refused', params: { state: 'suspended' } })
    expect(await firm.refused(takePrint, { params: { id: made.id } })).toMatchObject({ status: 409, code: 'certificates.print_refused' })
  })
  it('is for the firm itself and its offices: nobody else finds certificate, prints or file', async () => {
    const { id } = await issue()
    const made = await firm.call(printCertificate, { params: { id }, body: { layout: 'certificate' } })
    for (const stranger of [await city.contact('13900000101'), await city.as('fangzhiping')]) {
      expect(await stranger.refused(printCertificate, { params: { id }, body: { layout: 'certificate' } })).toMatchObject({ status: 404 })
      expect(await stranger.refused(listPrints, { params: { id } })).toMatchObject({ status: 404 })
      expect(await stranger.refused(takePrint, { params: { id: made.id } })).toMatchObject({ status: 404 })
    }
    for (const endpoint of [printCertificate, takePrint, listPrintBatches, listSeals]) expect(await passerBy.refused(endpoint, { params: { id }, body: { layout: 'certificate' } })).toMatchObject({ status: 401 })
    for (const someone of [firm, administrator]) expect(await someone.refused(listPrintBatches)).toMatchObject({ status: 403 })
  })
})

describe('a batch', () => {
  const done = async (who: Someone, id: string): Promise<PrintBatch> => { await city.work(); return who.call(getPrintBatch, { params: { id } }) }
  it('prints the chosen ones that hold, once each, and lies ready until it expires', async () => {
    const made = [await issue(), await issue(), await issue(), await issue('外区', '520122')]
    await reviewer.call(revokeCertificate, { params: { id: made[2]!.id }, body: { reason: '不实' } })
    const batch = await reviewer.call(beginPrintBatch, { body: { layout: 'posterA4', ids: made.map(({ id }) => id), filter: {} } })
    expect(batch).toMatchObject({ state: 'queued', can: ['cancel'] })
    expect(await done(reviewer, batch.id)).toMatchObject({ state: 'ready', expected: 2, done: 2, can: ['take', 'cancel'] })
    const pdf = (await reviewer.call(takePrintBatch, { params: { id: batch.id } })) as unknown as Buffer
    expect([pdf.subarray(0, 5).toString(), pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length]).toEqual(['%PDF-', 2])
    expect((await reviewer.call(listPrints, { params: { id: made[0]!.id } })).items).toMatchObject([{ no: 1, batch: batch.number, by: '田雨晴' }])
    expect((await firm.call(listPrints, { params: { id: made[0]!.id } })).items).toMatchObject([{ no: 1, by: null }])
    const commander = await city.as('gaohongtao')
    expect(await commander.refused(takePrintBatch, { params: { id: batch.id } })).toMatchObject({ status: 404 })
    city.clock.set('2020-02-27T02:00:01Z')
    const later = await city.as('tianyuqing')
    expect(await later.call(getPrintBatch, { params: { id: batch.id } })).toMatchObject({ state: 'expired', can: [] })
    await city.system((ctx) => city.system_.house.jobs.find(({ name }) => name === 'certificates.sweep')!.run(ctx, null))
    expect(await later.refused(takePrintBatch, { params: { id: batch.id } })).toMatchObject({ status: 409, code: 'certificates.batch_state_refused', params: { state: 'expired' } })
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('killed midway is begun anew with the same prints', async () => {
    const made = [await issue('断电样例厂'), await issue('断电样例厂')]
    const batch = await reviewer.call(beginPrintBatch, { body: { layout: 'certificate', filter: { q: '断电样例' } } })
    const job = city.system_.house.jobs.find(({ name }) => name === 'certificates.print')!
    const dying = new AbortController()
    dying.abort()
    await expect(job.before!(city.system, { id: batch.id }, dying.signal)).rejects.toThrow('stopping')
    expect((await reviewer.call(listPrints, { params: { id: made[0]!.id } })).items).toHaveLength(1)
    expect(readdirSync(join(city.config.dataDir, 'prints')).length).toBeLessThanOrEqual(1)
    await job.before!(city.system, { id: batch.id }, new AbortController().signal)
    expect(await reviewer.call(getPrintBatch, { params: { id: batch.id } })).toMatchObject({ state: 'ready', expected: 2, done: 2 })
    for (const { id } of made) expect((await reviewer.call(listPrints, { params: { id } })).items.map(({ no }) => no)).toEqual([1])
    await city.work()
  })
  it('cancelled leaves nothing, and its job finds nothing to do', async () => {
    for (const n of [1, 2, 3]) await issue(`取消样例${n}`)
    const job = city.system_.house.jobs.find(({ name }) => name === 'certificates.print')!
    const batch = await reviewer.call(beginPrintBatch, { body: { layout: 'certificate', filter: { q: '取消样例' } } })
    await city.work()
    expect(await reviewer.call(getPrintBatch, { params: { id: batch.id } })).toMatchObject({ state: 'ready', expected: 3 })
    expect(await reviewer.call(cancelPrintBatch, { params: { id: batch.id }, body: {} })).toMatchObject({ state: 'cancelled', can: [] })
    await city.work()
    await job.before!(city.system, { id: batch.id }, new AbortController().signal)
    expect(await reviewer.call(getPrintBatch, { params: { id: batch.id } })).toMatchObject({ state: 'cancelled' })
    expect(await reviewer.refused(cancelPrintBatch, { params: { id: batch.id }, body: {} })).toMatchObject({ status: 409 })
  })
  it('of nothing says so, and a third one waits', async () => {
    const empty = await reviewer.call(beginPrintBatch, { body: { layout: 'certificate', filter: { state: 'revoked' } } })
    expect(await done(reviewer, empty.id)).toMatchObject({ state: 'failed', failure: 'none' })
    const two = [await reviewer.call(beginPrintBatch, { body: { layout: 'certificate', filter: { q: '无此厂' } } }), await reviewer.call(beginPrintBatch, { body: { layout: 'certificate', filter: { q: '无此厂' } } })]
    expect(await reviewer.refused(beginPrintBatch, { body: { layout: 'certificate', filter: {} } })).toMatchObject({ status: 409, code: 'certificates.batch_running', params: { count: 2 } })
    expect((await done(reviewer, two[1]!.id)).failure).toBe('none')
    const cases: [unknown, string][] = [[{ layout: 'a5', filter: {} }, '/layout'], [{ layout: 'certificate' }, '/filter'], [{ layout: 'certificate', filter: {}, ids: ['5'] }, '/ids/0'], [{ layout: 'certificate', filter: {}, ids: [] }, '/ids'], [{ layout: 'certificate', filter: { district: '520103' } }, '/filter/district']]
    for (const [body, path] of cases) expect((await reviewer.refused(beginPrintBatch, { body })).issues.map((issue) => issue.path)).toEqual([path])
  })
})

describe('the seal of a unit', () => {
  const png = () => sharp({ create: { width: 900, height: 900, channels: 4, background: '#c8161d' } }).png().toBuffer()
  it('is proposed by one administrator and confirmed by another, from a day on', async () => {
    const proposed = await administrator.upload(uploadSeal, { name: 'seal.png', content: await png(), type: 'image/png' }, { unit: unitId, from: '2020-02-24' })
    expect(proposed).toMatchObject({ state: 'proposed', inForce: false, can: [] })
    expect(await administrator.refused(decideSeal, { params: { id: proposed.id }, body: { confirm: true, reason: '自己确认' } })).toMatchObject({ status: 403, code: 'certificates.seal_second_person' })
    const picture = (await administrator.call(sealPicture, { params: { id: proposed.id } })) as unknown as Buffer
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 700, height: 700 })
    const second = await city.as('shenruohan')
    expect((await second.call(listSeals)).items[0]).toMatchObject({ can: ['decide'] })
    expect(await second.call(decideSeal, { params: { id: proposed.id }, body: { confirm: true, reason: '核对无误' } })).toMatchObject({ state: 'confirmed', inForce: true })
    expect((await administrator.call(listSeals)).items[0]).toMatchObject({ state: 'confirmed', inForce: true, reason: '核对无误' })
    expect(await administrator.refused(decideSeal, { params: { id: proposed.id }, body: { confirm: false, reason: '晚了' } })).toMatchObject({ status: 409, code: 'certificates.seal_decided' })
    const { id } = await issue()
    const print = await firm.call(printCertificate, { params: { id }, body: { layout: 'certificate' } })
    expect(((await firm.call(takePrint, { params: { id: print.id } })) as unknown as Buffer).toString('latin1')).toContain('/Subtype /Image')
  })
  it.each([['text.png', Buffer.from('no picture'), 'files.type_refused'], ['cut.png', Buffer.from('89504e470d0a1a0a', 'hex'), 'files.type_refused'], ['empty.png', Buffer.alloc(0), 'files.empty'], ['svg.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'files.type_refused']])('refuses %s', async (name, content, code) => {
    await expect(administrator.upload(uploadSeal, { name, content, type: 'image/png' }, { unit: unitId, from: '2020-02-24' })).rejects.toMatchObject({ code })
  })
  it('neither begins yesterday nor belongs to no unit, and is for administrators', async () => {
    const content = await png()
    await expect(administrator.upload(uploadSeal, { name: 'a.png', content }, { unit: unitId, from: '2020-02-23' })).rejects.toMatchObject({ code: 'certificates.seal_backdated' })
    await expect(administrator.upload(uploadSeal, { name: 'a.png', content }, { unit: newId(), from: '2020-02-24' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(reviewer.upload(uploadSeal, { name: 'a.png', content }, { unit: unitId, from: '2020-02-24' })).rejects.toMatchObject({ code: 'session.forbidden' })
  })
})
