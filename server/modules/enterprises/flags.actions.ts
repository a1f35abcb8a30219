// What offices say of a firm: flags put on and taken off with a reason, and another department than the table's.
import type { Input, Returns } from '@fugong/contract/base'
import type { Enterprise, Flag, FlagKind, listFlagKinds } from '@fugong/contract/enterprises'
import type { endFlag, listFlags, setDepartment, setFlag } from '@fugong/contract/enterprises.register'
import { unitCovering } from '../../base/auth.ts'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { recordDecision } from '../rules/index.ts'
import { dayIssues, loadForChange } from './change.actions.ts'
import { departmentOf } from './department.actions.ts'
import { doersOf, stampOf } from './doers.actions.ts'
import { closeFlag, flagKinds, insertFlag, selectFlags, upsertFlagKinds, type FlagRow } from './flags.store.ts'
import { insertChange } from './history.store.ts'
import { decidesForSelf, verbs } from './policy.ts'
import { lengthIssues, tidy } from './rules.ts'
import { toEnterprise } from './show.actions.ts'
import { findEnterprise, indexFirm, spreadDepartment, updateEnterprise, type EnterpriseRow } from './store.ts'
import { unitNames } from '../identity/index.ts'

/** Loads the kinds of flags; does nothing when the file is unchanged. */
export async function loadFlagKinds(ctx: Ctx): Promise<void> {
  const { value, hash } = readData<{ items: FlagKind[] }>('data', 'china', 'enterprise-flags.json')
  await loadOnce(ctx, 'enterprise-flags', hash, () => upsertFlagKinds(ctx, value.items))
}
export async function listFlagKindsOf(ctx: Ctx): Promise<Returns<typeof listFlagKinds>> {
  return { items: await flagKinds(ctx) }
}
export async function listFlagsOf(ctx: Ctx, { params }: Input<typeof listFlags>): Promise<Returns<typeof listFlags>> {
  const firm = await visibleFirm(ctx, params.id)
  return { items: await toFlags(ctx, firm, await selectFlags(ctx, firm.id)), can: mayClassify(ctx, firm) && firm.state === 'active' ? ['set'] : [] }
}
export async function setFlagOn(ctx: Ctx, { params, body }: Input<typeof setFlag>): Promise<Flag> {
  const firm = await firmToClassify(ctx, params.id)
  const [reason, today] = [tidy(body.reason), shanghaiDay(ctx.now)]
  const from = body.from ?? today
  const kind = (await flagKinds(ctx)).find((one) => one.code === body.code)
  const issues = [...lengthIssues([{ path: '/reason', text: reason, limit: 300 }]), ...dayIssues(from, { from: '1949-10-01', until: today }, '/from'), ...(kind ? [] : [{ path: '/code', code: 'issue.choice' }])]
  if (issues.length) throw invalid(issues)
  if (firm.flags.includes(body.code)) throw problem('enterprises.flag_set', { name: kind!.name.zh })
  const id = newId()
  const { changedBy, changedUnit, changedAt } = stampOf(ctx, 'office')
  await elevated(ctx, (system) => insertFlag(system, { id, enterpriseId: firm.id, code: body.code, reason, validFrom: from, setAt: changedAt!, setBy: changedBy, setUnit: changedUnit }))
  ctx.announce('enterprise.flag_set', { kind: 'enterprise', id: firm.id }, { flagId: id, code: body.code, reason })
  return oneFlag(ctx, firm, id)
}
export async function endFlagOn(ctx: Ctx, { params, body }: Input<typeof endFlag>): Promise<Flag> {
  const firm = await firmToClassify(ctx, params.id)
  const row = (await selectFlags(ctx, firm.id)).find((flag) => flag.id === params.flagId)
  if (!row) throw problem('not_found')
  const [reason, today] = [tidy(body.reason), shanghaiDay(ctx.now)]
  const until = body.until ?? today
  const issues = [...lengthIssues([{ path: '/reason', text: reason, limit: 300 }]), ...dayIssues(until, { from: row.validFrom, until: today }, '/until')]
  if (issues.length) throw invalid(issues)
  const { changedBy, changedUnit } = stampOf(ctx, 'office')
  if (row.endedAt !== null || !(await elevated(ctx, (system) => closeFlag(system, row, { until, by: changedBy, unit: changedUnit, reason })))) throw problem('enterprises.flag_ended')
  ctx.announce('enterprise.flag_ended', { kind: 'enterprise', id: firm.id }, { flagId: row.id, code: row.code, reason })
  return oneFlag(ctx, firm, row.id)
}
async function oneFlag(ctx: Ctx, firm: EnterpriseRow, id: string): Promise<Flag> {
  return (await toFlags(ctx, firm, (await selectFlags(ctx, firm.id)).filter((flag) => flag.id === id)))[0]!
}
async function toFlags(ctx: Ctx, firm: EnterpriseRow, rows: readonly FlagRow[]): Promise<Flag[]> {
  const names = new Map((await flagKinds(ctx)).map((kind) => [kind.code, kind.name]))
  const setters = await doersOf(ctx, rows.map((row) => ({ side: row.setUnit ? 'office' : 'system', person: row.setBy, unit: row.setUnit })))
  const enders = await doersOf(ctx, rows.map((row) => ({ side: 'office', person: row.endedBy, unit: row.endedUnit })))
  const units = await unitNames(ctx, rows.flatMap((row) => row.setUnit ?? []))
  return rows.map((row, at) => ({
    id: row.id, code: row.code, name: names.get(row.code) ?? { zh: row.code, en: row.code }, reason: row.reason, from: row.validFrom, setAt: row.setAt, setBy: setters[at]!, unit: units.get(row.setUnit ?? '') ?? null,
    until: row.validTo, endedAt: row.endedAt, endedBy: row.endedAt ? enders[at]! : null, endReason: row.endReason, can: row.endedAt === null && mayClassify(ctx, firm) ? ['end'] : [],
  }))
}

