// Use cases of binding a phone: whose poster, who somebody is on its roster, the code, the token, taking it off, and the day as a bound phone is shown it.
import type { Input, Returns } from '@fugong/contract/base'
import { treesOf } from '@fugong/contract/forms.engine'
import { receiptNumber } from '@fugong/contract/health'
import type { askBinding, bindPhone, listBoundPhones, readHealthDay, readHealthPoster, revokePhone, unbindPhone } from '@fugong/contract/health.phones'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { noticeOf } from '../../base/limits.ts'
import { problem, refusedAndKept } from '../../base/problem.ts'
import { selectFirms, workplaceNames } from '../enterprises/index.ts'
import { formInForce } from '../forms/index.ts'
import { addressKey, sendCode, useCode } from '../identity/index.ts'
import { employmentsByWorkplaceToken, matchByNameAndTail, monitoredFacts, phoneOfEmployment } from '../people/index.ts'
import { tokenOf } from './intake.rules.ts'
import { FORM } from './judge.actions.ts'
import { countTry, deleteOldAsks, findBinding, forgiveTry, insertAsk, insertBinding, lockAsk, markAskUsed, revokeBeyond, revokeBinding, selectBindings, selectOfDay, type BindingRow } from './phones.store.ts'
import { requireOwnFirm } from './policy.ts'
import { bindingLimits, monitor } from './subjects.actions.ts'
import { findMonitored, lockSubject } from './subjects.store.ts'
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
      if (!phone) throw problem('health.no_phone')
      await forgiveTry(system, device, address)
      await sendCode(system, phone, 'binding')
      const id = newId()
      await insertAsk(system, { id, deviceId: body.device, employmentId, enterpriseId: place.enterpriseId, workplaceId: place.workplaceId, noticeVersion: body.noticeVersion, askedAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + limits.askMinutes * 60_000) })
      return { ask: tokenOf(id, (text) => system.sealer.blind('binding ask', text)), sentTo: phone.slice(-2) }
    })
  }
}
/** With the right code the person is monitored from now on and the phone bound; older phones beyond the limit are taken off. */
export function bindPhoneIn(city: string) {
  return (ctx: Ctx, { body }: Input<typeof bindPhone>): Promise<Returns<typeof bindPhone>> => elevated(ctx, async (system) => {
    const askId = idOfToken(body.ask, (text) => system.sealer.blind('binding ask', text))
    const asked = askId && (await lockAsk(system, askId))
    const [person] = asked ? await monitoredFacts(system, [asked.employmentId]) : []
    if (!asked || !person || person.state === 'left') throw problem('health.ask_over')
    const phone = await phoneOfEmployment(system, person.employmentId)
    if (!phone || !(await useCode(system, phone, 'binding', body.code))) throw refusedAndKept('identity.code_wrong')
    await markAskUsed(system, asked.id)
    await monitor(system, city, [person.employmentId])
    await lockSubject(system, person.employmentId)
    const { deviceId, employmentId, enterpriseId, workplaceId, noticeVersion } = asked
    for (const id of await revokeBeyond(system, asked, bindingLimits(city, ctx.now).mostPhones)) ctx.announce('health.phone_unbound', { kind: 'binding', id }, { employmentId, why: 'newer' })
    const id = newId()
    await insertBinding(system, { id, deviceId, employmentId, enterpriseId, personId: person.personId, relation: 'self', noticeVersion })
    ctx.announce('health.phone_bound', { kind: 'binding', id }, { employmentId, workplaceId, relation: 'self', noticeVersion })
    return { token: tokenOf(id, (text) => system.sealer.blind('binding', text)) }
  })
}

/** The binding in force that a token proves. */
async function requireBinding(system: Ctx, token: string): Promise<BindingRow> {
  const id = idOfToken(token, (text) => system.sealer.blind('binding', text))
  const binding = id && (await findBinding(system, id))
  if (!binding) throw problem('health.binding_unknown')
  return binding
}
export function unbind(ctx: Ctx, { body }: Input<typeof unbindPhone>): Promise<Returns<typeof unbindPhone>> {
  return elevated(ctx, async (system) => {
    const { id, employmentId } = await requireBinding(system, body.token)
    await revokeBinding(system, id)
    ctx.announce('health.phone_unbound', { kind: 'binding', id }, { employmentId, why: 'self' })
    return { done: true as const }
  })
}
export function readDay(ctx: Ctx, { body }: Input<typeof readHealthDay>): Promise<Returns<typeof readHealthDay>> {
  return elevated(ctx, async (system) => {
    const binding = await requireBinding(system, body.token)
    const subject = await findMonitored(system, binding.employmentId)
    const [person] = await monitoredFacts(system, [binding.employmentId])
    if (!subject?.active || !person || person.state === 'left') throw problem('health.not_on_roster')
    const form = await formInForce(system, { code: FORM, areaCode: subject.districtCode, kind: subject.emergencyKind })
    if (!form) throw problem('forms.none_in_force', { code: FORM })
    const [firm] = await selectFirms(system, [subject.enterpriseId])
    const places = await workplaceNames(system, [subject.workplaceId])
    const today = shanghaiDay(ctx.now)
    const received = await selectOfDay(system, binding, today)
    const slots = (subject.twice ? [1, 2] as const : [1] as const).map((slot) => {
      const found = received.find((one) => one.slot === slot)
      return { day: today, slot, number: found ? receiptNumber(found.batchId, found.position) : null }
    })
    return { name: person.name, enterpriseName: firm?.name ?? '–', workplaceName: places.get(subject.workplaceId) ?? '–', employmentId: person.employmentId, today, slots, form: treesOf(form) }
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
