// Deeds on many firms at once: give to a colleague, flag, message; the first firms at once, the rest as a job; undo while it may be.
import type { Input, Returns } from '@fugong/contract/base'
import type { Assignment, assignFirms, Bulk, bulkChoices, flagFirms, getBulk, listAssignments, messageFirms, undoBulk } from '@fugong/contract/enterprises.lists'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { sha256 } from '../../base/crypto.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { newId } from '../../base/ids.ts'
import { planByValue } from '../../base/paging.ts'
import { invalid, problem } from '../../base/problem.ts'
import { peopleOfUnit, personNames, unitNames } from '../identity/index.ts'
import { sendToFirms } from '../notices/index.ts'
import { getFirm } from './actions.ts'
import { assign, findBulk, flag, insertBulk, limitsOn, lockBulk, markFirms, markUndone, nextFirms, reachable, selectAssignments, settleBulk, takeBack, unflag, upsertLimits, type BulkContent, type BulkRow, type Limits } from './bulk.store.ts'
import { flagKinds } from './flags.store.ts'
import { filterOf } from './list.actions.ts'
import { selectIds } from './list.store.ts'
import { decidesForSelf } from './policy.ts'
import { lengthIssues, tidy } from './rules.ts'
import { findEnterprise, indexFirm, selectIdsAfter } from './store.ts'

export const CONTINUE_BULK = 'enterprises.continue_bulk'
/** Firms of one transaction: a larger deed shows how far it has come between two of them. */
const FIRMS_PER_RUN = 500

type Target = Pick<Input<typeof assignFirms>['body'], 'ids' | 'filter'>

export async function assignTo(ctx: Ctx, { body }: Input<typeof assignFirms>): Promise<Bulk> {
  if (body.personId && !(await peopleOfUnit(ctx, unitOf(ctx))).some(({ personId }) => personId === body.personId)) throw problem('enterprises.assignee_unknown')
  return begin(ctx, 'assign', { personId: body.personId }, body)
}
export async function flagAll(ctx: Ctx, { body }: Input<typeof flagFirms>): Promise<Bulk> {
  const reason = tidy(body.reason)
  const issues = [...lengthIssues([{ path: '/reason', text: reason, limit: 300 }]), ...((await flagKinds(ctx)).some(({ code }) => code === body.code) ? [] : [{ path: '/code', code: 'issue.choice' }])]
  if (issues.length) throw invalid(issues)
  return begin(ctx, 'flag', { code: body.code, reason }, body)
}
export async function messageAll(ctx: Ctx, { body }: Input<typeof messageFirms>): Promise<Bulk> {
  const notice = { title: tidy(body.notice.title), text: tidy(body.notice.text), sms: body.notice.sms }
  const issues = lengthIssues([{ path: '/notice/title', text: notice.title, limit: 60 }, { path: '/notice/text', text: notice.text, limit: 1000 }])
  if (issues.length) throw invalid(issues)
  return begin(ctx, 'message', notice, body)
}
const unitOf = (ctx: Ctx): string => ctx.unit!.unitId
const limits = (ctx: Ctx): Promise<Limits> => limitsOn(ctx, shanghaiDay(ctx.now))

/** Takes on the firms that the caller reaches now; others are counted and left alone. One's own firms are for somebody else. */
async function begin(ctx: Ctx, deed: Bulk['deed'], content: BulkContent, target: Target): Promise<Bulk> {
  const { mostFirms } = await limits(ctx)
  await planByValue(ctx)
  const asked = target.ids ?? (await selectIds(ctx, await filterOf(ctx, target.filter!, '/filter'), mostFirms + 1))
  if (asked.length > mostFirms) throw problem('enterprises.bulk_too_many', { limit: mostFirms })
  const found = await reachable(ctx, asked)
  if (!found.length) throw problem('enterprises.bulk_none')
  const firms = found.map((firm) => ({ id: firm.id, refused: deed !== 'message' && decidesForSelf(ctx, firm) }))
  const id = newId()
  const row: BulkRow = {
    id, personId: ctx.actor.personId!, unitId: unitOf(ctx), deed, content, state: 'running', count: firms.length, outside: asked.length - firms.length,
    done: 0, unchanged: 0, refused: 0, undone: 0, begunAt: ctx.now.toISOString(), endedAt: null, undoUntil: null,
  }
  ctx.announce('enterprise.bulk_begun', { kind: 'bulk', id }, { deed, count: row.count, outside: row.outside })
  return elevated(ctx, async (system) => {
    await insertBulk(system, row, firms)
    return toBulk(ctx, await run(system, row))
  })
}
/** Does the next firms of a deed and queues the rest; runs as the system. */
export async function continueBulk(system: Ctx, bulkId: string): Promise<void> {
  const bulk = await lockBulk(system, bulkId)
  if (bulk?.state === 'running') await run(system, bulk)
}
async function run(system: Ctx, bulk: BulkRow): Promise<BulkRow> {
  const firms = await nextFirms(system, bulk.id, FIRMS_PER_RUN)
  const ids = firms.map((firm) => firm.enterpriseId)
  const done = new Set(await doTo(system, bulk, firms))
  await markFirms(system, bulk.id, [...done], 'done')
  await markFirms(system, bulk.id, ids.filter((id) => !done.has(id)), bulk.deed === 'message' ? 'refused' : 'unchanged')
  const { undoMinutes } = await limits(system)
  const after = await settleBulk(system, bulk.id, bulk.deed === 'message' ? null : new Date(system.now.getTime() + undoMinutes * 60_000))
  // The run that queues it still holds the deed's own key.
  if (after.state === 'running') system.enqueue(CONTINUE_BULK, { bulkId: bulk.id }, { key: `${bulk.id} ${after.done + after.unchanged + after.refused}` })
  else system.announce('enterprise.bulk_ended', { kind: 'bulk', id: bulk.id }, { deed: bulk.deed, done: after.done, unchanged: after.unchanged, refused: after.refused })
  return after
}
/** Does the deed to some firms and answers those where it took effect. */
async function doTo(system: Ctx, bulk: BulkRow, firms: { enterpriseId: string; enterpriseName: string }[]): Promise<Iterable<string>> {
  const ids = firms.map((firm) => firm.enterpriseId)
  if (!ids.length) return []
  if ('personId' in bulk.content) return assign(system, bulk, bulk.content.personId, ids)
  if ('code' in bulk.content) return flag(system, bulk, { ...bulk.content, from: shanghaiDay(system.now) }, ids)
  return sendToFirms(system, bulk.id, { personId: bulk.personId, unitId: bulk.unitId }, bulk.content, firms)
}

