// The fictional firms of the sample city, with their workplaces and contacts.
import type { Bilingual } from '@fugong/contract/base'
import type { EnterpriseClass, Scene } from '@fugong/contract/enterprises'
import type { Static } from 'typebox'
import type { Ctx } from '../../base/context.ts'
import { readData } from '../../base/data.ts'
import { addMembership, ensureContact } from '../identity/index.ts'
import { createFirm } from './actions.ts'
import { addFurtherWorkplace, newWorkplace } from './places.actions.ts'
import { sampleRegister } from './sample-register.actions.ts'
import { findByCreditCode } from './store.ts'

interface SampleFile {
  people: { username: string; name: Bilingual; phone: string }[]
  enterprises: {
    creditCode: string; name: Bilingual; industry: string; class: Static<typeof EnterpriseClass>; contacts: string[]
    workplaces: { name: Bilingual; scene: Scene; district: string; street: string; zone: string | null; address: Bilingual }[]
  }[]
}
/** Adds the firms of `data/cities/<city>/sample.json` that are not there yet; contacts are people known by their phone. Runs as the system. */
export async function seedEnterprises(ctx: Ctx, city: string): Promise<void> {
  const { value } = readData<SampleFile>('data', 'cities', city, 'sample.json')
  const register = sampleRegister(city)
  const people = new Map(value.people.map((person) => [person.username, person]))
  for (const firm of value.enterprises) {
    if (await findByCreditCode(ctx, firm.creditCode)) continue
    const contacts: string[] = []
    for (const username of firm.contacts) {
      const person = people.get(username)
      if (!person) throw new Error(`Sample data: ${firm.creditCode} names a contact ${username} who is not among the people`)
      contacts.push(await ensureContact(ctx, { phone: person.phone, name: person.name.zh }))
    }
    const [first, ...others] = firm.workplaces.map((place) => ({ name: place.name.zh, scene: place.scene, districtCode: place.district, streetCode: place.street, zoneCode: place.zone, address: place.address.zh }))
    const [registeredBy] = contacts
    if (!first || !registeredBy) throw new Error(`Sample data: ${firm.creditCode} has no workplace or no contact`)
    const id = await createFirm(ctx, { creditCode: firm.creditCode, name: register.nameAtFirst(firm.creditCode) ?? firm.name.zh, industryCode: firm.industry, class: firm.class, workplace: first }, { registeredBy, sample: true, since: register.since })
    if (!id) continue
    for (const place of others) {
      const row = (await findByCreditCode(ctx, firm.creditCode))!
      await addFurtherWorkplace(ctx, row, newWorkplace(ctx, id, place, row.department, register.since))
    }
    for (const personId of contacts) await addMembership(ctx, personId, id)
    await register.fill(ctx, firm.creditCode, firm.name.zh)
  }
  await register.connect(ctx)
}
