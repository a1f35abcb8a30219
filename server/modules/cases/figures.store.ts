// SQL for the collective view: open parts with the moment they came to their unit, and stopped clocks by week.
import type { ClockName } from '@fugong/contract/cases'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { clocksTable, visibleParts } from './policy.ts'
import { FAR } from './rules.ts'

/** Open parts that came to a unit on one day, hour and minute together, so that long lists stay short on the wire. */
export interface OpenAt { unitId: string; kind: string; openedAt: string; open: number; untaken: number; overdue: number; paused: number }
export async function selectOpen(ctx: Ctx, { kind, district }: { kind?: string | undefined; district?: string | undefined }): Promise<OpenAt[]> {
  return (await sql<OpenAt>`select p.unit_id, p.kind, date_trunc('minute', p.opened_at) as opened_at, count(*)::int as open, count(*) filter (where p.person_id is null)::int as untaken,
      count(*) filter (where p.due_at <= ${ctx.now})::int as overdue, count(*) filter (where p.due_at = ${FAR}::timestamptz)::int as paused
    from cases.parts p where p.state = 'open' and ${visibleParts(ctx, 'p')} ${kind ? sql`and p.kind = ${kind}` : sql``} ${district ? sql`and ${sql.ref(district.length > 6 ? 'p.street_code' : 'p.district_code')} = ${district}` : sql``} group by 1, 2, 3`.execute(ctx.db)).rows
}
export interface KeptRow { clock: ClockName; week: string; kept: number; missed: number; unjudged: number; paused: number }
/** Stopped clocks of a unit by the Monday of their week, from a moment on. */
export async function selectKept(ctx: Ctx, unitId: string, from: Date): Promise<KeptRow[]> {
  return (await sql<KeptRow>`select k.clock, date_trunc('week', k.stopped_at at time zone 'Asia/Shanghai')::date::text as week, count(*) filter (where k.kept)::int as kept, count(*) filter (where not k.kept)::int as missed,
      count(*) filter (where k.kept is null)::int as unjudged, count(*) filter (where k.paused_once)::int as paused
    from cases.clocks k where k.state = 'stopped' and k.unit_id = ${unitId} and k.stopped_at >= ${from} and ${visibleTo(clocksTable, ctx.scope, 'k')} group by 1, 2`.execute(ctx.db)).rows
}
