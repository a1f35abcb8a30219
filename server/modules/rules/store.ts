// SQL on the rules schema: versions of tables, proposals, decisions.
import type { Bilingual } from '@fugong/contract/base'
import type { Decision, DecisionTable, Proposal } from '@fugong/contract/rules'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'

/** A version without its body. */
export interface VersionRow { id: string; code: string; kind: string | null; version: number; pack: string | null; areaCode: string; effectiveFrom: string }
export interface VersionTitle extends VersionRow { name: Bilingual; source: Bilingual }
export interface NewVersion extends Omit<VersionRow, 'id' | 'effectiveFrom'> { effectiveFrom: Date; body: DecisionTable }
export interface ProposalRow {
  id: string; code: string; kind: string | null; version: number; areaCode: string; body: DecisionTable; note: string; state: Proposal['state']
  changedRows: Proposal['changedRows']; immediate: boolean; basedOn: number | null; proposedBy: string; proposedAt: string; decidedBy: string | null; decidedAt: string | null; decisionNote: string | null
}
interface Tables {
  'rules.tables': Omit<VersionRow, 'effectiveFrom'> & { effectiveFrom: Date; body: unknown; addedAt: Date }
  'rules.proposals': { [column in keyof ProposalRow]: unknown }
  'rules.decisions': { id: string; tableCode: string; version: number; rowId: string; inputs: unknown; outputs: unknown; sentenceZh: string; sentenceEn: string; subjectKind: string; subjectId: string; at: Date }
}
const db = (ctx: Ctx) => tables<Tables>(ctx)
const versionColumns = sql`id, code, kind, version, pack, area_code, effective_from`

/** Versions that can be in force for a kind of emergency; the choice among them is made in rules. */
export async function selectCandidates(ctx: Ctx, code: string, kind: string | null): Promise<VersionRow[]> {
  return (await sql<VersionRow>`select ${versionColumns} from rules.tables where code = ${code} and (kind is null or kind = ${kind})`.execute(ctx.db)).rows
}
/** Every version with its title, by code, kind and number. */
export async function selectTitles(ctx: Ctx, code?: string): Promise<VersionTitle[]> {
  return (await sql<VersionTitle>`
    select ${versionColumns}, body->'name' as name, body->'source' as source from rules.tables
    where ${code ?? null}::text is null or code = ${code ?? null} order by code, kind nulls first, version desc`.execute(ctx.db)).rows
}
export async function selectBody(ctx: Ctx, id: string): Promise<DecisionTable> {
  return (await sql<{ body: DecisionTable }>`select body from rules.tables where id = ${id}`.execute(ctx.db)).rows[0]!.body
}
/** Bodies of all versions of a code, whatever their kind: what callers provide and use. */
export async function selectBodies(ctx: Ctx, code: string): Promise<DecisionTable[]> {
  return (await sql<{ body: DecisionTable }>`select body from rules.tables where code = ${code} order by added_at, version`.execute(ctx.db)).rows.map((row) => row.body)
}
export async function findVersion(ctx: Ctx, code: string, kind: string | null, version: number): Promise<{ id: string; body: DecisionTable } | undefined> {
  return (await sql<{ id: string; body: DecisionTable }>`select id, body from rules.tables where code = ${code} and kind is not distinct from ${kind}::text and version = ${version}`.execute(ctx.db)).rows[0]
}
export async function insertVersion(ctx: Ctx, { body, ...row }: NewVersion): Promise<void> {
  await db(ctx).insertInto('rules.tables').values({ id: newId(), ...row, body: JSON.stringify(body), addedAt: ctx.now }).execute()
}

