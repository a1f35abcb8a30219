// What the firm does under a stop-work order: say and show how each point was put right, then hand in for recheck.
import type { Input } from '@fugong/contract/base'
import type { answerItem, handInOrder, Order } from '@fugong/contract/orders'
import type { Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { moveCase } from '../cases/index.ts'
import { attachFiles } from '../files/index.ts'
import { toOrder } from './answer.actions.ts'
import { tellUnit } from './notices.actions.ts'
import { missingEvidence } from './rules.ts'
import { change, load, openCaseOf } from './shared.actions.ts'
import { scopeOf, selectItems, updateItem } from './store.ts'

/** Saves one point; it can be changed until it is handed in, and what the office accepted stands. */
export async function answer(ctx: Ctx, { params, body }: Input<typeof answerItem>): Promise<Order> {
  const row = await load(ctx, params.id, body.revision, ['rectifying'], 'firm')
  const item = (await selectItems(ctx, row.id)).find(({ position }) => position === Number(params.position))
  if (!item) throw problem('not_found')
  if (item.state === 'accepted') throw problem('orders.state_refused', { state: 'accepted' })
  await attachFiles(ctx, body.fileIds, { kind: 'order', id: row.id, ...scopeOf(row) }, '/fileIds')
  await updateItem(ctx, row.id, item.position, { note: body.note.trim() || null, fileIds: [...new Set(body.fileIds)] })
  const saved = await change(ctx, row, {})
  ctx.announce('order.item_answered', { kind: 'order', id: row.id }, { position: item.position, files: body.fileIds.length })
  return toOrder(ctx, saved)
}
export async function handIn(ctx: Ctx, { params, body }: Input<typeof handInOrder>): Promise<Order> {
  const row = await load(ctx, params.id, body.revision, ['rectifying'], 'firm')
  const items = await selectItems(ctx, row.id)
  const missing = missingEvidence(items)
  if (missing.length) throw invalid(missing)
  await moveCase(ctx, (await openCaseOf(ctx, row)).id, 'handIn')
  for (const { position, state } of items) if (state !== 'accepted') await updateItem(ctx, row.id, position, { state: 'handedIn', answer: null })
  const handed = await change(ctx, row, { state: 'handedIn', handedInAt: ctx.now.toISOString() })
  ctx.announce('order.handed_in', { kind: 'order', id: row.id }, { items: items.length })
  await tellUnit(ctx, handed)
  return toOrder(ctx, handed)
}
