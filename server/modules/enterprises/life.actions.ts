// The events of a firm's life: recorded by the firm or its district, taking effect on their day, taken back before it.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import { checkFirmCode, type Enterprise } from '@fugong/contract/enterprises'
import type { cancelLifeEvent, LifeEvent, recordLifeEvent } from '@fugong/contract/enterprises.register'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, Problem, problem } from '../../base/problem.ts'
import { changeFirm, loadForChange, refold } from './change.actions.ts'
import { stampOf } from './doers.actions.ts'
import type { Facts } from './facts.rules.ts'
import { findChange, selectDone, selectDue, settleChange, type ChangeRow, type Side } from './history.store.ts'
import { dayFaults, patchOf, refusalOf, type Told } from './life.rules.ts'
import { issuesOfArea, setClosed } from './places.actions.ts'
import { lockPlaces } from './places.store.ts'
import { decidesForSelf, mayCancel } from './policy.ts'
import { lengthIssues, tidy } from './rules.ts'
import { toEnterprise } from './show.actions.ts'
import { findByCreditCode, findEnterprise, indexFirm, lockEnterprise, type EnterpriseRow } from './store.ts'

type Body = Input<typeof recordLifeEvent>['body']

export async function recordEvent(ctx: Ctx, { params, body }: Input<typeof recordLifeEvent>): Promise<Enterprise> {
  const { firm, side } = await loadForChange(ctx, params.id, body.revision, 'enterprise.record_event')
  const { kind, effectiveOn } = body
  if (kind === 'recoded') allowRecoding(ctx, firm)
  const refused = refusalOf(kind, firm.state)
  if (refused) throw problem(refused)
  const told = await tell(ctx, firm, body)
  const reason = tidy(body.reason)
  const patch = patchOf(kind, effectiveOn, told, firm)
  const id = newId()
  // When a firm was founded holds for every day that the register knows.
  const day = kind === 'founded' ? firm.knownFrom : effectiveOn
  await changeFirm(ctx, firm, { kind, effectiveOn: day, reason, patch, side }, kind === 'recoded' ? codeColumns(ctx, body) : {}, id)
  if (day <= shanghaiDay(ctx.now)) await follow(ctx, firm.id, { id, kind, effectiveOn: day, reason, side })
  const after = await findEnterprise(ctx, firm.id)
  // A district that moved a firm away no longer finds it: what it gets back is its last look.
  return after ? toEnterprise(ctx, after) : toEnterprise(ctx, firm)
}
/** A code is changed by an officer with the licence before them, never by the firm's own people. */
function allowRecoding(ctx: Ctx, firm: EnterpriseRow): void {
  if (!ctx.may('enterprise.confirm_code')) throw problem('enterprises.code_needs_reviewer')
  if (decidesForSelf(ctx, firm)) throw problem('session.own_firm')
}
/** A code whose digits fail counts as confirmed: the officer vouches for it. */
function codeColumns(ctx: Ctx, body: Body): Partial<EnterpriseRow> {
  const sound = checkFirmCode(body.creditCode!, 'trader').length === 0
  return sound
    ? { codeState: 'valid', codeReason: null, codeConfirmedBy: null, codeConfirmedUnit: null, codeConfirmedAt: null }
    : { codeState: 'confirmed', codeReason: tidy(body.creditCodeReason ?? ''), codeConfirmedBy: ctx.actor.personId, codeConfirmedUnit: ctx.unit?.unitId ?? null, codeConfirmedAt: ctx.now.toISOString() }
}
/** What an event says, brought into form; throws all its faults at once. */
async function tell(ctx: Ctx, firm: EnterpriseRow, body: Body): Promise<Told> {
  const { kind, effectiveOn, districtCode, streetCode, zoneCode, creditCode } = body
  const told: Told = { ...(body.name === undefined ? {} : { name: tidy(body.name) }), ...(body.address === undefined ? {} : { address: tidy(body.address) }) }
  const issues: Issue[] = [...lengthIssues([{ path: '/name', text: told.name ?? '', limit: 100 }, { path: '/address', text: told.address ?? '', limit: 120 }]), ...dayFaults(kind, effectiveOn, firm, shanghaiDay(ctx.now))]
  if (kind === 'moved') issues.push(...(await issuesOfArea(ctx, { districtCode: districtCode!, streetCode: streetCode!, zoneCode }, '')))
  if (kind === 'renamed' && told.name === firm.name) issues.push({ path: '/name', code: 'issue.unchanged' })
  if (kind === 'recoded' && creditCode === firm.creditCode) issues.push({ path: '/creditCode', code: 'issue.unchanged' })
  if (kind === 'recoded' && creditCode!.length === 15 && firm.kind !== 'trader') issues.push({ path: '/creditCode', code: 'issue.registration_number' })
  if (issues.length) throw invalid(issues)
  if (kind === 'recoded' && (await elevated(ctx, (system) => findByCreditCode(system, creditCode!)))) throw problem('enterprises.code_taken')
  const survivor = kind === 'merged' ? await survivorOf(ctx, firm.id, body.survivorCode!) : undefined
  return { ...told, ...(districtCode && streetCode ? { districtCode, streetCode, zoneCode: zoneCode ?? null } : {}), ...(creditCode ? { creditCode } : {}), ...(survivor ? { survivorId: survivor } : {}) }
}
/** Held until the transaction ends, so that two firms cannot merge into each other. */
async function survivorOf(ctx: Ctx, firm: string, code: string): Promise<string> {
  const survivor = await elevated(ctx, async (system) => {
    const found = await findByCreditCode(system, code)
    return found && lockEnterprise(system, found.id)
  })
  if (!survivor || survivor.id === firm || survivor.state !== 'active') throw problem('enterprises.survivor_unfit')
  return survivor.id
}
/** What an ending or a new beginning means for the workplaces. */
async function follow(ctx: Ctx, enterpriseId: string, event: { id: string; kind: ChangeRow['kind']; effectiveOn: string; reason: string | null; side: Side }): Promise<void> {
  if (!['closed', 'merged', 'reopened'].includes(event.kind)) return
  await elevated(ctx, async (system) => {
    const how = { reason: event.reason ?? '', side: event.side, as: ctx }
    if (event.kind === 'reopened') {
      const closing = (await selectDone(system, enterpriseId, null)).filter((one) => one.kind === 'closed').sort((a, b) => b.no - a.no)[0]
      for (const place of closing ? await lockPlaces(system, enterpriseId, { closedWith: closing.id }) : []) await setClosed(system, place, { ...how, closedOn: null })
    } else {
      for (const place of await lockPlaces(system, enterpriseId, 'open')) await setClosed(system, place, { ...how, closedOn: event.effectiveOn < place.openedOn ? place.openedOn : event.effectiveOn, closedWith: event.id })
    }
    await indexFirm(system, (await findEnterprise(system, enterpriseId))!)
  })
}

