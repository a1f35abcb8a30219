// Read models of the day: a firm's people beside what they reported, sums by crew and workplace, and the counts of areas.
import type { DayGroup } from '@fugong/contract/health.days'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { placesTable } from './policy.ts'

/** @public The schemas this file may name; the check of the house reads it. */
export const reads = ['people', 'enterprises'] as const

// One firm's people and the day's reports: by the primary keys of both, however large the city.
const ofFirm = (enterpriseId: string, day: string) => sql`from health.subjects s left join people.employments e on e.id = s.employment_id
  left join health.reports r on r.enterprise_id = s.enterprise_id and r.employment_id = s.employment_id and r.day = ${day}::date and r.slot = 1
  left join health.reports n on n.enterprise_id = s.enterprise_id and n.employment_id = s.employment_id and n.day = ${day}::date and n.slot = 2
  where s.enterprise_id = ${enterpriseId} and s.active and s.expected and s.since <= ${day}::date`
const observed = (day: string) => sql`(s.observed and (s.observed_until is null or s.observed_until >= ${day}::date))`

export interface FirmGroup { workplaceId: string; districtCode: string; emergencyKind: string; crew: string | null; level: number; observed: boolean; reported: boolean; twice: boolean; again: boolean; people: number }
/** Everybody of a firm's day, those alike counted together. Runs as the system for a firm that the caller is of. */
export async function groupsOfFirm(system: Ctx, enterpriseId: string, day: string): Promise<FirmGroup[]> {
  return (await sql<FirmGroup>`select s.workplace_id, s.district_code, s.emergency_kind, e.crew, s.level, ${observed(day)} as observed, r.employment_id is not null as reported, s.twice, n.employment_id is not null as again, count(*)::int as people
    ${ofFirm(enterpriseId, day)} group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by 1, 4 nulls last`.execute(system.db)).rows
}
export interface FirmPerson { employmentId: string; name: string | null; workplaceId: string; districtCode: string; emergencyKind: string; crew: string | null; dormitory: string | null; shift: string | null; level: number; observed: boolean; reportedAt: string | null; twice: boolean; eveningAt: string | null; missed: number; bound: boolean }
/** `notYet`: the combinations of district, level and observation with which nobody may work yet. */
export interface PeopleFilter { group: DayGroup; workplace?: string | undefined; crew?: string | undefined; notYet: readonly { districtCode: string; level: number; observed: boolean }[] }
function chosen(day: string, { group, workplace, crew, notYet }: PeopleFilter) {
  const may = sql`not exists (select 1 from unnest(${notYet.map((one) => one.districtCode)}::text[], ${notYet.map((one) => one.level)}::smallint[], ${notYet.map((one) => one.observed)}::boolean[]) as x (d, l, o) where x.d = s.district_code and x.l = s.level and x.o = ${observed(day)})`
  const all = [sql`true`]
  if (group === 'missing') all.push(sql`r.employment_id is null`)
  if (group === 'reported') all.push(sql`r.employment_id is not null`)
  if (group === 'notYet') all.push(sql`r.employment_id is not null and not ${may}`)
  if (workplace) all.push(sql`s.workplace_id = ${workplace}::uuid`)
  if (crew) all.push(sql`e.crew = ${crew}`)
  return sql.join(all, sql` and `)
}
export async function peopleOfDay(system: Ctx, enterpriseId: string, day: string, filter: PeopleFilter, limit: number, after: string | null): Promise<FirmPerson[]> {
  return (await sql<FirmPerson>`select s.employment_id, e.name, s.workplace_id, s.district_code, s.emergency_kind, e.crew, e.dormitory, e.shift, s.level, ${observed(day)} as observed, r.accepted_at as reported_at, s.twice, n.accepted_at as evening_at, s.missed,
      exists (select 1 from health.bindings b where b.employment_id = s.employment_id and b.revoked_at is null) as bound
    ${ofFirm(enterpriseId, day)} and ${chosen(day, filter)} and (${after}::uuid is null or s.employment_id > ${after}::uuid) order by s.employment_id limit ${limit}`.execute(system.db)).rows
}
export async function countOfDay(system: Ctx, enterpriseId: string, day: string, filter: PeopleFilter): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n ${ofFirm(enterpriseId, day)} and ${chosen(day, filter)}`.execute(system.db)).rows[0]!.n
}

// ── areas ───────────────────────────────────────────────────────────────────
// Exact at the moment of the statement: what is folded and what still waits, seen in one snapshot.
const counted = (day: string) => sql`(select workplace_id, sum(reports)::int as reported from (
    select workplace_id, reports from health.counts where day = ${day}::date and slot = 1
    union all select g.workplace_id, coalesce(g.amount, 1) from health.deltas d cross join unnest(d.workplaces, d.days, d.slots, d.amounts) as g (workplace_id, day, slot, amount) where g.day = ${day}::date and g.slot = 1
  ) x group by workplace_id)`
export interface AreaFilter { district?: string | undefined; street?: string | undefined }
const within = (ctx: Ctx, { district, street }: AreaFilter) => sql.join([
  sql`p.people > 0`, visibleTo(placesTable, ctx.scope, 'p'),
  ...(district ? [sql`(p.district_code = ${district} or p.zone_code = ${district})`] : []), ...(street ? [sql`p.street_code = ${street}`] : []),
], sql` and `)
export interface StreetCount { districtCode: string; streetCode: string; expected: number; reported: number; missing: number; firms: number; handedOver: number }
/** Counts by street within the reach of `ctx`; run as the system, which alone reads counts of many firms. */
export async function countStreets(ctx: Ctx, system: Ctx, day: string, filter: AreaFilter): Promise<StreetCount[]> {
  return (await sql<StreetCount>`select district_code, street_code, sum(expected)::int as expected, sum(reported)::int as reported, sum(greatest(0, expected - reported))::int as missing, count(*)::int as firms, count(h.enterprise_id)::int as handed_over from (
      select p.district_code, p.street_code, p.enterprise_id, sum(p.people)::int as expected, coalesce(sum(c.reported), 0)::int as reported
      from health.places p left join ${counted(day)} c using (workplace_id) where ${within(ctx, filter)} group by 1, 2, 3) f
    left join (select distinct enterprise_id from health.handovers where day = ${day}::date) h using (enterprise_id) group by 1, 2 order by 1, 2`.execute(system.db)).rows
}
export interface FirmCount { enterpriseId: string; enterpriseName: string; streetCode: string; expected: number; reported: number; missing: number; handedOverAt: string | null; late: boolean | null; all: number }
/** Firms by street, most of their people missing first; `all` counts those beyond the page too. */
export async function countFirms(ctx: Ctx, system: Ctx, day: string, filter: AreaFilter & { missing?: boolean | undefined }, limit: number, offset: number): Promise<FirmCount[]> {
  return (await sql<FirmCount>`select f.*, m.name as enterprise_name, h.signed_at as handed_over_at, h.late from (
      select g.*, greatest(0, expected - reported) as missing, (count(*) over ())::int as all from (
        select p.enterprise_id, p.street_code, sum(p.people)::int as expected, coalesce(sum(c.reported), 0)::int as reported
        from health.places p left join ${counted(day)} c using (workplace_id) where ${within(ctx, filter)} group by 1, 2) g
      ${filter.missing ? sql`where expected > reported` : sql``}
      order by greatest(0, expected - reported)::float / expected desc, expected desc, enterprise_id limit ${limit} offset ${offset}) f
    join enterprises.enterprises m on m.id = f.enterprise_id
    left join lateral (select signed_at, late from health.handovers h where h.enterprise_id = f.enterprise_id and h.day = ${day}::date order by no desc limit 1) h on true
    order by f.missing::float / f.expected desc, f.expected desc, f.enterprise_id`.execute(system.db)).rows
}
/** How many stand at which colour other than green, by street and firm, in the whole city: what is hidden must be hidden alike from everybody. */
export async function countRaised(system: Ctx): Promise<{ districtCode: string; streetCode: string; enterpriseId: string; level: number; people: number }[]> {
  return (await sql<{ districtCode: string; streetCode: string; enterpriseId: string; level: number; people: number }>`select district_code, street_code, enterprise_id, level, count(*)::int as people from health.subjects where level > 0 and active group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(system.db)).rows
}