export interface ProposalMark { open: boolean; moment: string; id: string }
/** Open ones before decided ones, newest first: up to `limit` rows after the mark. */
export async function selectProposals(ctx: Ctx, after: ProposalMark | undefined, limit: number): Promise<ProposalRow[]> {
  return (await sql<ProposalRow>`select * from rules.proposals
    where ${after?.id ?? null}::uuid is null or (state = 'open', proposed_at, id) < (${after?.open ?? null}::boolean, ${after?.moment ?? null}::timestamptz, ${after?.id ?? null}::uuid)
    order by (state = 'open') desc, proposed_at desc, id desc limit ${limit}`.execute(ctx.db)).rows
}
export async function countProposals(ctx: Ctx, stopAt: number): Promise<number> {
  return (await sql<{ count: number }>`select count(*) from (select from rules.proposals limit ${stopAt}) as counted`.execute(ctx.db)).rows[0]!.count
}
export async function findProposal(ctx: Ctx, id: string): Promise<ProposalRow | undefined> {
  return (await sql<ProposalRow>`select * from rules.proposals where id = ${id}`.execute(ctx.db)).rows[0]
}
export async function insertProposal(ctx: Ctx, row: ProposalRow): Promise<void> {
  await db(ctx).insertInto('rules.proposals').values({ ...row, body: JSON.stringify(row.body), changedRows: JSON.stringify(row.changedRows) }).execute()
}
/** The highest number that a version or a waiting proposal of this table and kind has. */
export async function highestVersion(ctx: Ctx, code: string, kind: string | null): Promise<number> {
  return (await sql<{ version: number | null }>`select max(version) as version from (
    select version from rules.tables where code = ${code} and kind is not distinct from ${kind}::text
    union all select version from rules.proposals where code = ${code} and kind is not distinct from ${kind}::text and state = 'open') as numbers`.execute(ctx.db)).rows[0]!.version ?? 0
}
export interface HistoryRow extends VersionTitle { rows: number; addedAt: string; proposedBy: string | null; decidedBy: string | null; note: string | null; decisionNote: string | null; basedOn: number | null }
/** Versions of a table with the proposal that each came from, newest first. */
export async function selectHistory(ctx: Ctx, code: string): Promise<HistoryRow[]> {
  return (await sql<HistoryRow>`
    select t.id, t.code, t.kind, t.version, t.pack, t.area_code, t.effective_from, t.body->'name' as name, t.body->'source' as source, jsonb_array_length(t.body->'rows') as rows, t.added_at,
      p.proposed_by, p.decided_by, p.note, p.decision_note, p.based_on
    from rules.tables t left join rules.proposals p on p.state = 'confirmed' and p.code = t.code and p.kind is not distinct from t.kind and p.version = t.version
    where t.code = ${code} order by t.kind nulls first, t.version desc`.execute(ctx.db)).rows
}
/** Closes an open proposal; false when another person was quicker. */
export async function closeProposal(ctx: Ctx, row: ProposalRow): Promise<boolean> {
  const { rows } = await sql`
    update rules.proposals set state = ${row.state}, changed_rows = ${JSON.stringify(row.changedRows)}::jsonb, decided_by = ${row.decidedBy}, decided_at = ${row.decidedAt}, decision_note = ${row.decisionNote}
    where id = ${row.id} and state = 'open' returning id`.execute(ctx.db)
  return rows.length > 0
}

export async function insertDecision(ctx: Ctx, decision: Decision, subject: { kind: string; id: string }): Promise<string> {
  const id = newId()
  await db(ctx).insertInto('rules.decisions').values({
    id, tableCode: decision.table, version: decision.version, rowId: decision.row, inputs: JSON.stringify(decision.inputs), outputs: JSON.stringify(decision.outputs),
    sentenceZh: decision.sentence.zh, sentenceEn: decision.sentence.en, subjectKind: subject.kind, subjectId: subject.id, at: new Date(decision.at),
  }).execute()
  return id
}
export async function selectDecisions(ctx: Ctx, ids: readonly string[]): Promise<(Decision & { id: string })[]> {
  if (!ids.length) return []
  return (await sql<Decision & { id: string }>`
    select id, table_code as "table", version, row_id as "row", at, inputs, outputs, jsonb_build_object('zh', sentence_zh, 'en', sentence_en) as sentence
    from rules.decisions where id = any (${[...ids]}::uuid[])`.execute(ctx.db)).rows
}
