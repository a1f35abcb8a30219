// How staff sign in with password and one-time code, how anyone leaves, and what a session is told: emergency, another role.
import type { chooseEmergency, endMySession, listMySessions, Session, signIn, startSeeingAs } from '@fugong/contract/identity'
import type { Input, Returns } from '@fugong/contract/base'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { beginSession, openSession, sessionById } from './actor.actions.ts'
import { ensureContact } from './contacts.actions.ts'
import { findCredential, takeStep } from './credentials.store.ts'
import { checkGrantFor } from './grants.actions.ts'
import type { IdentityOptions } from './ports.ts'
import { newTotpSecret, openTotp, passwordMatches, stepOfCode } from './secrets.actions.ts'
import { revokeSession, selectSessions, updateSession } from './sessions.store.ts'
import { findByUsername } from './store.ts'
import { beginAttempt, failAttempt, passAttempt } from './throttle.actions.ts'

/** Wrong name, password or code, a code used before and an inactive account are one answer, after the same work. */
export async function signInAsStaff(ctx: Ctx, { body }: Input<typeof signIn>, options: IdentityOptions): Promise<Session> {
  const personId = await elevated(ctx, async (system) => {
    const username = body.username.trim().toLowerCase()
    const attempt = await beginAttempt(system, 'password', username)
    const person = await findByUsername(system, username)
    const credential = person && (await findCredential(system, person.id))
    const passwordRight = await passwordMatches(credential?.passwordHash, body.password)
    const step = stepOfCode(credential ? openTotp(system, credential.totpSealed) : newTotpSecret(), body.code, system.now)
    const right = passwordRight && step !== undefined && person?.active === true && (await takeStep(system, person.id, step))
    if (!right) throw await failAttempt(system, attempt, person?.id, 'identity.sign_in_failed')
    await passAttempt(system, attempt)
    return person.id
  })
  return beginSession(ctx, personId, 'password', options)
}
/** Opens a session without sign-in, for tests and the command line: a staff person by username or a contact by phone. Answers the cookie's secret. */
export async function openSessionFor(ctx: Ctx, who: { username: string } | { phone: string; name: string }): Promise<string> {
  return elevated(ctx, async (system) => {
    const personId = 'username' in who ? (await findByUsername(system, who.username))?.id : await ensureContact(system, who)
    if (!personId) throw new Error(`Nobody has the username ${'username' in who ? who.username : ''}`)
    return (await openSession(system, personId, 'username' in who ? 'password' : 'phone')).token
  })
}

export async function signOutOf(ctx: Ctx): Promise<{ done: true }> {
  if (ctx.actor.sessionId && (await revokeSession(ctx, ctx.actor.sessionId))) ctx.announce('session.ended', { kind: 'session', id: ctx.actor.sessionId }, { reason: 'signed_out' })
  ctx.setSessionToken(null)
  ctx.forgetActor()
  return { done: true }
}
export function sessionOf(ctx: Ctx, options: IdentityOptions): Promise<Session> {
  return sessionById(ctx, ctx.actor.sessionId, options)
}
export async function listSessionsOf(ctx: Ctx): Promise<Returns<typeof listMySessions>> {
  const sessions = ctx.actor.personId ? await selectSessions(ctx, ctx.actor.personId) : []
  return { items: sessions.map((one) => ({ id: one.id, createdAt: one.createdAt, lastSeenAt: one.lastSeenAt, agent: one.agent, current: one.id === ctx.actor.sessionId })) }
}
export async function endSessionOf(ctx: Ctx, { params }: Input<typeof endMySession>): Promise<{ done: true }> {
  if (!(await revokeSession(ctx, params.id))) throw problem('not_found')
  ctx.announce('session.ended', { kind: 'session', id: params.id }, { reason: 'elsewhere' })
  if (params.id === ctx.actor.sessionId) {
    ctx.setSessionToken(null)
    ctx.forgetActor()
  }
  return { done: true }
}
export async function chooseEmergencyFor(ctx: Ctx, { body }: Input<typeof chooseEmergency>, options: IdentityOptions): Promise<Session> {
  await options.getEmergency(ctx, body.emergencyId)
  const id = ownSession(ctx)
  await updateSession(ctx, id, { emergencyId: body.emergencyId })
  ctx.announce('session.emergency_chosen', { kind: 'session', id }, { emergencyId: body.emergencyId })
  ctx.forgetActor()
  return sessionById(ctx, id, options)
}

// ── see as ──────────────────────────────────────────────────────────────────
/** Base refuses every deed but leaving while a session looks as another role. */
export async function startSeeingAsRole(ctx: Ctx, { body }: Input<typeof startSeeingAs>, options: IdentityOptions): Promise<Session> {
  const { role, unitId, areaCode, reason } = body
  await checkGrantFor(ctx, { role, unitId, areaCode })
  const id = ownSession(ctx)
  await updateSession(ctx, id, { seeingAs: { role, unitId, areaCode } })
  ctx.announce('session.seeing_as_started', { kind: 'session', id }, { role, unitId, areaCode, reason })
  ctx.forgetActor()
  return sessionById(ctx, id, options)
}
export async function stopSeeingAsRole(ctx: Ctx, options: IdentityOptions): Promise<Session> {
  const id = ownSession(ctx)
  if (ctx.actor.seeingAs) {
    await updateSession(ctx, id, { seeingAs: null })
    ctx.announce('session.seeing_as_stopped', { kind: 'session', id }, {})
    ctx.forgetActor()
  }
  return sessionById(ctx, id, options)
}
function ownSession(ctx: Ctx): string {
  if (!ctx.actor.sessionId) throw problem('session.required')
  return ctx.actor.sessionId
}
