// Use cases of staff accounts: create with a one-time link, take the link up, recover by two administrators, the first administrator, recovery at the machine.
import type { acceptInvitation, cancelRecovery, confirmRecovery, createPerson, Invitation, InvitationLink, Person, readInvitation, requestRecovery, Session } from '@fugong/contract/identity'
import type { Input } from '@fugong/contract/base'
import type { Static } from 'typebox'
import { elevated, type Ctx } from '../../base/context.ts'
import { newSecret, sha256 } from '../../base/crypto.ts'
import { problem, refusedAndKept } from '../../base/problem.ts'
import { beginSession } from './actor.actions.ts'
import { closeRecovery, countTryOfInvitation, insertInvitation, insertRecovery, lockInvitation, markInvitationUsed, putCredential, selectOpenRecoveries, type InvitationRow } from './credentials.store.ts'
import { checkGrantFor, giveGrant } from './grants.actions.ts'
import { countStandingAdministrators, lockAdministrators, selectAdministrators } from './grants.store.ts'
import { getStaff, personOf } from './person-view.actions.ts'
import type { IdentityOptions } from './ports.ts'
import { countAsTwo, INVITATION_MS, INVITATION_TRIES, isWeak } from './rules.ts'
import { hashPassword, newTotpSecret, noPhone, openTotp, sealTotp, stepOfCode, totpEnrolment } from './secrets.actions.ts'
import { revokeSessionsOf } from './sessions.store.ts'
import { findByUsername, insertPerson } from './store.ts'
import { findUnitFor } from './units.store.ts'

type Link = Static<typeof InvitationLink>

export async function createPersonOf(ctx: Ctx, { body }: Input<typeof createPerson>, options: IdentityOptions): Promise<Link> {
  const { name, username, ...wish } = body
  const { id, invited } = await elevated(ctx, async (system) => {
    await checkGrantFor(system, wish)
    const person = await insertPerson(system, { name: name.trim(), username, ...noPhone })
    if (!person) throw problem('identity.username_taken', { username })
    system.announce('person.created', { kind: 'person', id: person.id }, { staff: true })
    await giveGrant(system, person.id, wish)
    return { id: person.id, invited: await invite(system, person.id, 'first', options.publicUrl) }
  })
  return { person: await personOf(ctx, id), ...invited }
}
/** A one-time link. The secret stands behind the `#`, which browsers send to no server and no log. */
async function invite(system: Ctx, personId: string, purpose: InvitationRow['purpose'], publicUrl: string): Promise<{ link: string; expiresAt: string }> {
  const token = newSecret()
  const expiresAt = new Date(system.now.getTime() + INVITATION_MS)
  await insertInvitation(system, { tokenHash: sha256(token), personId, purpose, totpSealed: sealTotp(system, newTotpSecret()), expiresAt })
  return { link: `${publicUrl}/invitation#${token}`, expiresAt: expiresAt.toISOString() }
}

// ── taking up a link ────────────────────────────────────────────────────────
export async function readInvitationOf(ctx: Ctx, { body }: Input<typeof readInvitation>): Promise<Static<typeof Invitation>> {
  return elevated(ctx, async (system) => {
    const { invitation, person } = await openInvitation(system, body.token)
    const totpSecret = openTotp(system, invitation.totpSealed)
    return { name: person.name, username: person.username, totpSecret, ...(await totpEnrolment(totpSecret, person.username)) }
  })
}
/** Sets password and one-time codes; what the person had before, sessions too, ends here and not when the link was made. */
export async function acceptInvitationOf(ctx: Ctx, { body }: Input<typeof acceptInvitation>, options: IdentityOptions): Promise<Session> {
  const personId = await elevated(ctx, async (system) => {
    const { invitation, person } = await openInvitation(system, body.token)
    if (isWeak(body.password, person.username)) throw problem('identity.weak_password')
    const step = stepOfCode(openTotp(system, invitation.totpSealed), body.code, system.now)
    if (step === undefined) {
      await countTryOfInvitation(system, invitation.id)
      throw refusedAndKept('identity.code_wrong')
    }
    await putCredential(system, { personId: person.id, passwordHash: await hashPassword(body.password), totpSealed: invitation.totpSealed, totpStep: step })
    await markInvitationUsed(system, invitation.id)
    for (const id of await revokeSessionsOf(system, person.id)) system.announce('session.ended', { kind: 'session', id }, { reason: 'revoked' })
    return person.id
  })
  ctx.announce('person.invitation_accepted', { kind: 'person', id: personId }, {})
  return beginSession(ctx, personId, 'invitation', options)
}
async function openInvitation(system: Ctx, token: string) {
  const invitation = await lockInvitation(system, sha256(token))
  if (!invitation || invitation.tries >= INVITATION_TRIES) throw problem('identity.invitation_invalid')
  const person = await getStaff(system, invitation.personId)
  if (!person.active) throw problem('identity.invitation_invalid')
  return { invitation, person }
}