/** Another department than the table's, or with null the table's again. The firm is found by it from then on. */
export async function setDepartmentOf(ctx: Ctx, { params, body }: Input<typeof setDepartment>): Promise<Enterprise> {
  await firmToClassify(ctx, params.id)
  const { firm } = await loadForChange(ctx, params.id, body.revision, 'enterprise.classify')
  const reason = tidy(body.reason)
  const issues = lengthIssues([{ path: '/reason', text: reason, limit: 300 }])
  if (issues.length) throw invalid(issues)
  const stamp = stampOf(ctx, 'office')
  const row = await elevated(ctx, async (system) => {
    const found = body.department === null ? await departmentOf(system, firm) : undefined
    const department = body.department ?? found?.department ?? null
    if (found) await recordDecision(system, found.decision, { kind: 'enterprise', id: firm.id })
    const named = body.department === null ? { departmentReason: null, departmentBy: null, departmentUnit: null, departmentAt: null } : { departmentReason: reason, departmentBy: stamp.changedBy, departmentUnit: stamp.changedUnit, departmentAt: stamp.changedAt }
    const changed = await updateEnterprise(system, firm.id, { department, ...named, revision: firm.revision + 1, ...stamp })
    await insertChange(system, {
      id: newId(), enterpriseId: firm.id, workplaceId: null, kind: 'departmentSet', effectiveOn: shanghaiDay(ctx.now), reason, patch: {}, state: 'done', side: 'office', byPerson: stamp.changedBy, byUnit: stamp.changedUnit, recordedAt: stamp.changedAt!,
    }, null)
    await spreadDepartment(system, [firm.id], department)
    await indexFirm(system, changed)
    return changed
  })
  ctx.announce('enterprise.department_set', { kind: 'enterprise', id: firm.id }, { department: body.department, reason })
  return toEnterprise(ctx, row)
}

function mayClassify(ctx: Ctx, firm: EnterpriseRow): boolean {
  return ctx.actor.kind === 'staff' && ctx.may('enterprise.classify') && !decidesForSelf(ctx, firm)
}
async function visibleFirm(ctx: Ctx, id: string): Promise<EnterpriseRow> {
  const firm = await findEnterprise(ctx, id)
  if (!firm) throw problem('not_found')
  return firm
}
async function firmToClassify(ctx: Ctx, id: string): Promise<EnterpriseRow> {
  const firm = await visibleFirm(ctx, id)
  if (decidesForSelf(ctx, firm)) throw problem('session.own_firm')
  ctx.unit = unitCovering(ctx.actor, 'enterprise.classify', verbs, [firm.districtCode, firm.streetCode, firm.zoneCode])
  return firm
}
