// Contacts of firms: people known by their phone, and the firms they act for.
import { elevated, type Ctx } from '../../base/context.ts'
import { maskPhone } from '../../base/crypto.ts'
import { problem } from '../../base/problem.ts'
import { indexPhone, indexTail, openPhone, phoneColumns } from './secrets.actions.ts'
import { findByPhone, insertMembership, insertPerson, markMembershipEnded, selectContactsOf, selectEnterprisesByTail, selectEnterprisesOf, selectMembers, selectPeople, selectSealedContacts, selectTailless, updatePerson } from './store.ts'

/** Most contacts one firm has at a time. */
const MOST_CONTACTS = 20

/** The person with this phone, made when there is none; a person who gave no name so far takes the one given. Answers the person's id. */
export async function ensureContact(ctx: Ctx, { phone, name }: { phone: string; name?: string }): Promise<string> {
  return elevated(ctx, async (system) => {
    const phoneIndex = indexPhone(system, phone)
    const before = await findByPhone(system, phoneIndex)
    if (before) {
      if (name && before.name === before.phoneMasked) await updatePerson(system, before.id, { name })
      return before.id
    }
    const added = await insertPerson(system, { name: name ?? maskPhone(phone), username: null, ...phoneColumns(system, phone) })
    // Another request made the same person while this one waited for its commit.
    if (!added) return (await findByPhone(system, phoneIndex))!.id
    system.announce('person.created', { kind: 'person', id: added.id }, { staff: false })
    return added.id
  })
}
/** Makes a person a contact of a firm under their own name: whoever registers it, and sample data. Doing it twice does no harm. */
export async function addMembership(ctx: Ctx, personId: string, enterpriseId: string): Promise<void> {
  await elevated(ctx, async (system) => {
    const [person] = await selectPeople(system, [personId])
    await insertMembership(system, { personId, enterpriseId, name: person!.name })
  })
  if (personId === ctx.actor.personId) ctx.forgetActor()
}
/**
 * Makes whoever has a phone a contact of a firm, under the name its people gave; the caller has checked that the firm is
 * theirs to decide for. The person's own name is theirs to give at their first sign-in and is not told. `refused` for the
 * phone of an official: nobody else may make a firm theirs, which would bar them from deciding on it. `full` at 20 contacts.
 */
export async function enrolContact(ctx: Ctx, enterpriseId: string, { phone, name }: { phone: string; name: string }): Promise<{ personId: string; added: boolean } | 'refused' | 'full'> {
  return elevated(ctx, async (system) => {
    const person = await findByPhone(system, indexPhone(system, phone))
    if (person && person.id !== ctx.actor.personId && (person.username !== null || !person.active)) return 'refused'
    // Two who add at once do so one after the other: the second reads anew after the wait.
    await selectMembers(system, enterpriseId, true)
    const members = await selectMembers(system, enterpriseId)
    if (person && members.some((member) => member.personId === person.id)) return { personId: person.id, added: false }
    if (members.length >= MOST_CONTACTS) return 'full'
    const personId = await ensureContact(system, { phone })
    await insertMembership(system, { personId, enterpriseId, name })
    return { personId, added: true }
  })
}
/** Ends a contact; throws `identity.not_a_member` or `identity.last_contact`. The caller has checked that the firm is theirs to decide for. */
export async function endMembership(ctx: Ctx, personId: string, enterpriseId: string): Promise<void> {
  await elevated(ctx, async (system) => {
    const members = await selectMembers(system, enterpriseId, true)
    const own = members.find((member) => member.personId === personId)
    if (!own) throw problem('identity.not_a_member')
    if (members.length === 1) throw problem('identity.last_contact')
    await markMembershipEnded(system, own.id)
  })
  if (personId === ctx.actor.personId) ctx.forgetActor()
}
/** Contacts of a firm that the caller may see (checked by the caller), under the names the firm knows them by, phones masked. */
export async function listMembers(ctx: Ctx, enterpriseId: string): Promise<{ personId: string; name: string; phoneMasked: string; since: string }[]> {
  return elevated(ctx, async (system) => {
    const members = await selectMembers(system, enterpriseId)
    const people = new Map((await selectPeople(system, members.map((member) => member.personId))).map((person) => [person.id, person]))
    return members.map(({ personId, name, since }) => ({ personId, name, phoneMasked: people.get(personId)!.phoneMasked ?? '', since }))
  })
}
export function enterprisesOfPerson(ctx: Ctx, personId: string): Promise<string[]> {
  return elevated(ctx, (system) => selectEnterprisesOf(system, personId))
}
/** Firms with a contact whose phone ends in these four digits, at most `limit`; the caller holds them against their own scope. */
export function firmsByPhoneTail(ctx: Ctx, tail: string, limit: number): Promise<string[]> {
  return elevated(ctx, (system) => selectEnterprisesByTail(system, indexTail(system, tail), limit))
}
/** Contacts of firms that the caller may see (checked by the caller): who receives what is told to a firm. */
export function contactsOfFirms(ctx: Ctx, enterpriseIds: readonly string[]): Promise<{ enterpriseId: string; personId: string }[]> {
  return elevated(ctx, (system) => selectContactsOf(system, enterpriseIds))
}
/** A person's phone in clear, for sending and nothing else; runs as the system. */
export async function phoneOf(system: Ctx, personId: string): Promise<string | undefined> {
  const sealed = (await selectPeople(system, [personId]))[0]?.phoneSealed
  return sealed ? openPhone(system, sealed) : undefined
}
/** Indexes the last digits of phones that were stored before there was such an index; runs as the system. */
export async function indexTails(system: Ctx): Promise<void> {
  for (const { id, phoneSealed } of await selectTailless(system)) await updatePerson(system, id, { phoneTail: indexTail(system, openPhone(system, phoneSealed!).slice(-4)) })
}
/** Names of people by id, for screens that say who did something; ids nobody has are left out. */
export async function personNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const people = await elevated(ctx, (system) => selectPeople(system, ids))
  return new Map(people.map((person) => [person.id, person.name]))
}
/** A person's phone as their own screen shows it; null when there is none. */
export async function phoneMasked(ctx: Ctx, personId: string): Promise<string | null> {
  return (await elevated(ctx, (system) => selectPeople(system, [personId])))[0]?.phoneMasked ?? null
}
/** Of these people those who have not been deactivated. */
export async function activePeople(ctx: Ctx, ids: readonly string[]): Promise<string[]> {
  return (await elevated(ctx, (system) => selectPeople(system, ids))).filter((person) => person.active).map((person) => person.id)
}
/** Names and whole phones of the contacts of firms, for an export that a second person agreed to; the caller has checked both. Longest first. */
export async function openContactsOf(ctx: Ctx, enterpriseIds: readonly string[]): Promise<Map<string, { name: string; phone: string }[]>> {
  return elevated(ctx, async (system) => {
    const found = new Map<string, { name: string; phone: string }[]>()
    for (const { enterpriseId, name, phoneSealed } of await selectSealedContacts(system, enterpriseIds)) {
      found.set(enterpriseId, [...(found.get(enterpriseId) ?? []), { name, phone: phoneSealed ? openPhone(system, phoneSealed) : '' }])
    }
    return found
  })
}
