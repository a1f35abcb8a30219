// SQL on many firms at once, for imports: one statement for a batch instead of one for each firm.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import type { Facts, Version } from './facts.rules.ts'
import type { ChangeRow, Lies } from './history.store.ts'
import { enterprises } from './policy.ts'
import type { EnterpriseRow } from './store.ts'

export interface BulkFirm {
  id: string; creditCode: string; name: string; searchName: string; initials: string; kind: string; industryCode: string; class: string; department: string | null; registeredBy: string; districtCode: string; streetCode: string; zoneCode: string | null
  address: string; building: string | null; park: string | null; registeredAddress: string | null; foundedOn: string | null; knownFrom: string
  staff: number | null; staffYear: number | null; insured: number | null; insuredYear: number | null; revenue: number | null; revenueYear: number | null; assets: number | null; assetsYear: number | null
  legalName: string | null; legalPhone: string | null; legalSealed: string | null; size: string; sizeMissing: string[]; sizeDecision: string | null; sizeAt: string | null; changedBy: string
}
/** Adds firms whose code is free; answers the ids of those that were added. Waits for registrations of the same codes that are under way. */
export async function insertFirms(ctx: Ctx, firms: readonly BulkFirm[]): Promise<Set<string>> {
  if (!firms.length) return new Set()
  const added = await sql<{ id: string }>`
    insert into enterprises.enterprises (id, credit_code, name, search_name, initials, kind, industry_code, class, department, code_state, registered_by, registered_at, sample, district_code, street_code, zone_code,
      address, building, park, registered_address, founded_on, known_from, staff, staff_year, insured, insured_year, revenue, revenue_year, assets, assets_year, legal_name, legal_phone, legal_sealed, size, size_missing, size_decision, size_at, changed_side, changed_by, changed_at, imported_by)
    select id, "creditCode", name, "searchName", initials, kind, "industryCode", class, department, 'valid', "registeredBy", ${ctx.now}::timestamptz, false, "districtCode", "streetCode", "zoneCode",
      address, building, park, "registeredAddress", "foundedOn", "knownFrom", staff, "staffYear", insured, "insuredYear", revenue, "revenueYear", assets, "assetsYear", "legalName", "legalPhone", decode("legalSealed", 'base64'), size,
      coalesce((select array_agg(m) from jsonb_array_elements_text("sizeMissing") m), '{}'), "sizeDecision", "sizeAt", 'office', "changedBy", ${ctx.now}::timestamptz, "changedBy"
    from jsonb_to_recordset(${JSON.stringify(firms)}::jsonb) as r(id uuid, "creditCode" text, name text, "searchName" text, initials text, kind text, "industryCode" text, class text, department text, "registeredBy" uuid, "districtCode" text, "streetCode" text, "zoneCode" text,
      address text, building text, park text, "registeredAddress" text, "foundedOn" date, "knownFrom" date, staff integer, "staffYear" smallint, insured integer, "insuredYear" smallint, revenue double precision, "revenueYear" smallint, assets double precision, "assetsYear" smallint,
      "legalName" text, "legalPhone" text, "legalSealed" text, size text, "sizeMissing" jsonb, "sizeDecision" uuid, "sizeAt" timestamptz, "changedBy" uuid)
    on conflict (credit_code) do nothing returning id`.execute(ctx.db)
  return new Set(added.rows.map((row) => row.id))
}
export interface BulkPlace { id: string; enterpriseId: string; name: string; scene: string; address: string; districtCode: string; streetCode: string; zoneCode: string | null; building: string | null; park: string | null; department: string | null; openedOn: string }
export async function insertPlaces(ctx: Ctx, places: readonly BulkPlace[]): Promise<void> {
  if (!places.length) return
  await sql`insert into enterprises.workplaces (id, enterprise_id, name, scene, address, added_at, district_code, street_code, zone_code, building, park, department, opened_on)
    select id, "enterpriseId", name, scene, address, ${ctx.now}::timestamptz, "districtCode", "streetCode", "zoneCode", building, park, department, "openedOn"
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as r(id uuid, "enterpriseId" uuid, name text, scene text, address text, "districtCode" text, "streetCode" text, "zoneCode" text, building text, park text, department text, "openedOn" date)`.execute(ctx.db)
}
export async function insertUnindexed(system: Ctx, ids: readonly string[]): Promise<void> {
  await sql`insert into enterprises.unindexed (enterprise_id) select unnest(${[...ids]}::uuid[])`.execute(system.db)
}
/** Takes firms without pieces off the list, with what is found of them; held until the transaction ends, so that a change of name waits. */
export async function takeUnindexed(system: Ctx, limit: number): Promise<Named[]> {
  return (await sql<Named>`with held as (select e.id from enterprises.enterprises e where e.id in (select enterprise_id from enterprises.unindexed limit ${limit}) order by e.id for update),
      taken as (delete from enterprises.unindexed u using held h where u.enterprise_id = h.id returning u.enterprise_id)
    select e.id, e.name, e.credit_code from enterprises.enterprises e join taken t on t.enterprise_id = e.id`.execute(system.db)).rows
}
export interface Named { id: string; name: string; creditCode: string }
/** Writes by what new firms are found in their own area; they have no further place yet. */
export async function insertPieces(system: Ctx, firms: readonly { id: string; pieces: readonly string[] }[]): Promise<void> {
  if (!firms.length) return
  await sql`insert into enterprises.grams (gram, place_id, enterprise_id, district_code, street_code, zone_code, department, registered_at)
    select p.piece, e.id, e.id, e.district_code, e.street_code, e.zone_code, e.department, e.registered_at
    from jsonb_to_recordset(${JSON.stringify(firms.map(({ id, pieces }) => ({ id, pieces })))}::jsonb) as r(id uuid, pieces jsonb) join enterprises.enterprises e on e.id = r.id, jsonb_array_elements_text(r.pieces) as p (piece)`.execute(system.db)
}

