// SQL on what changed in a firm's entry and on what held on which day.
import type { Change } from '@fugong/contract/enterprises.register'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { visibleTo } from '../../base/scope.ts'
import type { Facts, PlaceFacts, Version } from './facts.rules.ts'
import { changes, versions } from './policy.ts'

export type Side = 'firm' | 'office' | 'system'
export interface ChangeRow {
  id: string; no: number; enterpriseId: string; workplaceId: string | null; kind: Change['kind']; effectiveOn: string; reason: string | null; /** Facts of the firm, or of one of its workplaces. */
  patch: Partial<Facts> & Partial<Pick<PlaceFacts, 'scene'>> & { closedOn?: string | null }
  state: Change['state']; failure: string | null; side: Side; byPerson: string | null; byUnit: string | null; recordedAt: string
}
/** Where a change or version lies; null for changes of the firm, which go with the firm. */
export interface Lies { districtCode: string; streetCode: string; zoneCode: string | null; department: string | null }

export type NewChange = Omit<ChangeRow, 'failure' | 'no'>
export async function insertChange(ctx: Ctx, row: NewChange, lies: Lies | null): Promise<void> {
  await sql`insert into enterprises.changes (id, enterprise_id, workplace_id, kind, effective_on, reason, patch, state, side, by_person, by_unit, recorded_at, settled_at, with_firm, district_code, street_code, zone_code, department)
    values (${row.id}, ${row.enterpriseId}, ${row.workplaceId}, ${row.kind}, ${row.effectiveOn}::date, ${row.reason}, ${JSON.stringify(row.patch)}::jsonb, ${row.state}, ${row.side}, ${row.byPerson}, ${row.byUnit}, ${row.recordedAt}::timestamptz,
      ${row.state === 'planned' ? null : row.recordedAt}::timestamptz, ${row.workplaceId === null}, ${lies?.districtCode ?? null}, ${lies?.streetCode ?? null}, ${lies?.zoneCode ?? null}, ${lies?.department ?? null})`.execute(ctx.db)
}
const columns = sql`c.id, c.no, c.enterprise_id, c.workplace_id, c.kind, c.effective_on, c.reason, c.patch, c.state, c.failure, c.side, c.by_person, c.by_unit, c.recorded_at`
/** Changes of a firm and its workplaces within the caller's scope. */
export async function selectChanges(ctx: Ctx, enterpriseId: string): Promise<ChangeRow[]> {
  return (await sql<ChangeRow>`select ${columns} from enterprises.changes c where c.enterprise_id = ${enterpriseId} and ${visibleTo(changes, ctx.scope, 'c')} order by c.no`.execute(ctx.db)).rows
}
/** What took effect on a firm, or on one of its workplaces; runs as the system. */
export async function selectDone(system: Ctx, enterpriseId: string, workplaceId: string | null): Promise<ChangeRow[]> {
  return (await sql<ChangeRow>`select ${columns} from enterprises.changes c where c.enterprise_id = ${enterpriseId} and c.workplace_id is not distinct from ${workplaceId}::uuid and c.state = 'done'`.execute(system.db)).rows
}
export async function findChange(ctx: Ctx, enterpriseId: string, id: string): Promise<ChangeRow | undefined> {
  return (await sql<ChangeRow>`select ${columns} from enterprises.changes c where c.id = ${id} and c.enterprise_id = ${enterpriseId} and ${visibleTo(changes, ctx.scope, 'c')}`.execute(ctx.db)).rows[0]
}
/** Planned changes whose day has come, the oldest first. */
export async function selectDue(system: Ctx, today: string, limit: number): Promise<ChangeRow[]> {
  return (await sql<ChangeRow>`select ${columns} from enterprises.changes c where c.state = 'planned' and c.effective_on <= ${today}::date order by c.effective_on, c.no limit ${limit} for update of c skip locked`.execute(system.db)).rows
}
/** False when it was settled before. */
export async function settleChange(system: Ctx, id: string, state: 'done' | 'cancelled' | 'failed', failure: string | null = null): Promise<boolean> {
  const settled = await sql`update enterprises.changes set state = ${state}, failure = ${failure}, settled_at = ${system.now} where id = ${id} and state = 'planned' returning id`.execute(system.db)
  return settled.rows.length > 0
}

/** Puts the folded versions of a firm or workplace in place of the former ones. */
export async function replaceVersions<F extends object>(system: Ctx, at: { enterpriseId: string; workplaceId: string | null }, folded: readonly Version<F>[], lies: (facts: F) => Lies): Promise<void> {
  await sql`delete from enterprises.versions where enterprise_id = ${at.enterpriseId} and workplace_id is not distinct from ${at.workplaceId}::uuid`.execute(system.db)
  const rows = folded.map((version) => {
    const { districtCode, streetCode, zoneCode, department } = lies(version.facts)
    return { id: newId(), valid_from: version.validFrom, valid_to: version.validTo, facts: version.facts, district_code: districtCode, street_code: streetCode, zone_code: zoneCode, department }
  })
  await sql`insert into enterprises.versions (id, enterprise_id, workplace_id, valid_from, valid_to, facts, with_firm, district_code, street_code, zone_code, department)
    select id, ${at.enterpriseId}::uuid, ${at.workplaceId}::uuid, valid_from, valid_to, facts, ${at.workplaceId === null}, district_code, street_code, zone_code, department
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, valid_from date, valid_to date, facts jsonb, district_code text, street_code text, zone_code text, department text)`.execute(system.db)
}
/** The facts of a firm on a day, when any change was ever recorded and the caller may see that version. */
export async function findVersion(ctx: Ctx, enterpriseId: string, day: string): Promise<Version<Facts> | undefined> {
  return (await sql<Version<Facts>>`select v.valid_from, v.valid_to, v.facts from enterprises.versions v
    where v.enterprise_id = ${enterpriseId} and v.workplace_id is null and v.valid_from <= ${day}::date and (v.valid_to is null or v.valid_to > ${day}::date) and ${visibleTo(versions, ctx.scope, 'v')}`.execute(ctx.db)).rows[0]
}
export async function selectPlaceVersions(ctx: Ctx, enterpriseId: string, day: string): Promise<Map<string, PlaceFacts>> {
  const found = await sql<{ workplaceId: string; facts: PlaceFacts }>`select v.workplace_id, v.facts from enterprises.versions v
    where v.enterprise_id = ${enterpriseId} and v.workplace_id is not null and v.valid_from <= ${day}::date and (v.valid_to is null or v.valid_to > ${day}::date) and ${visibleTo(versions, ctx.scope, 'v')}`.execute(ctx.db)
  return new Map(found.rows.map((row) => [row.workplaceId, row.facts]))
}