export async function bulkOf(ctx: Ctx, { params }: Input<typeof getBulk>): Promise<Bulk> {
  const found = await findBulk(ctx, params.id)
  if (!found) throw problem('not_found')
  return toBulk(ctx, found)
}
/** Takes back what still stands as the deed left it; what a colleague changed since is theirs. */
export async function undoBulkOf(ctx: Ctx, { params }: Input<typeof undoBulk>): Promise<Bulk> {
  if (!(await findBulk(ctx, params.id))) throw problem('not_found')
  return elevated(ctx, async (system) => {
    const bulk = (await lockBulk(system, params.id))!
    if (bulk.state === 'running') throw problem('enterprises.bulk_running')
    if (!canUndo(system.now, bulk)) throw problem('enterprises.undo_over')
    const ids = 'personId' in bulk.content ? await takeBack(system, bulk, bulk.content.personId === null) : await unflag(system, bulk, shanghaiDay(system.now), '撤销批量标记')
    await markUndone(system, bulk.id, ids)
    ctx.announce('enterprise.bulk_undone', { kind: 'bulk', id: bulk.id }, { deed: bulk.deed, undone: ids.length })
    return toBulk(ctx, (await lockBulk(system, bulk.id))!)
  })
}
const canUndo = (now: Date, { state, deed, undoUntil, done }: Pick<BulkRow, 'state' | 'deed' | 'undoUntil' | 'done'>): boolean => state === 'done' && deed !== 'message' && done > 0 && undoUntil !== null && now.getTime() < Date.parse(undoUntil)
function toBulk(ctx: Ctx, row: BulkRow): Bulk {
  const { id, deed, state, count, outside, done, unchanged, refused, undone, begunAt, endedAt, undoUntil } = row
  return { id, deed, state, count, outside, done, unchanged, refused, undone, begunAt, endedAt, undoUntil, can: canUndo(ctx.now, row) && ctx.may('enterprise.assign') ? ['undo'] : [] }
}

export async function chooseBulk(ctx: Ctx): Promise<Returns<typeof bulkChoices>> {
  const can = [...(ctx.may('enterprise.assign') ? ['assign'] : []), ...(ctx.may('enterprise.classify') ? ['flag'] : []), ...(ctx.may('enterprise.message') ? ['message'] : [])]
  return { can, ...(await limits(ctx)), colleagues: can.includes('assign') && ctx.unit ? await peopleOfUnit(ctx, ctx.unit.unitId) : [] }
}
export async function listAssignmentsOf(ctx: Ctx, { params }: Input<typeof listAssignments>): Promise<{ items: Assignment[] }> {
  const firm = await getFirm(ctx, params.id)
  const rows = await selectAssignments(ctx, firm.id)
  const people = await personNames(ctx, [...new Set(rows.flatMap((row) => [row.personId, row.setBy]))])
  const units = await unitNames(ctx, [...new Set(rows.map((row) => row.unitId))])
  return { items: rows.map(({ id, unitId, personId, fromAt, untilAt, setBy }) => ({ id, personName: people.get(personId) ?? '', unitName: units.get(unitId) ?? { zh: '', en: '' }, from: fromAt, until: untilAt, setBy: people.get(setBy) ?? '' })) }
}

/** Loads how many firms a deed takes and how long it can be undone; does nothing when the file is unchanged. */
export async function loadBulkLimits(ctx: Ctx): Promise<void> {
  const { value, hash } = readData<{ items: (Limits & { effectiveFrom: string })[] }>('data', 'china', 'lists.json')
  await loadOnce(ctx, 'lists', hash, () => upsertLimits(ctx, value.items))
}
/** Writes anew by what firms are found when the way of cutting names has changed; a new version of it is a new word here. */
export async function indexAllFirms(ctx: Ctx): Promise<void> {
  await loadOnce(ctx, 'enterprises/pieces', sha256('pieces of six, initials in every reading'), async () => {
    for (let ids = await selectIdsAfter(ctx, null, 500); ids.length; ids = await selectIdsAfter(ctx, ids.at(-1)!, 500)) for (const id of ids) await indexFirm(ctx, (await findEnterprise(ctx, id))!)
  })
}
