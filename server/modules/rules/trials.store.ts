// SQL on trials of tables and the samples they keep.
import type { DecisionTable } from '@fugong/contract/rules'
import type { Trial } from '@fugong/contract/rules.editing'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { Outcome, Outputs } from './trials.rules.ts'

export interface TrialRow {
  id: string; code: string; kind: string | null; areaCode: string; body: DecisionTable; immediate: boolean; subject: Trial['subject']; draftId: string | null; proposalId: string | null
  state: Trial['state']; total: number | null; done: number; changed: number; unreached: number; mark: string | null; outcomes: Outcome[]; startedBy: string; startedAt: string; endedAt: string | null
}
export type NewTrial = Pick<TrialRow, 'id' | 'code' | 'kind' | 'areaCode' | 'body' | 'immediate' | 'subject' | 'draftId' | 'proposalId' | 'startedBy' | 'startedAt'>
export interface Change { subjectId: string; areaCode: string; before: Outputs; after: Outputs; rowId: string | null }

export async function insertTrial(ctx: Ctx, row: NewTrial): Promise<void> {
  await sql`insert into rules.trials (id, code, kind, area_code, body, immediate, subject, draft_id, proposal_id, started_by, started_at)
    values (${row.id}, ${row.code}, ${row.kind}, ${row.areaCode}, ${JSON.stringify(row.body)}::jsonb, ${row.immediate}, ${row.subject}, ${row.draftId}, ${row.proposalId}, ${row.startedBy}, ${row.startedAt})`.execute(ctx.db)
}
/** A draft or proposal shows its last trial; earlier ones go. */
export async function deleteTrialsOf(ctx: Ctx, of: { draftId: string | null; proposalId: string | null }): Promise<void> {
  await sql`delete from rules.trials where draft_id = ${of.draftId}::uuid or proposal_id = ${of.proposalId}::uuid`.execute(ctx.db)
}
export async function findTrial(ctx: Ctx, id: string): Promise<TrialRow | undefined> {
  return (await sql<TrialRow>`select * from rules.trials where id = ${id}`.execute(ctx.db)).rows[0]
}
/** The same, held until this transaction ends. */
export async function lockTrial(ctx: Ctx, id: string): Promise<TrialRow | undefined> {
  return (await sql<TrialRow>`select * from rules.trials where id = ${id} for update`.execute(ctx.db)).rows[0]
}
export async function findLatestTrial(ctx: Ctx, of: { draft?: string | undefined; proposal?: string | undefined }): Promise<TrialRow | undefined> {
  return (await sql<TrialRow>`select * from rules.trials where draft_id = ${of.draft ?? null}::uuid or proposal_id = ${of.proposal ?? null}::uuid order by started_at desc, id desc limit 1`.execute(ctx.db)).rows[0]
}
export async function handTrialsOver(ctx: Ctx, draftId: string, proposalId: string): Promise<void> {
  await sql`update rules.trials set proposal_id = ${proposalId} where draft_id = ${draftId}`.execute(ctx.db)
}
export async function saveTrial(ctx: Ctx, row: TrialRow): Promise<void> {
  await sql`update rules.trials set state = ${row.state}, total = ${row.total}, done = ${row.done}, changed = ${row.changed}, unreached = ${row.unreached}, mark = ${row.mark}, outcomes = ${JSON.stringify(row.outcomes)}::jsonb, ended_at = ${row.endedAt}
    where id = ${row.id}`.execute(ctx.db)
}
/** How many samples each area has already. */
export async function countSamples(ctx: Ctx, trialId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ areaCode: string; count: number }>`select area_code, count(*) as count from rules.trial_changes where trial_id = ${trialId} group by area_code`.execute(ctx.db)
  return new Map(rows.map((row) => [row.areaCode, row.count]))
}
export async function insertChanges(ctx: Ctx, trialId: string, changes: readonly Change[]): Promise<void> {
  if (!changes.length) return
  await sql`insert into rules.trial_changes (trial_id, subject_id, area_code, before, after, row_id)
    select ${trialId}::uuid, r."subjectId", r."areaCode", r.before, r.after, r."rowId"
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r("subjectId" uuid, "areaCode" text, before jsonb, after jsonb, "rowId" text) on conflict do nothing`.execute(ctx.db)
}
export async function selectChanges(ctx: Ctx, trialId: string): Promise<Change[]> {
  return (await sql<Change>`select subject_id, area_code, before, after, row_id from rules.trial_changes where trial_id = ${trialId} order by area_code, subject_id limit 5000`.execute(ctx.db)).rows
}
/** Trials that nobody looks at any more: their draft is gone or was decided long ago. */
export async function deleteOldTrials(ctx: Ctx, before: Date): Promise<void> {
  await sql`delete from rules.trials where started_at < ${before}`.execute(ctx.db)
}
