// The sample city's fictional staff: seeded with generated passwords, shown with their current codes on the local outbox page.
import { roleNames, type Grant, type listOutbox } from '@fugong/contract/identity'
import type { Bilingual, Returns } from '@fugong/contract/base'
import { elevated, type Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { problem } from '../../base/problem.ts'
import { ensureContact } from './contacts.actions.ts'
import { findCredential, putCredential, putSamplePassword, selectSampleCredentials } from './credentials.store.ts'
import { giveGrant, type GrantWish } from './grants.actions.ts'
import { selectGrants } from './grants.store.ts'
import type { IdentityOptions } from './ports.ts'
import { codeNow, hashPassword, newSamplePassword, newTotpSecret, openTotp, phoneColumns, sealTotp } from './secrets.actions.ts'
import { findByUsername, insertPerson } from './store.ts'
import { findUnitByCode } from './units.store.ts'

interface SamplePerson { username: string; name: Bilingual; role: GrantWish['role'] | 'enterpriseContact'; unit: string | null; areaCode: string | null; phone: string; enterprises?: string[] }
interface SampleFile { people: SamplePerson[]; enterprises: { creditCode: string; name: Bilingual }[] }
const readSample = (city: string) => readData<SampleFile>('data', 'cities', city, 'sample.json')

/** Fictional staff with grants and generated credentials, and contacts by phone; does nothing when the file is unchanged. Firms join contacts to themselves in their own room. */
export async function seedPeople(ctx: Ctx, city: string): Promise<void> {
  const { value, hash } = readSample(city)
  await loadOnce(ctx, `people/${city}`, hash, () => elevated(ctx, async (system) => {
    // Hashed at once and in parallel: one after the other they take most of a first start.
    const fresh = await Promise.all(value.people.filter((one) => one.role !== 'enterpriseContact').map(async (one) => {
      const password = newSamplePassword()
      return { one, password, passwordHash: await hashPassword(password) }
    }))
    for (const { one, password, passwordHash } of fresh) await seedStaff(system, one, password, passwordHash)
    for (const one of value.people) if (one.role === 'enterpriseContact') await ensureContact(system, { phone: one.phone, name: one.name.zh })
  }))
}
async function seedStaff(system: Ctx, one: SamplePerson, password: string, passwordHash: string): Promise<void> {
  const before = await findByUsername(system, one.username)
  const person = before ?? (await insertPerson(system, { name: one.name.zh, username: one.username, ...phoneColumns(system, one.phone) }))
  // Someone tried the sample and took this number meanwhile: the rest of the city is seeded all the same.
  if (!person) return
  if (!(await findCredential(system, person.id))) {
    await putCredential(system, { personId: person.id, passwordHash, totpSealed: sealTotp(system, newTotpSecret()), totpStep: 0 })
    await putSamplePassword(system, person.id, system.sealer.seal('sample password', password))
  }
  const unit = one.unit === null ? undefined : await findUnitByCode(system, one.unit)
  if (!unit || one.areaCode === null || one.role === 'enterpriseContact') throw new Error(`sample.json: ${one.username} names the unit ${one.unit}, which does not exist, or no area`)
  if (!before) await giveGrant(system, person.id, { role: one.role, unitId: unit.id, areaCode: one.areaCode })
}

/** `password` is empty once its owner has changed it. */
export interface SampleSignIn { username: string; name: string; role: Grant['role']; roleName: Bilingual; unitName: Bilingual; password: string; code: string; secondsLeft: number }
/** How the sample's staff sign in just now; empty in any real city. Whoever recovered an account since keeps its password to themselves. */
export async function sampleSignIns(ctx: Ctx): Promise<SampleSignIn[]> {
  return elevated(ctx, async (system) => {
    const rows = await selectSampleCredentials(system)
    const grants = await selectGrants(system, rows.map((row) => row.personId))
    return rows.flatMap((row) => {
      const grant = grants.find((one) => one.personId === row.personId && one.inForce && one.delegatedFrom === null)
      if (!grant) return []
      const password = system.sealer.open('sample password', row.passwordSealed)
      return [{ username: row.username, name: row.name, role: grant.role, roleName: roleNames[grant.role], unitName: { zh: grant.nameZh, en: grant.nameEn }, password, ...codeNow(openTotp(system, row.totpSealed), system.now) }]
    })
  })
}
export async function listOutboxOf(ctx: Ctx, options: IdentityOptions): Promise<Returns<typeof listOutbox>> {
  if (!options.sampleCity) throw problem('not_found')
  const { value } = readSample(options.city)
  const names = new Map(value.enterprises.map((firm) => [firm.creditCode, firm.name.zh]))
  const contacts = value.people.flatMap((one) => (one.enterprises ?? []).map((code) => ({ name: one.name.zh, phone: one.phone, enterprise: names.get(code) ?? code })))
  return { messages: options.messages(), staff: await sampleSignIns(ctx), contacts }
}
