// Which notices also reach a person by text message: theirs to choose by kind, save those that must go out.
import type { Input, Returns } from '@fugong/contract/base'
import type { getPreferences, Preference, setPreferences } from '@fugong/contract/notices.log'
import { kindOf, noticeKinds, type NoticeKind, type TemplateBody } from '@fugong/contract/notices.templates'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { phoneMasked } from '../identity/index.ts'
import { deleteWish, saveWish, selectWishes } from './preferences.store.ts'
import { selectTemplates } from './templates.store.ts'

export async function preferencesOf(ctx: Ctx): Promise<Returns<typeof getPreferences>> {
  const modes = await modesByKind(ctx)
  const wishes = await selectWishes(ctx)
  const items = noticeKinds.map((kind): Preference => {
    const held = modes.get(kind) ?? []
    const choice = held.some((mode) => mode === 'on' || mode === 'off')
    const must = held.includes('must')
    return { kind, sms: choice ? 'choice' : must ? 'must' : 'never', some: choice && must, on: choice ? (wishes.get(kind) ?? held.includes('on')) : must }
  })
  return { items, phone: await phoneMasked(ctx, ctx.actor.personId!) }
}
export async function setPreferencesOf(ctx: Ctx, { body }: Input<typeof setPreferences>): Promise<Returns<typeof setPreferences>> {
  const modes = await modesByKind(ctx)
  for (const { kind, on } of body.items) {
    const held = modes.get(kind) ?? []
    const choice = held.some((mode) => mode === 'on' || mode === 'off')
    if (!choice && on !== held.includes('must')) throw problem('notices.must_stay')
    // What is as the templates have it anyway is not written down: a later template decides anew.
    if (choice && on !== held.includes('on')) await saveWish(ctx, kind, on)
    else await deleteWish(ctx, kind)
  }
  ctx.announce('notice.preferences_set', { kind: 'person', id: ctx.actor.personId! }, { kinds: body.items.map(({ kind }) => kind) })
  return preferencesOf(ctx)
}
async function modesByKind(ctx: Ctx): Promise<Map<NoticeKind, TemplateBody['smsMode'][]>> {
  const today = shanghaiDay(ctx.now)
  const modes = new Map<NoticeKind, TemplateBody['smsMode'][]>()
  for (const row of await selectTemplates(ctx, today)) {
    // The bundle speaks for others and is nobody's to choose.
    if (row.state !== 'confirmed' || row.effectiveFrom > today || row.code === 'notice.bundle') continue
    modes.set(kindOf(row.code), [...(modes.get(kindOf(row.code)) ?? []), row.smsMode])
  }
  return modes
}
