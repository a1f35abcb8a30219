// Events: rows written in the transaction of a deed (audit entry and outbox at once) and their later delivery to subscribers.
import type pg from 'pg'
import type { AnnouncedEvent, EventName } from '@fugong/contract/events'
import type { Announcement, Ctx } from './context.ts'
import { sql } from './db.ts'
import { newId } from './ids.ts'

/** An announcement with the context it was made in, read when it is written: an action may name its unit late. */
export interface Announced extends Announcement { by: Pick<Ctx, 'actor' | 'unit' | 'requestId'> }
/** Sends the insert of all announcements of a transaction without waiting; the commit waits for it. */
export function writeEvents(client: pg.PoolClient, now: Date, announced: readonly Announced[]): Promise<unknown>[] {
  if (!announced.length) return []
  const rows = announced.map(({ name, subject, payload, by: { actor, unit, requestId } }) => ({
    id: newId(), name, subject_kind: subject.kind, subject_id: subject.id, actor_kind: actor.kind, actor_id: actor.personId, unit_id: unit?.unitId ?? null, seeing_as: actor.seeingAs?.role ?? null, request_id: requestId, payload,
  }))
  return [client.query({
    name: 'events',
    text: `insert into base.events (id, at, name, subject_kind, subject_id, actor_kind, actor_id, unit_id, seeing_as, request_id, payload)
      select id, $2::timestamptz, name, subject_kind, subject_id, actor_kind, actor_id, unit_id, seeing_as, request_id, payload
      from jsonb_to_recordset($1::jsonb) as r(id uuid, name text, subject_kind text, subject_id text, actor_kind text, actor_id uuid, unit_id uuid, seeing_as text, request_id text, payload jsonb)`,
    values: [JSON.stringify(rows), now],
  })]
}

export interface Subscription {
  /** Stable name of the subscriber: its position is kept under it. */
  subscriber: string
  names: readonly EventName[]
  /** Runs in the transaction that moves the position on: its effects happen once. */
  receive(ctx: Ctx, event: AnnouncedEvent): Promise<void>
}
interface EventRow { id: string; xid: string; at: string; name: EventName; subjectKind: string; subjectId: string; actorKind: string; actorId: string | null; unitId: string | null; payload: AnnouncedEvent['payload'] }

/** Which of these subscribers have events to be given now; one look for all, so that resting costs next to nothing. */
export async function selectWaiting(ctx: Ctx, subscribers: readonly string[]): Promise<string[]> {
  // A subscriber that has never been given anything has no cursor yet.
  const { rows } = await sql<{ subscriber: string }>`
    select s.subscriber from unnest(${[...subscribers]}::text[]) as s (subscriber) left join base.event_cursors c using (subscriber)
    where c.subscriber is null or (c.retry_at <= ${ctx.now} and exists (select 1 from base.events e where (e.xid, e.id) > (c.xid, c.id) and e.xid < pg_snapshot_xmin(pg_current_snapshot())))`.execute(ctx.db)
  return rows.map(({ subscriber }) => subscriber)
}

const TRIES = 8
/** Delivers the next events to one subscriber, in commit-safe order; answers how many it went past. Runs under the system scope. */
export async function deliverNext(ctx: Ctx, subscription: Subscription, limit = 100): Promise<number> {
  await sql`insert into base.event_cursors (subscriber) values (${subscription.subscriber}) on conflict do nothing`.execute(ctx.db)
  const cursor = (await sql<{ xid: string; id: string; tries: number; retryAt: string }>`
    select xid::text, id, tries, retry_at from base.event_cursors where subscriber = ${subscription.subscriber} and retry_at <= ${ctx.now} for update skip locked`.execute(ctx.db)).rows[0]
  if (!cursor) return 0
  // Below the oldest running transaction nothing can appear any more, so no event is passed over.
  const upTo = (await sql<{ xid: string; id: string; count: number }>`
    with next as materialized (select xid, id from base.events where (xid, id) > (${cursor.xid}::xid8, ${cursor.id}::uuid) and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, id limit ${limit})
    select xid::text, id, (select count(*)::int from next) as count from next order by next.xid desc, id desc limit 1`.execute(ctx.db)).rows[0]
  if (!upTo) return 0
  const events = (await sql<EventRow>`
    select id, xid::text, at, name, subject_kind, subject_id, actor_kind, actor_id, unit_id, payload from base.events e
    where (e.xid, e.id) > (${cursor.xid}::xid8, ${cursor.id}::uuid) and (e.xid, e.id) <= (${upTo.xid}::xid8, ${upTo.id}::uuid) and name = any (${[...subscription.names]}::text[]) order by e.xid, e.id`.execute(ctx.db)).rows
  const moveTo = (place: { xid: string; id: string }) => sql`update base.event_cursors set xid = ${place.xid}::xid8, id = ${place.id}, tries = 0 where subscriber = ${subscription.subscriber}`.execute(ctx.db)
  for (const [done, event] of events.entries()) {
    const failure = await ctx.attempt(() => subscription.receive(ctx, announced(event)))
    if (failure !== undefined) {
      await noteFailure(ctx, subscription, event, cursor.tries + 1, failure)
      return done
    }
    cursor.tries = 0
    await moveTo(event)
  }
  await moveTo(upTo)
  return upTo.count
}

const announced = (event: EventRow): AnnouncedEvent => ({ id: event.id, name: event.name, subject: { kind: event.subjectKind, id: event.subjectId }, at: event.at, actor: { kind: event.actorKind, id: event.actorId, unitId: event.unitId }, payload: event.payload })
/** One event as a subscriber receives it, by its id. Runs under the system scope. */
export async function eventById(ctx: Ctx, id: string): Promise<AnnouncedEvent | undefined> {
  const { rows } = await sql<EventRow>`select id, xid::text, at, name, subject_kind, subject_id, actor_kind, actor_id, unit_id, payload from base.events where id = ${id}`.execute(ctx.db)
  return rows[0] && announced(rows[0])
}

async function noteFailure(ctx: Ctx, subscription: Subscription, event: EventRow, tries: number, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.name : 'unknown'
  ctx.log.warn({ subscriber: subscription.subscriber, event: event.name, id: event.id, tries, kind: message }, 'event not delivered')
  if (tries < TRIES) {
    const wait = Math.min(600, 2 ** tries)
    await sql`update base.event_cursors set tries = ${tries}, retry_at = ${ctx.now}::timestamptz + make_interval(secs => ${wait}) where subscriber = ${subscription.subscriber}`.execute(ctx.db)
    return
  }
  // Set aside and shown to an administrator, so that one bad event does not stop the rest.
  await sql`insert into base.dead_letters (id, kind, name, reference, error, at) values (${newId()}, 'event', ${subscription.subscriber}, ${event.id}, ${message}, ${ctx.now})`.execute(ctx.db)
  await sql`update base.event_cursors set xid = ${event.xid}::xid8, id = ${event.id}, tries = 0 where subscriber = ${subscription.subscriber}`.execute(ctx.db)
}
