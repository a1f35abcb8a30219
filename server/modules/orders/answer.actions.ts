// Reading stop-work orders: one with its points, case and what the caller can do; lists; what the to-do list and a reviewer's page call them.
import type { Bilingual, Input, Returns } from '@fugong/contract/base'
import type { CaseSubject } from '@fugong/contract/cases'
import type { Earlier } from '@fugong/contract/declarations.review'
import type { getOrder, listOrders, Order, OrderRow } from '@fugong/contract/orders'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { cutPage, PAGE_SIZE, planByValue, readMark, totalOf } from '../../base/paging.ts'
import { caseOf, timelineOf } from '../cases/index.ts'
import { filesOf } from '../files/index.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { answersFor, isOwn, readsAsFirm } from './policy.ts'
import { orderMachine, STOP_WORK } from './kind.actions.ts'
import { isOpen } from './rules.ts'
import { holdOn } from './shared.actions.ts'
import { countItems, countUpToLimit, getOrderRow, selectByIds, selectItems, selectOfFirm, selectPage, type Filter, type OrderRecord } from './store.ts'

const unnamed: Bilingual = { zh: '–', en: '–' }
const isLate = (ctx: Ctx, row: OrderRecord) => row.state === 'rectifying' && row.deadline < shanghaiDay(ctx.now)
export async function toOrder(ctx: Ctx, row: OrderRecord): Promise<Order> {
  const [items, standing] = await Promise.all([selectItems(ctx, row.id), caseOf(ctx, STOP_WORK, row.id)])
  if (!standing) throw new Error(`Order ${row.id} has no case`)
  const asFirm = readsAsFirm(ctx, row)
  const [files, units, people, timeline] = await Promise.all([
    filesOf(ctx, items.flatMap(({ fileIds }) => fileIds)), unitNames(ctx, [row.unitId, row.objectUnitId, row.proposedUnitId].filter((id) => id !== null)), asFirm ? new Map<string, string>() : personNames(ctx, [row.issuedBy, row.proposedBy].filter((id) => id !== null)), timelineOf(ctx, standing.id),
  ])
  const known = new Map(files.map((file) => [file.id, file]))
  return {
    id: row.id, revision: row.revision, state: row.state, documentNo: row.documentNo, declarationId: row.declarationId, certificateId: row.certificateId, certificateNumber: row.certificateNumber,
    enterpriseId: row.enterpriseId, enterpriseName: row.enterpriseName, workplaceName: row.workplaceName, address: row.address, districtCode: row.districtCode,
    reason: row.reason, findings: row.findings.map(({ code, text }) => ({ code: code ?? null, text })), items: items.map(({ position, text, state, note, fileIds, answer }) => ({ position, text, state, note, files: fileIds.flatMap((id) => known.get(id) ?? []), answer })),
    deadline: row.deadline, overdue: isLate(ctx, row), unit: units.get(row.unitId) ?? unnamed, issuedBy: people.get(row.issuedBy) ?? null, issuedAt: row.issuedAt, handedInAt: row.handedInAt, endedAt: row.endedAt, endReason: row.endReason,
    // What offices weigh among themselves is told to the firm once it is decided.
    proposal: row.proposedBy === null || asFirm ? null : { by: people.get(row.proposedBy) ?? null, unit: units.get(row.proposedUnitId!) ?? unnamed, at: row.proposedAt!, reason: row.proposedReason! },
    decision: row.decision, objectTo: row.objectUnitId === null ? null : (units.get(row.objectUnitId) ?? unnamed), objectUntil: row.objectUntil,
    caseId: standing.id, dueAt: standing.dueAt, timeline, can: await abilities(ctx, row),
  }
}
async function abilities(ctx: Ctx, row: OrderRecord): Promise<string[]> {
  if (!isOpen(row.state)) return []
  const can = answersFor(ctx, row) && row.state === 'rectifying' ? ['answer', 'handIn'] : []
  if (!ctx.may('order.issue') || isOwn(ctx, row) || !(await holdOn(ctx, row))) return can
  if (row.state === 'revoking') return row.proposedBy === ctx.actor.personId ? can : [...can, 'decideRevocation']
  return [...can, ...(row.state === 'handedIn' ? ['recheck'] : []), 'propose']
}
export async function get(ctx: Ctx, { params }: Input<typeof getOrder>): Promise<Order> {
  return toOrder(ctx, await getOrderRow(ctx, params.id))
}

const ORDER = 'issued'
export async function list(ctx: Ctx, { query }: Input<typeof listOrders>): Promise<Returns<typeof listOrders>> {
  const { cursor, limit = PAGE_SIZE, ...wanted } = query
  const filter: Filter = { ...wanted, today: shanghaiDay(ctx.now) }
  await planByValue(ctx)
  const [rows, counted] = await Promise.all([selectPage(ctx, filter, limit, readMark(ORDER, cursor)), countUpToLimit(ctx, filter)])
  const page = cutPage(rows, limit, ORDER, (row) => ({ moment: row.issuedAt, id: row.id }))
  const [counts, units] = await Promise.all([countItems(ctx, page.items.map(({ id }) => id)), unitNames(ctx, [...new Set(page.items.map(({ unitId }) => unitId))])])
  return { items: page.items.map((row) => toRow(ctx, row, counts.get(row.id), units)), next: page.next, ...totalOf(counted) }
}
function toRow(ctx: Ctx, row: OrderRecord, counts: { items: number; accepted: number } | undefined, units: ReadonlyMap<string, Bilingual>): OrderRow {
  const { id, state, documentNo, declarationId, certificateNumber, enterpriseId, enterpriseName, workplaceName, districtCode, reason, deadline, issuedAt, endedAt } = row
  return { id, state, documentNo, declarationId, certificateNumber, enterpriseId, enterpriseName, workplaceName, districtCode, reason, items: counts?.items ?? 0, accepted: counts?.accepted ?? 0, deadline, overdue: isLate(ctx, row), unit: units.get(row.unitId) ?? unnamed, issuedAt, endedAt }
}

/** What orders are called on the to-do list. */
export async function describeOrders(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, CaseSubject>> {
  return new Map((await selectByIds(ctx, ids)).map((row) => [row.id, {
    title: row.enterpriseName, subtitle: row.workplaceName, link: `/console/orders/${row.id}`,
    facts: [{ name: { zh: '文号', en: 'Number' }, value: { zh: row.documentNo, en: row.documentNo } }, { name: { zh: '整改期限', en: 'Deadline' }, value: { zh: row.deadline, en: row.deadline } }],
  }]))
}
/** Orders against a firm, as a reviewer of its declarations should see them. */
export async function earlierOrders(ctx: Ctx, enterpriseId: string, limit: number): Promise<Earlier[]> {
  return (await selectOfFirm(ctx, enterpriseId, limit)).map((row) => {
    const state = orderMachine.states[row.state]!.name
    return { kind: 'order', at: row.issuedAt, title: { zh: `责令停工整改 ${row.documentNo}（${state.zh}）`, en: `Stop-work order ${row.documentNo} (${state.en})` }, text: row.reason, link: `/console/orders/${row.id}` }
  })
}
