// Use cases of notices: a person's inbox, marking messages as read, the log of what a unit sent.
import type { Bilingual, Input, Returns } from '@fugong/contract/base'
import { fillMessage, type listNotices, type listSentNotices, type Notice, type readAllNotices, type readNotice } from '@fugong/contract/notices'
import { kindOf } from '@fugong/contract/notices.templates'
import { elevated, type Ctx } from '../../base/context.ts'
import { PAGE_SIZE, cutPage, readMark, totalOf } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { sendingUnits } from './policy.ts'
import { countInbox, countSent, markAllRead, markRead, selectInbox, selectMessages, selectSent, type DeliveryRow, type MessageRow } from './store.ts'

export async function listInbox(ctx: Ctx, { query }: Input<typeof listNotices>): Promise<Returns<typeof listNotices>> {
  const limit = query.limit ?? PAGE_SIZE
  const unread = query.unread === true
  const page = cutPage(await selectInbox(ctx, unread, limit + 1, readMark('notices', query.cursor)), limit, 'notices', (row) => ({ moment: row.sentAt, id: row.id }))
  // The message belongs to its sender; what of it is the reader's stands in the delivery.
  const messages = new Map((await elevated(ctx, (system) => selectMessages(system, [...new Set(page.items.map((row) => row.messageId))]))).map((message) => [message.id, message]))
  const units = await unitNames(ctx, [...messages.values()].flatMap((message) => message.unitId ?? []))
  const items = page.items.map((row) => toNotice(row, messages.get(row.messageId)!, units))
  const waiting = await countInbox(ctx, true)
  return { items, next: page.next, ...totalOf(unread ? waiting : await countInbox(ctx, false)), unread: waiting }
}
export async function markNoticeRead(ctx: Ctx, { params }: Input<typeof readNotice>): Promise<Returns<typeof readNotice>> {
  const marked = await markRead(ctx, params.id)
  if (marked === 'none') throw problem('not_found')
  if (marked === 'now') ctx.announce('notice.read', { kind: 'delivery', id: params.id }, {})
  return { done: true }
}
export async function markAll(ctx: Ctx): Promise<Returns<typeof readAllNotices>> {
  const read = await markAllRead(ctx)
  if (read) ctx.announce('notice.all_read', { kind: 'person', id: ctx.actor.personId! }, { count: read })
  return { read }
}
function toNotice({ id, enterpriseId, enterpriseName, sentAt, readAt, smsState, smsWhy, smsAt, smsDueAt }: DeliveryRow, message: MessageRow, units: ReadonlyMap<string, Bilingual>): Notice {
  const from = message.unitId ? (units.get(message.unitId) ?? null) : null
  const values = { 企业名称: enterpriseName ?? '', 单位: from?.zh ?? '' }
  // A template was filled in when it was sent; an office's own words are filled in for each firm.
  const spoken = (zh: string, en: string | null) => (message.template === null ? { zh: fillMessage(zh, values), en: fillMessage(zh, values) } : { zh, en: en ?? zh })
  const sms = smsState === null ? null : { state: smsState, why: smsWhy, at: smsState === 'waiting' ? smsDueAt : smsAt }
  return { id, enterpriseId, enterpriseName, from, kind: message.template === null ? null : kindOf(message.template), title: spoken(message.title, message.titleEn), text: spoken(message.text, message.textEn), link: message.link, urgent: message.urgent, sms, sentAt, readAt }
}
export async function listSent(ctx: Ctx, { query }: Input<typeof listSentNotices>): Promise<Returns<typeof listSentNotices>> {
  const limit = query.limit ?? PAGE_SIZE
  const units = sendingUnits(ctx)
  return elevated(ctx, async (system) => {
    const page = cutPage(await selectSent(system, units, limit + 1, readMark('sent', query.cursor)), limit, 'sent', (row) => ({ moment: row.sentAt, id: row.id }))
    const [people, names] = [await personNames(system, page.items.map((row) => row.personId!)), await unitNames(system, page.items.flatMap((row) => row.unitId ?? []))]
    const items = page.items.map(({ personId, unitId, ...row }) => ({ ...row, by: people.get(personId!) ?? '', unit: unitId ? (names.get(unitId) ?? null) : null }))
    return { items, next: page.next, ...totalOf(await countSent(system, units)) }
  })
}
