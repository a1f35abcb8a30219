// SQL on drafts of tables.
import type { DraftTable } from '@fugong/contract/rules.editing'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

export interface DraftRow {
  id: string; code: string; kind: string | null; areaCode: string; basedOn: number; body: DraftTable; revision: number
  owner: string; createdAt: string; savedBy: string; savedAt: string
}
export type DraftHead = Omit<DraftRow, 'body'>
const head = sql`id, code, kind, area_code, based_on, revision, owner, created_at, saved_by, saved_at`

/** Adds a draft unless this table has one for the area; answers the one that is there. */
export async function insertDraft(ctx: Ctx, row: DraftRow): Promise<DraftRow> {
  await sql`insert into rules.drafts (id, code, kind, area_code, based_on, body, revision, owner, created_at, saved_by, saved_at)
    values (${row.id}, ${row.code}, ${row.kind}, ${row.areaCode}, ${row.basedOn}, ${JSON.stringify(row.body)}::jsonb, ${row.revision}, ${row.owner}, ${row.createdAt}, ${row.savedBy}, ${row.savedAt})
    on conflict on constraint rules_drafts_one do nothing`.execute(ctx.db)
  return (await sql<DraftRow>`select * from rules.drafts where code = ${row.code} and kind is not distinct from ${row.kind}::text and area_code = ${row.areaCode}`.execute(ctx.db)).rows[0]!
}
export async function selectDrafts(ctx: Ctx): Promise<DraftHead[]> {
  return (await sql<DraftHead>`select ${head} from rules.drafts order by saved_at desc, id limit 500`.execute(ctx.db)).rows
}
export async function findDraft(ctx: Ctx, id: string): Promise<DraftRow | undefined> {
  return (await sql<DraftRow>`select * from rules.drafts where id = ${id}`.execute(ctx.db)).rows[0]
}
/** Writes over the revision that was loaded; false when it has moved on. */
export async function updateDraft(ctx: Ctx, { id, revision, body, owner, savedBy, savedAt }: DraftRow): Promise<boolean> {
  const { rows } = await sql`update rules.drafts set body = ${JSON.stringify(body)}::jsonb, revision = revision + 1, owner = ${owner}, saved_by = ${savedBy}, saved_at = ${savedAt}
    where id = ${id} and revision = ${revision} returning id`.execute(ctx.db)
  return rows.length > 0
}
export async function deleteDraft(ctx: Ctx, id: string, revision: number): Promise<boolean> {
  return (await sql`delete from rules.drafts where id = ${id} and revision = ${revision} returning id`.execute(ctx.db)).rows.length > 0
}
