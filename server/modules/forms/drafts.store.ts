// SQL on drafts of forms and of dictionary fields.
import type { DraftTitle } from '@fugong/contract/forms.edit'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

export interface DraftRow {
  id: string; what: 'form' | 'field'; code: string; kind: string | null; state: DraftTitle['state']; revision: number; body: Record<string, unknown>; baseVersion: number | null; note: string | null
  authors: string[]; changedBy: string; changedAt: string; createdAt: string; proposedBy: string | null; proposedAt: string | null
  decidedBy: string | null; decidedAt: string | null; decisionNote: string | null; publishedVersion: number | null
}
const columns = sql`id, what, code, kind, state, revision, body, base_version, note, authors, changed_by, changed_at, created_at, proposed_by, proposed_at, decided_by, decided_at, decision_note, published_version`
const SHOWN = 200

/** Open ones first, then the newest; bodies reduced to what a list shows. */
export async function selectDrafts(ctx: Ctx, what: 'form' | 'field' | undefined): Promise<DraftRow[]> {
  return (await sql<DraftRow>`
    select id, what, code, kind, state, revision, jsonb_build_object('name', body->'name', 'areaCode', body->'areaCode') as body, base_version, note, authors, changed_by, changed_at, created_at, proposed_by, proposed_at, decided_by, decided_at, decision_note, published_version
    from forms.drafts ${what === undefined ? sql`` : sql`where what = ${what}`}
    order by (state in ('draft', 'proposed')) desc, changed_at desc limit ${SHOWN}`.execute(ctx.db)).rows
}
export async function findDraft(ctx: Ctx, id: string): Promise<DraftRow | undefined> {
  return (await sql<DraftRow>`select ${columns} from forms.drafts where id = ${id}`.execute(ctx.db)).rows[0]
}
export async function insertDraft(ctx: Ctx, row: DraftRow): Promise<void> {
  await sql`
    insert into forms.drafts (id, what, code, kind, state, revision, body, base_version, authors, changed_by, changed_at, created_at)
    values (${row.id}, ${row.what}, ${row.code}, ${row.kind}, ${row.state}, ${row.revision}, ${JSON.stringify(row.body)}::jsonb, ${row.baseVersion}, ${row.authors}::uuid[], ${row.changedBy}, ${ctx.now}, ${ctx.now})`.execute(ctx.db)
}
/** Writes a draft that was read at the revision before this one; false when someone else came first. */
export async function updateDraft(ctx: Ctx, row: DraftRow): Promise<boolean> {
  const done = await sql`
    update forms.drafts set revision = ${row.revision}, state = ${row.state}, body = ${JSON.stringify(row.body)}::jsonb, note = ${row.note}, authors = ${row.authors}::uuid[], changed_by = ${row.changedBy}, changed_at = ${new Date(row.changedAt)},
      proposed_by = ${row.proposedBy}, proposed_at = ${row.proposedAt ? new Date(row.proposedAt) : null}, decided_by = ${row.decidedBy}, decided_at = ${row.decidedAt ? new Date(row.decidedAt) : null}, decision_note = ${row.decisionNote}, published_version = ${row.publishedVersion}
    where id = ${row.id} and revision = ${row.revision - 1} returning id`.execute(ctx.db)
  return done.rows.length > 0
}
