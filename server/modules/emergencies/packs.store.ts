// SQL on the emergencies schema: imported packs and what was found when their folders were read.
import type { Issue } from '@fugong/contract/base'
import type { MeasuresFile, PackFile } from '@fugong/contract/emergencies'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

export interface PackRow { code: string; version: number; kind: string; body: PackFile; measures: MeasuresFile[]; importedAt: string }
/** The last look at a pack folder; `version` is 0 and `kind` empty when its pack.json could not be read. */
export interface CheckRow { code: string; version: number; kind: string; nameZh: string; nameEn: string; tables: number; forms: number; faults: Issue[] }

export async function findPack(ctx: Ctx, code: string, version: number): Promise<PackRow | undefined> {
  return (await sql<PackRow>`select * from emergencies.packs where code = ${code} and version = ${version}`.execute(ctx.db)).rows[0]
}
/** The newest imported version. */
export async function findNewestPack(ctx: Ctx, code: string): Promise<PackRow | undefined> {
  return (await sql<PackRow>`select * from emergencies.packs where code = ${code} order by version desc limit 1`.execute(ctx.db)).rows[0]
}
/** The newest imported version of every pack, by code. */
export async function selectNewestPacks(ctx: Ctx): Promise<PackRow[]> {
  return (await sql<PackRow>`select distinct on (code) * from emergencies.packs order by code, version desc`.execute(ctx.db)).rows
}
export async function insertPack(ctx: Ctx, pack: PackFile, measures: readonly MeasuresFile[]): Promise<void> {
  await sql`
    insert into emergencies.packs (code, version, kind, body, measures, imported_at)
    values (${pack.code}, ${pack.version}, ${pack.kind}, ${JSON.stringify(pack)}::jsonb, ${JSON.stringify(measures)}::jsonb, ${ctx.now})`.execute(ctx.db)
}
export async function selectChecks(ctx: Ctx): Promise<CheckRow[]> {
  return (await sql<CheckRow>`select * from emergencies.pack_checks order by code`.execute(ctx.db)).rows
}
export async function upsertCheck(ctx: Ctx, row: CheckRow): Promise<void> {
  await sql`
    insert into emergencies.pack_checks (code, version, kind, name_zh, name_en, tables, forms, faults, checked_at)
    values (${row.code}, ${row.version}, ${row.kind}, ${row.nameZh}, ${row.nameEn}, ${row.tables}, ${row.forms}, ${JSON.stringify(row.faults)}::jsonb, ${ctx.now})
    on conflict (code) do update set version = excluded.version, kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en,
      tables = excluded.tables, forms = excluded.forms, faults = excluded.faults, checked_at = excluded.checked_at`.execute(ctx.db)
}
