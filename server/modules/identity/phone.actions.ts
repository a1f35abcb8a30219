// Signing in by a code sent to the phone, and changing the phone with proof from both numbers.
import type { changePhone, sendPhoneCode, Session, signInByPhone } from '@fugong/contract/identity'
import type { Input } from '@fugong/contract/base'
import { elevated, type Ctx } from '../../base/context.ts'
import { maskPhone, sameBytes } from '../../base/crypto.ts'
import { invalid, problem } from '../../base/problem.ts'
import { beginSession } from './actor.actions.ts'
import { ensureContact } from './contacts.actions.ts'
import type { IdentityOptions } from './ports.ts'
import { CODE_MS, CODE_TRIES, RESEND_MS } from './rules.ts'
import { hashPhoneCode, indexPhone, newPhoneCode, openPhone, phoneColumns } from './secrets.actions.ts'
import { revokeSessionsOf } from './sessions.store.ts'
import { findByPhone, findPerson, updatePerson } from './store.ts'
import { beginAttempt, checkCodeSending, failAttempt, passAttempt } from './throttle.actions.ts'
import { countCode, countWrongCode, lockCode, markCodeUsed, putCode } from './tries.store.ts'

export const SEND_CODE = 'identity.send_code'

/** What a code is for: one for the daily reports signs nobody in, and the other way round. */
export type CodePurpose = 'signIn' | 'binding'
const indexFor = (system: Ctx, phone: string, purpose: CodePurpose): Buffer => (purpose === 'signIn' ? indexPhone(system, phone) : system.sealer.blind(`phone ${purpose}`, phone))

/** Sends a code to any number: whether it is known shows neither in the answer nor in what is done. */
export async function sendCodeTo(ctx: Ctx, { body }: Input<typeof sendPhoneCode>): Promise<{ done: true }> {
  await elevated(ctx, (system) => sendCode(system, body.phone, 'signIn'))
  return { done: true }
}
/** Sends a code in the place of the one before; throws `identity.sign_in_slowed` when that was just now, or the hour is used up. */
export async function sendCode(system: Ctx, phone: string, purpose: CodePurpose): Promise<void> {
  const phoneIndex = indexFor(system, phone, purpose)
  const before = await lockCode(system, phoneIndex)
  const counted = await checkCodeSending(system, phoneIndex.toString('hex'), before?.sentAt)
  const code = newPhoneCode()
  const expiresAt = new Date(system.now.getTime() + CODE_MS)
  const put = await putCode(system, { phoneIndex, codeHash: hashPhoneCode(system, phoneIndex, code), expiresAt, before })
  if (!put) throw problem('identity.sign_in_slowed', { seconds: RESEND_MS / 1000 })
  await countCode(system, counted)
  // Sealed: phone and code stand in clear neither in the queue nor in anything made from it.
  system.enqueue(SEND_CODE, { sealed: system.sealer.seal('sms', JSON.stringify({ phone, code })).toString('base64'), purpose, expires: expiresAt.toISOString() })
}
/** Uses up the live code of a phone; false when it is another one, too old, used, or dead of five wrong tries. What was counted must be kept by the caller. */
export async function useCode(system: Ctx, phone: string, purpose: CodePurpose, code: string): Promise<boolean> {
  const phoneIndex = indexFor(system, phone, purpose)
  if (!(await codeIsRight(system, phoneIndex, code))) return false
  await markCodeUsed(system, phoneIndex)
  return true
}
/** Whether a code is the live one of a phone; a wrong one is counted, after five the code is dead. */
async function codeIsRight(system: Ctx, phoneIndex: Buffer, code: string): Promise<boolean> {
  const live = await lockCode(system, phoneIndex)
  if (!live || live.usedAt || live.tries >= CODE_TRIES || Date.parse(live.expiresAt) <= system.now.getTime()) return false
  if (sameBytes(live.codeHash, hashPhoneCode(system, phoneIndex, code))) return true
  await countWrongCode(system, phoneIndex)
  return false
}

export async function signInWithPhone(ctx: Ctx, { body }: Input<typeof signInByPhone>, options: IdentityOptions): Promise<Session> {
  const personId = await elevated(ctx, async (system) => {
    const phoneIndex = indexPhone(system, body.phone)
    const attempt = await beginAttempt(system, 'phone', phoneIndex.toString('hex'))
    const right = await codeIsRight(system, phoneIndex, body.code)
    const person = await findByPhone(system, phoneIndex)
    if (!right || person?.active === false) throw await failAttempt(system, attempt, person?.id, 'identity.code_wrong')
    // Asked for after the code proved right, so that nobody learns which numbers are known; nothing is used up by asking.
    if (!body.name?.trim() && (!person || person.name === person.phoneMasked)) throw invalid([{ path: '/name', code: 'issue.required' }])
    await markCodeUsed(system, phoneIndex)
    await passAttempt(system, attempt)
    return ensureContact(system, { phone: body.phone, name: body.name?.trim() })
  })
  return beginSession(ctx, personId, 'phone', options)
}

/** Codes of both numbers must be right; sessions opened by the old number elsewhere end. */
export async function changePhoneOf(ctx: Ctx, { body }: Input<typeof changePhone>): Promise<{ done: true }> {
  const { personId, sessionId } = ctx.actor
  if (!personId) throw problem('session.required')
  const ended = await elevated(ctx, async (system) => {
    const person = await findPerson(system, personId)
    if (person?.phoneSealed && openPhone(system, person.phoneSealed) === body.phone) throw invalid([{ path: '/phone', code: 'issue.duplicate' }])
    const phoneIndex = indexPhone(system, body.phone)
    const attempt = await beginAttempt(system, 'phone', `change ${personId}`)
    // Both are always tried, in an order that two people changing to each other's number share.
    const proofs = [{ index: person?.phoneIndex ?? null, code: body.oldCode }, { index: phoneIndex, code: body.newCode }]
    proofs.sort((a, b) => Buffer.compare(a.index ?? Buffer.alloc(0), b.index ?? Buffer.alloc(0)))
    let right = true
    for (const { index, code } of proofs) right = index !== null && (await codeIsRight(system, index, code)) && right
    if (!right || !person?.phoneIndex) throw await failAttempt(system, attempt, personId, 'identity.code_wrong')
    await markCodeUsed(system, person.phoneIndex)
    await markCodeUsed(system, phoneIndex)
    const owner = await findByPhone(system, phoneIndex)
    if (owner && owner.id !== personId) throw problem('identity.phone_taken')
    await passAttempt(system, attempt)
    // A name that was only the masked number follows it.
    const phoneMasked = maskPhone(body.phone)
    await updatePerson(system, personId, { ...phoneColumns(system, body.phone), ...(person.name === person.phoneMasked ? { name: phoneMasked } : {}) })
    return revokeSessionsOf(system, personId, sessionId, ['phone'])
  })
  ctx.announce('person.phone_changed', { kind: 'person', id: personId }, {})
  for (const id of ended) ctx.announce('session.ended', { kind: 'session', id }, { reason: 'revoked' })
  ctx.forgetActor()
  return { done: true }
}
