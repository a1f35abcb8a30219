// Groups: a firm names the one above it; both see the relation, either ends it.
import type { Input, Returns } from '@fugong/contract/base'
import type { addParent, endRelation, listRelations, Relation } from '@fugong/contract/enterprises.register'
import { isOwnFirm, unitCovering } from '../../base/auth.ts'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { dayIssues } from './change.actions.ts'
import { doersOf, stampOf } from './doers.actions.ts'
import type { Side } from './history.store.ts'
import { verbs } from './policy.ts'
import { closesCircle } from './relations.rules.ts'
import { closeRelation, insertRelation, selectBelow, selectRelations, type RelationRow } from './relations.store.ts'
import { lengthIssues, tidy } from './rules.ts'
import { firmNames } from './show.actions.ts'
import { findByCreditCode, findEnterprise, type EnterpriseRow } from './store.ts'

const EARLIEST = '1949-10-01'

export async function listRelationsOf(ctx: Ctx, { params }: Input<typeof listRelations>): Promise<Returns<typeof listRelations>> {
  const firm = await getFirm(ctx, params.id)
  const rows = await elevated(ctx, (system) => selectRelations(system, firm.id))
  return { items: await toRelations(ctx, firm.id, rows), can: ctx.may('enterprise.relate') && firm.state === 'active' ? ['addParent'] : [] }
}
export async function addParentOf(ctx: Ctx, { params, body }: Input<typeof addParent>): Promise<Relation> {
  const firm = await getFirm(ctx, params.id)
  const side = sideOn(ctx, firm)
  const reason = tidy(body.reason ?? '') || null
  const issues = [...lengthIssues([{ path: '/reason', text: reason ?? '', limit: 300 }]), ...dayIssues(body.from, { from: EARLIEST, until: shanghaiDay(ctx.now) }, '/from')]
  if (issues.length) throw invalid(issues)
  const { changedBy, changedUnit, changedAt } = stampOf(ctx, side)
  const row = await elevated(ctx, async (system): Promise<RelationRow> => {
    const parent = await findByCreditCode(system, body.parentCode)
    if (!parent) throw problem('enterprises.parent_unknown')
    const added = { id: newId(), parentId: parent.id, childId: firm.id, kind: body.kind, from: body.from, until: null, reason, side, setAt: changedAt!, setBy: changedBy, setUnit: changedUnit, endedAt: null }
    if (closesCircle(await selectBelow(system, firm.id), added)) throw problem('enterprises.relation_cycle')
    await insertRelation(system, added)
    return added
  })
  ctx.announce('enterprise.related', { kind: 'enterprise', id: firm.id }, { relationId: row.id, parentId: row.parentId, kind: row.kind })
  return (await toRelations(ctx, firm.id, [row]))[0]!
}
export async function endRelationOf(ctx: Ctx, { params, body }: Input<typeof endRelation>): Promise<Relation> {
  const firm = await getFirm(ctx, params.id)
  const side = sideOn(ctx, firm)
  const rows = () => elevated(ctx, (system) => selectRelations(system, firm.id))
  const row = (await rows()).find((one) => one.id === params.relationId)
  if (!row) throw problem('not_found')
  const reason = tidy(body.reason)
  const issues = [...lengthIssues([{ path: '/reason', text: reason, limit: 300 }]), ...dayIssues(body.until, { from: row.from, until: shanghaiDay(ctx.now) }, '/until')]
  if (issues.length) throw invalid(issues)
  const ended = row.endedAt === null && (await elevated(ctx, (system) => closeRelation(system, row.id, { until: body.until, by: stampOf(ctx, side).changedBy, reason })))
  if (!ended) throw problem('enterprises.relation_ended')
  ctx.announce('enterprise.relation_ended', { kind: 'enterprise', id: firm.id }, { relationId: row.id, reason })
  return (await toRelations(ctx, firm.id, (await rows()).filter((one) => one.id === row.id)))[0]!
}
async function toRelations(ctx: Ctx, of: string, rows: readonly RelationRow[]): Promise<Relation[]> {
  const others = await firmNames(ctx, rows.map((row) => (row.childId === of ? row.parentId : row.childId)))
  const doers = await doersOf(ctx, rows.map((row) => ({ side: row.side, person: row.setBy, unit: row.setUnit })))
  return rows.map((row, at) => ({
    id: row.id, other: others.get(row.childId === of ? row.parentId : row.childId)!, side: row.childId === of ? 'parent' : 'child', kind: row.kind, from: row.from, until: row.until, reason: row.reason, setBy: doers[at]!,
    can: row.endedAt === null && ctx.may('enterprise.relate') ? ['end'] : [],
  }))
}
function sideOn(ctx: Ctx, firm: EnterpriseRow): Side {
  if (isOwnFirm(ctx.actor, firm.id)) return 'firm'
  ctx.unit = unitCovering(ctx.actor, 'enterprise.relate', verbs, [firm.districtCode, firm.streetCode, firm.zoneCode])
  return 'office'
}
async function getFirm(ctx: Ctx, id: string): Promise<EnterpriseRow> {
  const firm = await findEnterprise(ctx, id)
  if (!firm) throw problem('not_found')
  return firm
}