/** By the side that planned it: the firm its own, the district what an office planned. */
export async function cancelEvent(ctx: Ctx, { params, body }: Input<typeof cancelLifeEvent>): Promise<Returns<typeof cancelLifeEvent>> {
  const firm = await lockEnterprise(ctx, params.id)
  const change = firm && (await findChange(ctx, params.id, params.changeId))
  if (!firm || !change || !mayCancel(ctx, firm.id, change.side)) throw problem('not_found')
  if (change.state !== 'planned' || !(await elevated(ctx, (system) => settleChange(system, change.id, 'cancelled', tidy(body.reason))))) throw problem('enterprises.not_planned')
  ctx.announce('enterprise.change_cancelled', { kind: 'enterprise', id: firm.id }, { changeId: change.id, reason: tidy(body.reason) })
  return { done: true }
}

const PER_RUN = 200
/** Lets planned events take effect whose day has come; one that has become impossible is marked as failed, with the reason. */
export async function takeEffectToday(system: Ctx): Promise<void> {
  const due = await selectDue(system, shanghaiDay(system.now), PER_RUN)
  for (const change of due) {
    const failure = await system.attempt(() => takeEffect(system, change))
    if (failure === undefined) continue
    if (!(failure instanceof Problem)) throw failure
    await settleChange(system, change.id, 'failed', failure.code)
    system.announce('enterprise.change_failed', { kind: 'enterprise', id: change.enterpriseId }, { changeId: change.id, problem: failure.code })
  }
  if (due.length === PER_RUN) system.enqueue('enterprises.take_effect', null, { key: 'more' })
}
async function takeEffect(system: Ctx, change: ChangeRow): Promise<void> {
  const firm = (await lockEnterprise(system, change.enterpriseId))!
  const refused = refusalOf(change.kind as LifeEvent, firm.state)
  if (refused) throw problem(refused)
  const { mergedInto } = change.patch as Partial<Facts>
  if (mergedInto && (await lockEnterprise(system, mergedInto))?.state !== 'active') throw problem('enterprises.survivor_unfit')
  await settleChange(system, change.id, 'done')
  system.announce('enterprise.changed', { kind: 'enterprise', id: firm.id }, { changeId: change.id, kind: change.kind, fields: Object.keys(change.patch), effectiveOn: change.effectiveOn, workplaceId: null })
  await refold(system, firm, { ...stampOf(system, 'system') })
  await follow(system, firm.id, change)
}
