// What became of a certificate, as the declaration that it came from shows it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { revokeCertificate, suspendCertificate } from '@fugong/contract/certificates'
import { listDeclarations } from '@fugong/contract/declarations'
import { declare, look, newFirm, openFor } from '../../test/declaring.ts'
import { openCity, type City } from '../../test/harness.ts'

let city: City
beforeAll(async () => { city = await openCity() })
afterAll(() => city?.close())

describe('a declaration', () => {
  it('that was filed shows how its certificate stands, in the list and by itself, to firm and office', async () => {
    const { contact, firm } = await newFirm(city, 'wudang')
    const filed = await declare(contact, firm)
    expect(filed.certificate).toEqual({ state: 'valid', since: '2020-02-24T02:00:00.000Z', reason: null })
    const reviewer = await city.as('pengxiulan')
    const states = async () => (await Promise.all([contact, reviewer].map((who) => who.call(listDeclarations, { query: { enterprise: firm.id } })))).map(({ items }) => items.map(({ certificateState }) => certificateState))
    expect(await states()).toEqual([['valid'], ['valid']])
    await reviewer.call(suspendCertificate, { params: { id: filed.certificateId! }, body: { reason: '测温登记造假' } })
    expect(await states()).toEqual([['suspended'], ['suspended']])
    for (const who of [contact, reviewer]) expect(await look(who, filed)).toMatchObject({ state: 'filed', certificate: { state: 'suspended', reason: '测温登记造假' } })
    await reviewer.call(revokeCertificate, { params: { id: filed.certificateId! }, body: { reason: '拒不整改' } })
    expect(await states()).toEqual([['revoked'], ['revoked']])
    await openFor(contact, firm)
    expect((await contact.call(listDeclarations, { query: { enterprise: firm.id } })).items.map(({ state, certificateState }) => [state, certificateState])).toEqual([['draft', null], ['filed', 'revoked']])
  })
})
