// SQL on what a person wants by text message.
import type { NoticeKind } from '@fugong/contract/notices.templates'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { preferencesTable } from './policy.ts'

export async function selectWishes(ctx: Ctx): Promise<Map<NoticeKind, boolean>> {
  const { rows } = await sql<{ kind: NoticeKind; sms: boolean }>`select p.kind, p.sms from notices.preferences p where p.person_id = ${ctx.actor.personId}::uuid and ${visibleTo(preferencesTable, ctx.scope, 'p')}`.execute(ctx.db)
  return new Map(rows.map((row) => [row.kind, row.sms]))
}
export async function saveWish(ctx: Ctx, kind: NoticeKind, on: boolean): Promise<void> {
  await sql`insert into notices.preferences (person_id, kind, sms, set_at) values (${ctx.actor.personId}, ${kind}, ${on}, ${ctx.now}) on conflict (person_id, kind) do update set sms = excluded.sms, set_at = excluded.set_at`.execute(ctx.db)
}
export async function deleteWish(ctx: Ctx, kind: NoticeKind): Promise<void> {
  await sql`delete from notices.preferences where person_id = ${ctx.actor.personId}::uuid and kind = ${kind}`.execute(ctx.db)
}
