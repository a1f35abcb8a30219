// SQL on many people at once: one statement for a batch, its cells sent column by column as one text each.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { employments } from './policy.ts'
import type { EmploymentRow, Lies, NewEmployment } from './store.ts'

// Cells hold no controls; an empty cell is null. Splitting a text is the cheapest way of many values into Postgres: no JSON, no quoting.
const BETWEEN = '\u001F'
const column = (values: readonly (string | null)[]) => sql`string_to_array(${values.map((value) => value ?? '').join(BETWEEN)}, ${BETWEEN}, '')`

/** Persons of keyed hashes that are known already. */
export async function selectPersons(system: Ctx, blinds: readonly Buffer[]): Promise<Map<string, string>> {
  const rows = (await sql<{ id: string; blind: string }>`select p.id, encode(p.id_blind, 'hex') as blind from people.persons p
    join (select decode(h, 'hex') as blind from unnest(string_to_array(${blinds.map((blind) => blind.toString('hex')).join(',')}, ',')) h) g on g.blind = p.id_blind`.execute(system.db)).rows
  return new Map(rows.map(({ blind, id }) => [blind, id]))
}
/** Adds persons; whoever another transaction added first keeps the id given there. In the order of their hashes, so that two imports wait for each other one way only. */
export async function insertPersons(system: Ctx, persons: readonly { id: string; blind: string }[]): Promise<Map<string, string>> {
  const sorted = [...persons].sort((a, b) => (a.blind < b.blind ? -1 : 1))
  const added = new Map((await sql<{ id: string; blind: string }>`insert into people.persons (id, id_blind)
    select id, decode(blind, 'hex') from unnest(${column(sorted.map(({ id }) => id))}::uuid[], ${column(sorted.map(({ blind }) => blind))}) as g (id, blind)
    on conflict (id_blind) do nothing returning id, encode(id_blind, 'hex') as blind`.execute(system.db)).rows.map(({ id, blind }) => [blind, id]))
  const missing = sorted.filter(({ blind }) => !added.has(blind))
  if (missing.length) for (const [blind, id] of await selectPersons(system, missing.map(({ blind }) => Buffer.from(blind, 'hex')))) added.set(blind, id)
  return added
}
/** Employments of persons in a firm, held until the transaction ends when `lock` is set. */
export async function selectInFirm(ctx: Ctx, enterpriseId: string, personIds: readonly string[], lock: boolean): Promise<EmploymentRow[]> {
  if (!personIds.length) return []
  return (await sql<EmploymentRow>`select e.* from people.employments e where e.person_id = any (${[...personIds]}::uuid[]) and e.enterprise_id = ${enterpriseId} and ${visibleTo(employments, ctx.scope, 'e')} order by e.id ${lock ? sql`for update of e` : sql``}`.execute(ctx.db)).rows
}
/** Adds employments of one firm; whoever is on its roster already is left out. Answers the ids that were added. */
export async function insertEmployments(ctx: Ctx, rows: readonly NewEmployment[]): Promise<Set<string>> {
  if (!rows.length) return new Set()
  const of = (name: keyof NewEmployment) => column(rows.map((row) => row[name] as string | null))
  const bytes = (name: 'idTail' | 'phoneTail' | 'sealed') => column(rows.map((row) => (row[name] ? row[name].toString(name === 'sealed' ? 'base64' : 'hex') : null)))
  const { enterpriseId, source, changedBy } = rows[0]!
  const added = await sql<{ id: string }>`
    insert into people.employments (id, person_id, enterprise_id, workplace_id, district_code, street_code, zone_code, name, initials, sex, id_type, staff_no, crew, dormitory, shift, state, state_since, observing_until,
      origin_code, left_on, returned_on, expected_on, vehicle, id_tail, phone_tail, sealed, key_id, source, entered_at, changed_by, changed_at)
    select id, person, ${enterpriseId}::uuid, place, district, street, zone, name, initials, sex, id_type, staff_no, crew, dormitory, shift, state, since, until,
      origin, left_on, returned_on, expected_on, vehicle, decode(id_tail, 'hex'), decode(phone_tail, 'hex'), decode(sealed, 'base64'), key_id, ${source}, ${ctx.now}::timestamptz, ${changedBy}::uuid, ${ctx.now}::timestamptz
    from unnest(${of('id')}::uuid[], ${of('personId')}::uuid[], ${of('workplaceId')}::uuid[], ${of('districtCode')}, ${of('streetCode')}, ${of('zoneCode')}, ${of('name')}, ${of('initials')}, ${of('sex')}, ${of('idType')},
      ${of('staffNo')}, ${of('crew')}, ${of('dormitory')}, ${of('shift')}, ${of('state')}, ${of('stateSince')}::date[], ${of('observingUntil')}::date[], ${of('originCode')}, ${of('leftOn')}::date[], ${of('returnedOn')}::date[],
      ${of('expectedOn')}::date[], ${of('vehicle')}, ${bytes('idTail')}, ${bytes('phoneTail')}, ${bytes('sealed')}, ${of('keyId')})
      as r (id, person, place, district, street, zone, name, initials, sex, id_type, staff_no, crew, dormitory, shift, state, since, until, origin, left_on, returned_on, expected_on, vehicle, id_tail, phone_tail, sealed, key_id)
    on conflict (person_id, enterprise_id) do nothing returning id`.execute(ctx.db)
  return new Set(added.rows.map(({ id }) => id))
}
/** Everybody of a workplace lies where it lies; runs as the system. */
export async function moveWithPlace(system: Ctx, workplaceId: string, { districtCode, streetCode, zoneCode }: Lies): Promise<void> {
  await sql`update people.employments set district_code = ${districtCode}, street_code = ${streetCode}, zone_code = ${zoneCode}
    where workplace_id = ${workplaceId} and (district_code, street_code, coalesce(zone_code, '')) is distinct from (${districtCode}, ${streetCode}, ${zoneCode ?? ''})`.execute(system.db)
}
