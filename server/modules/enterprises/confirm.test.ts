// Confirming a credit code over HTTP: never by the firm's own people, and in the name of the unit that covers it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addWorkplace, confirmCreditCode, getEnterprise, registerEnterprise, type Enterprise } from '@fugong/contract/enterprises'
import { lend, unitOfEvent } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { addMembership, ensureContact } from '../identity/index.ts'

let city: City
let contact: Someone
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  contact = await city.contact('13700000901', '新联络员')
})
afterAll(() => city?.close())

const body = { reason: '已查看营业执照原件' }
const places = { yunyan: { districtCode: '520103', streetCode: '520103022' }, nanming: { districtCode: '520102', streetCode: '520102031' } }
/** A firm whose code fails its check digit; seventeen characters with a right organisation code are given, the eighteenth is wrong. */
function pending(creditCode: string, at: keyof typeof places): Promise<Enterprise> {
  return contact.call(registerEnterprise, { body: { creditCode, creditCodeReason: '执照上即为此码', name: `待核${creditCode.slice(-4)}`, industryCode: '6513', class: 'general', workplace: { name: '总部', scene: 'office', address: '样例街 1 号', ...places[at] } } })
}

it('refuses a reviewer who is a contact of the firm', async () => {
  const { id } = await pending('91350203M0001QAY9B', 'yunyan')
  await city.system(async (ctx) => addMembership(ctx, await ensureContact(ctx, { phone: '13900000004' }), id))
  const both = await city.as('tianyuqing')
  expect((await both.call(getEnterprise, { params: { id } })).can).not.toContain('confirmCreditCode')
  expect(await both.refused(confirmCreditCode, { params: { id }, body })).toMatchObject({ status: 403, code: 'session.own_firm' })
  expect(await contact.call(getEnterprise, { params: { id } })).toMatchObject({ codeState: 'pending', codeConfirmedBy: null })
})

it('names the unit of the firm’s own place, else of a workplace, also when the grant is lent', async () => {
  const { own, lent } = await lend(city, 'fangzhiping', 'luochengxi')
  expect([own, lent]).toEqual(['花溪区复工复产工作专班', '南明区复工复产工作专班'])
  const both = await city.as('luochengxi')
  const there = await pending('91350203M0001QAY9C', 'nanming')
  await both.call(confirmCreditCode, { params: { id: there.id }, body })
  expect(await unitOfEvent(city, 'enterprise.code_confirmed', there.id)).toBe(lent)
  expect((await contact.call(getEnterprise, { params: { id: there.id } })).codeConfirmedBy).toMatchObject({ zh: lent })
  // Registered in 云岩, which neither grant covers, and seen through its second workplace in 南明.
  const elsewhere = await pending('91350203M0001QAY9D', 'yunyan')
  await contact.call(addWorkplace, { params: { id: elsewhere.id }, body: { name: '二号', scene: 'office', address: '样例街 2 号', ...places.nanming } })
  await both.call(confirmCreditCode, { params: { id: elsewhere.id }, body })
  expect(await unitOfEvent(city, 'enterprise.code_confirmed', elsewhere.id)).toBe(lent)
})
