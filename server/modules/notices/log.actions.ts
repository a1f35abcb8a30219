// What became of notices: a unit's log, and counts for whoever runs the system.
import type { Input, Returns } from '@fugong/contract/base'
import type { countNotices, listNoticeLog } from '@fugong/contract/notices.log'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { PAGE_SIZE, cutPage, readMark, totalOf } from '../../base/paging.ts'
import { invalid } from '../../base/problem.ts'
import { countLog, selectCounts, selectLog } from './log.store.ts'
import { sendingUnits } from './policy.ts'

export async function noticeLog(ctx: Ctx, { query }: Input<typeof listNoticeLog>): Promise<Returns<typeof listNoticeLog>> {
  const { cursor, limit = PAGE_SIZE, ...rest } = query
  const filter = { ...rest, units: sendingUnits(ctx) }
  return elevated(ctx, async (system) => {
    const page = cutPage(await selectLog(system, filter, limit + 1, readMark('notice-log', cursor)), limit, 'notice-log', (row) => ({ moment: row.sentAt, id: row.id }))
    const items = page.items.map(({ id, sentAt, template, title, titleEn, link, people, read, smsSent, smsWaiting, smsDeferred, smsFailed, smsOff, deferredUntil, postsSent, postsWaiting, postsFailed, reasons }) => ({
      id, sentAt, template, title: { zh: title, en: titleEn ?? title }, link, people, read, deferredUntil, reasons,
      sms: { sent: smsSent, waiting: smsWaiting, deferred: smsDeferred, failed: smsFailed, off: smsOff }, robots: { sent: postsSent, waiting: postsWaiting, failed: postsFailed },
    }))
    return { items, next: page.next, ...totalOf(await countLog(system, filter)) }
  })
}
const WEEK = 6 * 86_400_000
export async function noticeCounts(ctx: Ctx, { query }: Input<typeof countNotices>): Promise<Returns<typeof countNotices>> {
  const to = query.to ?? shanghaiDay(ctx.now)
  const from = query.from ?? shanghaiDay(new Date(Date.parse(`${to}T00:00:00+08:00`) - WEEK))
  if (from > to) throw invalid([{ path: '/to', code: 'issue.end_before_begin' }])
  return { from, to, items: await elevated(ctx, (system) => selectCounts(system, from, to)) }
}
