// Use cases of claims that the firm decides on, where its roster has no number: waiting, approved for the phone that asked, refused with a reason.
import type { Input, Returns } from '@fugong/contract/base'
import type { AskState, decideAsk, listWaitingAsks, readBindingAsk, WaitingAsk } from '@fugong/contract/health.phones'
import { elevated, type Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { workplaceNames } from '../enterprises/index.ts'
import { employmentFacts, monitoredFacts } from '../people/index.ts'
import { countPhones, decideClaim, findClaim, lockClaim, selectClaims } from './asks.store.ts'
import { bindAsked } from './bindings.actions.ts'
import { tokenOf } from './intake.rules.ts'
import { findBinding } from './phones.store.ts'
import { requireOwnFirm } from './policy.ts'
import { idOfToken } from './tokens.actions.ts'

/** Claims that one look shows. */
const MOST_SHOWN = 200
/** The phone that asked proves itself by the token of its claim; nobody else learns what became of it. */
export function readAsk(ctx: Ctx, { body }: Input<typeof readBindingAsk>): Promise<AskState> {
  return elevated(ctx, async (system) => {
    const id = idOfToken(body.ask, (text) => system.sealer.blind('binding ask', text))
    const claim = id && (await findClaim(system, id))
    if (!claim) throw problem('health.ask_over')
    const { approval, reason, bindingId, expiresAt } = claim
    if (approval === 'waiting') return { state: new Date(expiresAt) > ctx.now ? 'waiting' as const : 'over' as const, reason: null, token: null }
    if (approval === 'refused') return { state: approval, reason, token: null }
    const binding = bindingId && (await findBinding(system, bindingId))
    if (!binding) return { state: 'over' as const, reason: null, token: null }
    return { state: approval, reason: null, token: tokenOf(binding.id, (text) => system.sealer.blind('binding', text)) }
  })
}
export async function listClaims(ctx: Ctx, { params }: Input<typeof listWaitingAsks>): Promise<Returns<typeof listWaitingAsks>> {
  requireOwnFirm(ctx, params.id)
  return elevated(ctx, async (system) => {
    const rows = await selectClaims(system, params.id, MOST_SHOWN + 1)
    const page = rows.slice(0, MOST_SHOWN)
    const ids = page.map((row) => row.employmentId)
    const facts = new Map((await employmentFacts(system, ids)).map((one) => [one.employmentId, one]))
    const places = await workplaceNames(system, [...new Set(page.map((row) => row.workplaceId))])
    const phones = await countPhones(system, ids)
    const items = page.flatMap(({ id, employmentId, workplaceId, relation, askedAt, expiresAt }): WaitingAsk[] => {
      const one = facts.get(employmentId)
      return one && one.state !== 'left' ? [{ id, employmentId, name: one.name, workplaceName: places.get(workplaceId) ?? '–', crew: one.crew, dormitory: one.dormitory, relation, phones: phones.get(employmentId) ?? 0, askedAt: isoOf(askedAt), expiresAt: isoOf(expiresAt), can: ctx.may('health.phones') ? ['approve', 'refuse'] : [] }] : []
    })
    return { items, more: rows.length > MOST_SHOWN }
  })
}
const isoOf = (at: Date | string): string => new Date(at).toISOString()
export function decideAskIn(city: string) {
  return async (ctx: Ctx, { params, body }: Input<typeof decideAsk>): Promise<Returns<typeof decideAsk>> => {
    requireOwnFirm(ctx, params.id)
    const reason = body.reason?.trim() || null
    if (!body.approve && !reason) throw invalid([{ path: '/reason', code: 'issue.required' }])
    return elevated(ctx, async (system) => {
      const claim = await lockClaim(system, params.id, params.askId)
      if (!claim) throw problem('not_found')
      if (claim.approval !== 'waiting') throw problem('health.ask_decided')
      if (new Date(claim.expiresAt) <= ctx.now) throw problem('health.ask_over')
      const { employmentId } = claim
      if (!body.approve) {
        await decideClaim(system, claim.id, { approval: 'refused', reason, bindingId: null }, ctx.actor.personId)
        ctx.announce('health.binding_refused', { kind: 'bindingAsk', id: claim.id }, { employmentId })
        return { done: true as const }
      }
      const [person] = await monitoredFacts(system, [employmentId])
      if (!person || person.state === 'left') throw problem('health.not_on_roster')
      const bindingId = await bindAsked(system, city, claim, person)
      await decideClaim(system, claim.id, { approval: 'approved', reason: null, bindingId }, ctx.actor.personId)
      return { done: true as const }
    })
  }
}
