// Which emergency a declaration falls under when several are open: never the firm's own choice.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { beginEmergency, endEmergency, listEmergencies } from '@fugong/contract/emergencies'
import { openDeclaration } from '@fugong/contract/declarations'
import { chooseEmergency } from '@fugong/contract/identity'
import { newFirm, openFor } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'

let city: City
let commander: Someone
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  commander = await city.as('gaohongtao')
})
afterAll(() => city?.close())

const flood = { pack: 'flood', name: { zh: '汛后复工', en: 'After the flood' }, areaCode: '520100', documentNo: '样例〔2020〕9号', begunAt: '2020-02-23T00:00:00+08:00' }
const end = (who: Someone, id: string) => who.call(endEmergency, { params: { id }, body: { documentNo: '样例〔2020〕10号', note: '结束' } })

it('is the oldest with form and table in force, whatever the firm chose', async () => {
  const epidemic = (await city.anonymous().call(listEmergencies)).items[0]!
  const begun = await commander.call(beginEmergency, { body: flood })
  // The flood's forms and table take effect in June: until then it brings nothing to declare by.
  const { contact, phone, firm } = await newFirm(city, 'wudang')
  expect(firm.department).toBe('industry')
  await contact.call(chooseEmergency, { body: { emergencyId: begun.id } })
  expect(await openFor(await city.contact(phone), firm)).toMatchObject({ emergencyId: epidemic.id, state: 'draft' })

  city.clock.set('2020-06-02T02:00:00Z')
  commander = await city.as('gaohongtao')
  const summer = await newFirm(city, 'yunyan')
  await summer.contact.call(chooseEmergency, { body: { emergencyId: begun.id } })
  expect(await openFor(summer.contact, summer.firm)).toMatchObject({ emergencyId: epidemic.id })

  await end(commander, epidemic.id)
  const after = await newFirm(city, 'kaiyang')
  expect(await openFor(after.contact, after.firm)).toMatchObject({ emergencyId: begun.id })
  await end(commander, begun.id)
  const late = await newFirm(city, 'nanming')
  expect((await late.contact.refused(openDeclaration, { body: { enterpriseId: late.firm.id, workplaceId: late.firm.workplaces[0]!.id } })).code).toBe('emergencies.none_open')
})
it('that brings nothing yet opens nothing', async () => {
  city.clock.set('2020-05-01T02:00:00Z')
  await (await city.as('gaohongtao')).call(beginEmergency, { body: flood })
  const { contact, firm } = await newFirm(city, 'guanshanhu')
  expect(await contact.refused(openDeclaration, { body: { enterpriseId: firm.id, workplaceId: firm.workplaces[0]!.id } })).toMatchObject({ status: 404, code: 'forms.none_in_force' })
})
