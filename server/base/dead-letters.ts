// Dead letters for the administrator: what was given up is listed, tried again or settled; each deed is in the audit.
import type { Input, Returns } from '@fugong/contract/base'
import { listDeadLetters, retryDeadLetter, settleDeadLetter, type DeadLetter } from '@fugong/contract/base.letters'
import { elevated, type Ctx } from './context.ts'
import { sql } from './db.ts'
import { eventById, type Subscription } from './events.ts'
import type { JobKind } from './jobs.ts'
import { COUNT_LIMIT, cutPage, PAGE_SIZE, readMark, totalOf } from './paging.ts'
import { problem } from './problem.ts'
import { openedTable } from './reach.ts'
import { route, type Module } from './routes.ts'

const ORDER = 'letters'
/** The job that delivers one event again. */
const REDELIVER = 'base.redeliver'
type Kept = DeadLetter & { payload: unknown }

async function list(ctx: Ctx, { query }: Input<typeof listDeadLetters>): Promise<Returns<typeof listDeadLetters>> {
  const limit = query.limit ?? PAGE_SIZE
  const after = readMark(ORDER, query.cursor)
  return elevated(ctx, async (system) => {
    const behind = after ? sql`where (at, id) < (${after.moment}::timestamptz, ${after.id}::uuid)` : sql``
    const { rows } = await sql<DeadLetter>`select id, kind, name, reference, error, at from base.dead_letters ${behind} order by at desc, id desc limit ${limit + 1}`.execute(system.db)
    const counted = await sql<{ count: number }>`select count(*)::int as count from (select 1 from base.dead_letters limit ${COUNT_LIMIT + 1}) as counted`.execute(system.db)
    return { ...cutPage(rows, limit, ORDER, (row) => ({ moment: row.at, id: row.id })), ...totalOf(counted.rows[0]!.count) }
  })
}
/** Queues the job anew, or the delivery of the event as a job of its own; failing once more, it comes back as another letter. */
async function retry(ctx: Ctx, { params }: Input<typeof retryDeadLetter>): Promise<{ done: true }> {
  const { kind, name, reference, payload } = await take(ctx, params.id)
  if (kind === 'job') ctx.enqueue(name, payload)
  else ctx.enqueue(REDELIVER, { subscriber: name, event: reference }, { key: `${name} ${reference}` })
  ctx.announce('dead_letter.retried', { kind: 'dead_letter', id: params.id }, { kind, name, reference })
  return { done: true }
}
async function settle(ctx: Ctx, { params, body }: Input<typeof settleDeadLetter>): Promise<{ done: true }> {
  const { kind, name, reference } = await take(ctx, params.id)
  ctx.announce('dead_letter.settled', { kind: 'dead_letter', id: params.id }, { kind, name, reference, reason: body.reason })
  return { done: true }
}
/** Of two administrators who take one letter at once the second finds nothing. */
async function take(ctx: Ctx, id: string): Promise<Kept> {
  return elevated(ctx, async (system) => {
    const { rows } = await sql<Kept>`delete from base.dead_letters where id = ${id} returning id, kind, name, reference, payload, error, at`.execute(system.db)
    if (!rows[0]) throw problem('not_found')
    return rows[0]
  })
}

/** Delivers one event to one subscriber again, after those that came later: subscribers go by the state they find, not by the order. */
export function redelivery(subscriptions: readonly Subscription[]): JobKind {
  return {
    name: REDELIVER,
    async run(ctx, payload) {
      const { subscriber, event: id } = payload as { subscriber: string; event: string }
      const subscription = subscriptions.find((one) => one.subscriber === subscriber)
      const event = await eventById(ctx, id)
      // A subscriber that no longer exists misses nothing.
      if (subscription && event) await subscription.receive(ctx, event)
    },
  }
}

/** What the ground itself offers over the wire. */
export const ground: Module = {
  name: 'base',
  routes: [route(listDeadLetters, list), route(retryDeadLetter, retry), route(settleDeadLetter, settle)],
  verbs: { 'system.read': ['administrator'], 'system.settle': ['administrator'] },
  scopes: [openedTable], constraints: {},
}