/** Firms of these codes, past the caller's scope, with whether they lie within it; held until the transaction ends when `lock` is set. */
export async function selectByCodes(system: Ctx, codes: readonly string[], reach: Ctx['scope'], lock: boolean): Promise<(EnterpriseRow & { within: boolean })[]> {
  if (!codes.length) return []
  return (await sql<EnterpriseRow & { within: boolean }>`select e.*, ${visibleTo(enterprises, reach, 'e')} as within from enterprises.enterprises e where e.credit_code = any (${[...codes]}::text[]) order by e.id ${lock ? sql`for update of e` : sql``}`.execute(system.db)).rows
}
/** What took effect on firms; runs as the system. */
export async function selectDoneOf(system: Ctx, ids: readonly string[]): Promise<ChangeRow[]> {
  return (await sql<ChangeRow>`select c.id, c.no, c.enterprise_id, c.workplace_id, c.kind, c.effective_on, c.reason, c.patch, c.state, c.failure, c.side, c.by_person, c.by_unit, c.recorded_at
    from enterprises.changes c where c.enterprise_id = any (${[...ids]}::uuid[]) and c.workplace_id is null and c.state = 'done'`.execute(system.db)).rows
}
/** Changes in the order of their numbers; the register numbers them anew. */
export async function insertChanges(system: Ctx, rows: readonly Omit<ChangeRow, 'failure'>[]): Promise<void> {
  if (!rows.length) return
  await sql`insert into enterprises.changes (id, enterprise_id, kind, effective_on, reason, patch, state, side, by_person, by_unit, recorded_at, settled_at, with_firm)
    select id, "enterpriseId", kind, "effectiveOn", reason, patch, 'done', side, "byPerson", "byUnit", "recordedAt", "recordedAt", true
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, no bigint, "enterpriseId" uuid, kind text, "effectiveOn" date, reason text, patch jsonb, side text, "byPerson" uuid, "byUnit" uuid, "recordedAt" timestamptz) order by r.no`.execute(system.db)
}
export interface BulkVersion extends Lies { id: string; enterpriseId: string; version: Version<Facts> }
export async function replaceVersionsOf(system: Ctx, ids: readonly string[], rows: readonly BulkVersion[]): Promise<void> {
  await sql`delete from enterprises.versions where enterprise_id = any (${[...ids]}::uuid[]) and workplace_id is null`.execute(system.db)
  const flat = rows.map(({ version, ...row }) => ({ ...row, ...version }))
  await sql`insert into enterprises.versions (id, enterprise_id, valid_from, valid_to, facts, with_firm, district_code, street_code, zone_code, department)
    select id, "enterpriseId", "validFrom", "validTo", facts, true, "districtCode", "streetCode", "zoneCode", department
    from jsonb_to_recordset(${JSON.stringify(flat)}::jsonb) as r(id uuid, "enterpriseId" uuid, "validFrom" date, "validTo" date, facts jsonb, "districtCode" text, "streetCode" text, "zoneCode" text, department text)`.execute(system.db)
}
/** Puts the present facts into the rows of firms. Each row is what it was read as, under its lock. */
export async function updateFirms(system: Ctx, rows: readonly { id: string; department: string | null; changedBy: string; facts: Facts }[]): Promise<void> {
  const flat = rows.map(({ facts, ...row }) => ({ ...facts, ...row }))
  await sql`update enterprises.enterprises e set name = r.name, kind = r.kind, class = r.class, industry_code = r."industryCode", founded_on = r."foundedOn",
      former_names = coalesce((select array_agg(n) from jsonb_array_elements_text(r."formerNames") n), '{}'), legal_name = r."legalName", legal_phone = r."legalPhone", legal_sealed = decode(r."legalSealed", 'base64'),
      registered_address = r."registeredAddress", address = r.address, building = r.building, park = r.park, staff = r.staff, staff_year = r."staffYear", insured = r.insured, insured_year = r."insuredYear",
      revenue = r.revenue, revenue_year = r."revenueYear", assets = r.assets, assets_year = r."assetsYear", size = r.size, size_missing = coalesce((select array_agg(m) from jsonb_array_elements_text(r."sizeMissing") m), '{}'),
      size_decision = r."sizeDecision", size_at = r."sizeAt", department = r.department, revision = e.revision + 1, changed_side = 'office', changed_by = r."changedBy", changed_unit = null, changed_at = ${system.now}
    from jsonb_to_recordset(${JSON.stringify(flat)}::jsonb) as r(id uuid, name text, kind text, class text, "industryCode" text, "foundedOn" date, "formerNames" jsonb, "legalName" text, "legalPhone" text, "legalSealed" text,
      "registeredAddress" text, address text, building text, park text, staff integer, "staffYear" smallint, insured integer, "insuredYear" smallint, revenue double precision, "revenueYear" smallint, assets double precision, "assetsYear" smallint,
      size text, "sizeMissing" jsonb, "sizeDecision" uuid, "sizeAt" timestamptz, department text, "changedBy" uuid)
    where e.id = r.id`.execute(system.db)
}
