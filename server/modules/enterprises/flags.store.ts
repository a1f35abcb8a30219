// SQL on flags and on the kinds of flags there are.
import type { Bilingual } from '@fugong/contract/base'
import type { FlagKind } from '@fugong/contract/enterprises'
import { briefCache } from '../../base/brief-cache.ts'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { flags } from './policy.ts'

export interface FlagRow {
  id: string; enterpriseId: string; code: string; reason: string; validFrom: string; validTo: string | null; setAt: string; setBy: string | null; setUnit: string | null
  endedAt: string | null; endedBy: string | null; endedUnit: string | null; endReason: string | null
}
// They change with a release or an import of data only.
const kinds = briefCache<FlagKind[]>(900)
export function flagKinds(ctx: Ctx): Promise<FlagKind[]> {
  return kinds.get(ctx, 'all', async () => {
    const rows = await sql<{ code: string; zh: string; en: string; textZh: string; textEn: string }>`select code, zh, en, text_zh, text_en from enterprises.flag_kinds order by position`.execute(ctx.db)
    return rows.rows.map((row) => ({ code: row.code, name: { zh: row.zh, en: row.en }, text: { zh: row.textZh, en: row.textEn } }))
  })
}
export async function flagNames(ctx: Ctx, codes: readonly string[]): Promise<{ code: string; name: Bilingual }[]> {
  return codes.length ? (await flagKinds(ctx)).filter((kind) => codes.includes(kind.code)).map(({ code, name }) => ({ code, name })) : []
}
export async function upsertFlagKinds(system: Ctx, items: readonly FlagKind[]): Promise<void> {
  for (const [position, { code, name, text }] of items.entries()) {
    await sql`insert into enterprises.flag_kinds (code, zh, en, text_zh, text_en, position) values (${code}, ${name.zh}, ${name.en}, ${text.zh}, ${text.en}, ${position})
      on conflict (code) do update set zh = excluded.zh, en = excluded.en, text_zh = excluded.text_zh, text_en = excluded.text_en, position = excluded.position`.execute(system.db)
  }
  kinds.forget(system)
}

const columns = sql`f.id, f.enterprise_id, f.code, f.reason, f.valid_from, f.valid_to, f.set_at, f.set_by, f.set_unit, f.ended_at, f.ended_by, f.ended_unit, f.end_reason`
/** Flags of a firm within the caller's scope: those in force before ended ones, newest first. */
export async function selectFlags(ctx: Ctx, enterpriseId: string): Promise<FlagRow[]> {
  return (await sql<FlagRow>`select ${columns} from enterprises.flags f where f.enterprise_id = ${enterpriseId} and ${visibleTo(flags, ctx.scope, 'f')} order by (f.ended_at is null) desc, f.set_at desc, f.id desc`.execute(ctx.db)).rows
}
export async function insertFlag(system: Ctx, row: Pick<FlagRow, 'id' | 'enterpriseId' | 'code' | 'reason' | 'validFrom' | 'setAt' | 'setBy' | 'setUnit'>): Promise<void> {
  await sql`insert into enterprises.flags (id, enterprise_id, code, reason, valid_from, set_at, set_by, set_unit) values (${row.id}, ${row.enterpriseId}, ${row.code}, ${row.reason}, ${row.validFrom}::date, ${row.setAt}::timestamptz, ${row.setBy}, ${row.setUnit})`.execute(system.db)
  await copyFlags(system, row.enterpriseId)
}
/** False when it had ended before. */
export async function closeFlag(system: Ctx, row: FlagRow, end: { until: string; by: string | null; unit: string | null; reason: string }): Promise<boolean> {
  const closed = await sql`update enterprises.flags set valid_to = ${end.until}::date, ended_at = ${system.now}, ended_by = ${end.by}, ended_unit = ${end.unit}, end_reason = ${end.reason} where id = ${row.id} and ended_at is null returning id`.execute(system.db)
  await copyFlags(system, row.enterpriseId)
  return closed.rows.length > 0
}
async function copyFlags(system: Ctx, enterpriseId: string): Promise<void> {
  await sql`update enterprises.enterprises set flags = coalesce((select array_agg(f.code order by f.code) from enterprises.flags f where f.enterprise_id = ${enterpriseId} and f.ended_at is null), '{}') where id = ${enterpriseId}`.execute(system.db)
}