// ── recovery ────────────────────────────────────────────────────────────────
export async function requestRecoveryOf(ctx: Ctx, { params, body }: Input<typeof requestRecovery>): Promise<Person> {
  await elevated(ctx, async (system) => {
    const person = await getStaff(system, params.id)
    if (!person.active) throw problem('not_found')
    if (person.id === ctx.actor.personId) throw problem('identity.second_person_needed')
    if ((await selectOpenRecoveries(system, [person.id])).length) throw problem('identity.recovery_open')
    await insertRecovery(system, person.id, ctx.actor.personId!, body.reason)
  })
  ctx.announce('person.recovery_requested', { kind: 'person', id: params.id }, { reason: body.reason })
  return personOf(ctx, params.id)
}
/** The second administrator: neither the one who asked nor the person concerned, nor made by the one who asked. */
export async function confirmRecoveryOf(ctx: Ctx, { params }: Input<typeof confirmRecovery>, options: IdentityOptions): Promise<Link> {
  const invited = await elevated(ctx, async (system) => {
    const recovery = await openRecovery(system, params.id)
    if (recovery.requestedBy === ctx.actor.personId || params.id === ctx.actor.personId) throw problem('identity.second_person_needed')
    if (!countAsTwo(recovery.requestedBy, ctx.actor.personId!, await selectAdministrators(system), system.now)) throw problem('identity.second_person_needed')
    if (!(await closeRecovery(system, recovery.id, ctx.actor.personId))) throw problem('not_found')
    return invite(system, params.id, 'recovery', options.publicUrl)
  })
  ctx.announce('person.recovery_confirmed', { kind: 'person', id: params.id }, {})
  return { person: await personOf(ctx, params.id), ...invited }
}
export async function cancelRecoveryOf(ctx: Ctx, { params }: Input<typeof cancelRecovery>): Promise<Person> {
  await elevated(ctx, async (system) => {
    if (!(await closeRecovery(system, (await openRecovery(system, params.id)).id, null))) throw problem('not_found')
  })
  ctx.announce('person.recovery_cancelled', { kind: 'person', id: params.id }, {})
  return personOf(ctx, params.id)
}
async function openRecovery(system: Ctx, personId: string) {
  const [recovery] = await selectOpenRecoveries(system, [(await getStaff(system, personId)).id])
  if (!recovery) throw problem('not_found')
  return recovery
}

// ── the first administrator ─────────────────────────────────────────────────
/**
 * Makes the account of the first administrator, in the city's big-data unit, and answers its one-time link.
 * Refused once an administrator can sign in; until then a lost or expired link is replaced by calling it again.
 */
export async function createFirstAdministrator(ctx: Ctx, { name, username, city, publicUrl }: { name: string; username: string; city: string; publicUrl: string }): Promise<{ link: string }> {
  return elevated(ctx, async (system) => {
    await lockAdministrators(system)
    if ((await countStandingAdministrators(system, system.now)) > 0) throw new Error('已有管理员，请由其在控制台添加 / There is an administrator already, who can add others in the console')
    if (!/^[a-z0-9][a-z0-9.-]{1,38}[a-z0-9]$/.test(username)) throw new Error('用户名为 3–40 位小写字母、数字、点或连字符 / A username has 3–40 lower-case letters, digits, dots or hyphens')
    const unit = await findUnitFor(system, 'department', city, 'bigdata')
    if (!unit) throw new Error(`城市 ${city} 没有大数据主管单位 / The city ${city} has no big-data unit in data/cities/${city}/units.json`)
    const before = await findByUsername(system, username)
    const person = before ?? (await insertPerson(system, { name: name.trim(), username, ...noPhone }))!
    if (!before) system.announce('person.created', { kind: 'person', id: person.id }, { staff: true })
    if (!(await personOf(system, person.id)).grants.some((grant) => grant.role === 'administrator' && grant.inForce)) {
      await giveGrant(system, person.id, { role: 'administrator', unitId: unit.id, areaCode: city })
    }
    return { link: (await invite(system, person.id, 'first', publicUrl)).link }
  })
}
/**
 * A recovery link for an administrator whom no second administrator can help, asked for at the machine itself. As after a
 * confirmed recovery, what they had works until the link is taken up; a request that was open is closed.
 */
export async function recoverAtMachine(ctx: Ctx, { username, publicUrl }: { username: string; publicUrl: string }): Promise<{ link: string }> {
  return elevated(ctx, async (system) => {
    await lockAdministrators(system)
    const person = await findByUsername(system, username)
    const administers = person?.active && (await personOf(system, person.id)).grants.some((grant) => grant.role === 'administrator' && grant.inForce)
    if (!person || !administers) throw new Error(`没有用户名为“${username}”的在任管理员 / There is no administrator in office with the username ${username}`)
    for (const recovery of await selectOpenRecoveries(system, [person.id])) await closeRecovery(system, recovery.id, null)
    system.announce('person.recovery_confirmed', { kind: 'person', id: person.id }, {})
    return { link: (await invite(system, person.id, 'recovery', publicUrl)).link }
  })
}
