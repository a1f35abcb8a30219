// Use cases of binding a phone: whose poster, who somebody is on its roster, the code, the token, and taking it off.
import type { Input, Returns } from '@fugong/contract/base'
import type { askBinding, bindPhone, listBoundPhones, readHealthPoster, revokePhone, unbindPhone } from '@fugong/contract/health.phones'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { noticeOf } from '../../base/limits.ts'
import { problem, refusedAndKept } from '../../base/problem.ts'
import { addressKey, sendCode, useCode } from '../identity/index.ts'
import { employmentsByWorkplaceToken, matchByNameAndTail, monitoredFacts, phoneOfEmployment } from '../people/index.ts'
import { replaceClaims } from './asks.store.ts'
import { bindAsked } from './bindings.actions.ts'
import { requireBinding } from './day.actions.ts'
import { tokenOf } from './intake.rules.ts'
import { countTry, deleteOldAsks, forgiveTry, insertAsk, lockAsk, markAskUsed, revokeBinding, selectBindings } from './phones.store.ts'
import { requireOwnFirm } from './policy.ts'
import { bindingLimits } from './subjects.actions.ts'
import { idOfToken } from './tokens.actions.ts'

async function requirePlace(ctx: Ctx, poster: string) {
  const place = await employmentsByWorkplaceToken(ctx, poster)
  if (!place) throw problem('people.poster_over')
  return place
}
export async function readPosterFor(ctx: Ctx, { body }: Input<typeof readHealthPoster>): Promise<Returns<typeof readHealthPoster>> {
  const { enterpriseName, workplaceName } = await requirePlace(ctx, body.poster)
  return { enterpriseName, workplaceName, notice: noticeOf('health', ctx.now) }
}

/** A try is counted before it is heard. Nobody, a wrong name and a wrong ending take the same way to the same refusal. */
export function askBindingIn(city: string) {
  return async (ctx: Ctx, { body }: Input<typeof askBinding>): Promise<Returns<typeof askBinding>> => {
    const place = await requirePlace(ctx, body.poster)
    if (body.noticeVersion !== noticeOf('health', ctx.now).version) throw problem('health.notice_changed')
    const limits = bindingLimits(city, ctx.now)
    return elevated(ctx, async (system) => {
      const keyed = (text: string) => system.sealer.blind('binding tries', `${place.workplaceId} ${text}`)
      const device = keyed(`device ${body.device}`)
      const address = keyed(`address ${addressKey(ctx.client.address)}`)
      if (await countTry(system, [{ key: device, most: limits.deviceTries }, { key: address, most: limits.addressTries }], limits.pauseMinutes)) throw refusedAndKept('health.match_slowed', { minutes: limits.pauseMinutes })
      const employmentId = await matchByNameAndTail(system, { ...place, name: body.name, tail: body.tail })
      if (!employmentId) throw refusedAndKept('health.not_matched')
      const phone = await phoneOfEmployment(system, employmentId)
      await forgiveTry(system, device, address)
      const asked = { deviceId: body.device, employmentId, enterpriseId: place.enterpriseId, workplaceId: place.workplaceId, relation: body.relation ?? 'self' as const, noticeVersion: body.noticeVersion }
      if (!phone && (await replaceClaims(system, asked)) >= limits.mostAsks) throw refusedAndKept('health.asks_full')
      if (phone) await sendCode(system, phone, 'binding')
      const id = newId()
      const minutes = phone ? limits.askMinutes : limits.approvalHours * 60
      await insertAsk(system, { id, ...asked, askedAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + minutes * 60_000) }, phone ? null : 'waiting')
      if (!phone) ctx.announce('health.binding_asked', { kind: 'bindingAsk', id }, { employmentId, workplaceId: place.workplaceId, relation: asked.relation })
      return { ask: tokenOf(id, (text) => system.sealer.blind('binding ask', text)), sentTo: phone && phone.slice(-2) }
    })
  }
}
/** With the right code the phone is bound. */
export function bindPhoneIn(city: string) {
  return (ctx: Ctx, { body }: Input<typeof bindPhone>): Promise<Returns<typeof bindPhone>> => elevated(ctx, async (system) => {
    const askId = idOfToken(body.ask, (text) => system.sealer.blind('binding ask', text))
    const asked = askId && (await lockAsk(system, askId))
    const [person] = asked ? await monitoredFacts(system, [asked.employmentId]) : []
    if (!asked || !person || person.state === 'left') throw problem('health.ask_over')
    const phone = await phoneOfEmployment(system, person.employmentId)
    if (!phone || !(await useCode(system, phone, 'binding', body.code))) throw refusedAndKept('identity.code_wrong')
    await markAskUsed(system, asked.id)
    const id = await bindAsked({ ...system, announce: ctx.announce }, city, asked, person)
    return { token: tokenOf(id, (text) => system.sealer.blind('binding', text)) }
  })
}

export function unbind(ctx: Ctx, { body }: Input<typeof unbindPhone>): Promise<Returns<typeof unbindPhone>> {
  return elevated(ctx, async (system) => {
    const { id, employmentId } = await requireBinding(system, body.token)
    await revokeBinding(system, id)
    ctx.announce('health.phone_unbound', { kind: 'binding', id }, { employmentId, why: 'self' })
    return { done: true as const }
  })
}

// ── for the firm ────────────────────────────────────────────────────────────
export async function listPhones(ctx: Ctx, { params }: Input<typeof listBoundPhones>): Promise<Returns<typeof listBoundPhones>> {
  requireOwnFirm(ctx, params.id)
  const rows = await elevated(ctx, (system) => selectBindings(system, params.id, params.employmentId))
  return { items: rows.map(({ id, relation, createdAt }) => ({ id, relation, boundAt: createdAt, can: ctx.may('health.phones') ? ['revoke'] : [] })) }
}
export function revokePhoneOf(ctx: Ctx, { params }: Input<typeof revokePhone>): Promise<Returns<typeof revokePhone>> {
  requireOwnFirm(ctx, params.id)
  return elevated(ctx, async (system) => {
    const { employmentId, bindingId } = params
    if (!(await selectBindings(system, params.id, employmentId)).some(({ id }) => id === bindingId)) throw problem('not_found')
    await revokeBinding(system, bindingId)
    ctx.announce('health.phone_unbound', { kind: 'binding', id: bindingId }, { employmentId, why: 'firm' })
    return { done: true as const }
  })
}

/** Clears tries and asks that have served their time. */
export const clearAsks = (system: Ctx): Promise<void> => deleteOldAsks(system)
