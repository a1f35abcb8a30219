// Changing one's own password, proved by the present one and a one-time code.
import type { changePassword } from '@fugong/contract/identity'
import type { Input } from '@fugong/contract/base'
import { elevated, type Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { findCredential, putCredential, replaceSamplePassword, takeStep } from './credentials.store.ts'
import { isWeak } from './rules.ts'
import { hashPassword, openTotp, passwordMatches, stepOfCode } from './secrets.actions.ts'
import { revokeSessionsOf } from './sessions.store.ts'
import { findPerson } from './store.ts'
import { beginAttempt, failAttempt, passAttempt } from './throttle.actions.ts'

/** Sessions elsewhere end: whoever learned the old password may be in one of them. Tries are slowed as at sign-in, apart from it. */
export async function changePasswordOf(ctx: Ctx, { body }: Input<typeof changePassword>): Promise<{ done: true }> {
  const { personId, sessionId } = ctx.actor
  if (!personId || ctx.actor.kind !== 'staff') throw problem('session.forbidden')
  const ended = await elevated(ctx, async (system) => {
    const username = (await findPerson(system, personId))?.username ?? ''
    // Told before anything is tried: it uses up neither a try nor the code.
    if (isWeak(body.newPassword, username)) throw problem('identity.weak_password')
    if (body.newPassword.normalize('NFC') === body.password.normalize('NFC')) throw invalid([{ path: '/newPassword', code: 'issue.unchanged' }])
    const attempt = await beginAttempt(system, 'password', `change ${personId}`)
    const credential = await findCredential(system, personId)
    const passwordRight = await passwordMatches(credential?.passwordHash, body.password)
    const step = credential ? stepOfCode(openTotp(system, credential.totpSealed), body.code, system.now) : undefined
    const right = passwordRight && step !== undefined && (await takeStep(system, personId, step))
    if (!right || !credential) throw await failAttempt(system, attempt, personId, 'identity.password_refused')
    await passAttempt(system, attempt)
    await putCredential(system, { personId, passwordHash: await hashPassword(body.newPassword), totpSealed: credential.totpSealed, totpStep: step })
    // The outbox of the sample city must not go on showing a password that no longer works.
    await replaceSamplePassword(system, personId, system.sealer.seal('sample password', ''))
    return revokeSessionsOf(system, personId, sessionId)
  })
  ctx.announce('person.password_changed', { kind: 'person', id: personId }, {})
  for (const id of ended) ctx.announce('session.ended', { kind: 'session', id }, { reason: 'revoked' })
  return { done: true }
}
