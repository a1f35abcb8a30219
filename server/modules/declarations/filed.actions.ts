// Filed declarations as the rooms above see them: what an order or a check is about, and the list from which checks are drawn.
import type { FilingStanding } from '@fugong/contract/declarations'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { getFiledRow } from './after.store.ts'
import type { DeclarationRecord, ScopeColumns } from './store.ts'

export interface Filed extends ScopeColumns, Pick<DeclarationRecord, 'id' | 'enterpriseName' | 'creditCode' | 'enterpriseClass' | 'workplaceName' | 'address' | 'scene' | 'industryCode' | 'level' | 'procedure' | 'emergencyId' | 'emergencyKind' | 'sample' | 'decidedAt' | 'submittedBy'> {
  standing: FilingStanding; certificateId: string; certificateNumber: string
}
const toFiled = (row: DeclarationRecord): Filed => {
  const { id, enterpriseId, districtCode, streetCode, zoneCode, departmentKey, enterpriseName, creditCode, enterpriseClass, workplaceName, address, scene, industryCode, level, procedure, emergencyId, emergencyKind, sample, decidedAt, submittedBy } = row
  return { id, enterpriseId, districtCode, streetCode, zoneCode, departmentKey, enterpriseName, creditCode, enterpriseClass, workplaceName, address, scene, industryCode, level, procedure, emergencyId, emergencyKind, sample, decidedAt, submittedBy, standing: row.standing!, certificateId: row.certificateId!, certificateNumber: row.certificateNumber! }
}
/** One filed declaration within the caller's scope; any other is `not_found`. */
export async function getFiled(ctx: Ctx, id: string): Promise<Filed> {
  return toFiled(await getFiledRow(ctx, id))
}
/** The filing that holds for a workplace now, the latest of them; undefined where none does. Runs as the system. */
export async function filedAt(system: Ctx, workplaceId: string): Promise<string | undefined> {
  return (await sql<{ id: string }>`select id from declarations.declarations where workplace_id = ${workplaceId}::uuid and standing = 'operating' and certificate_id is not null order by decided_at desc limit 1`.execute(system.db)).rows[0]?.id
}
/** The workplace that a filing is for. Runs as the system. */
export async function workplaceOfFiled(system: Ctx, id: string): Promise<string | undefined> {
  return (await sql<{ workplaceId: string }>`select workplace_id from declarations.declarations where id = ${id}::uuid`.execute(system.db)).rows[0]?.workplaceId
}
/** What a draw looks at of each filing. */
export type DrawnFrom = Pick<Filed, 'id' | 'certificateNumber' | 'level' | 'scene' | 'enterpriseClass' | 'procedure'>
/** The next filings that operate in an area and were filed until a moment, by id. Runs as the system. */
export async function selectOperating(system: Ctx, { areaCode, emergencyId, until, after, limit }: { areaCode: string; emergencyId: string; until: string; after: string | null; limit: number }): Promise<DrawnFrom[]> {
  return (await sql<DrawnFrom>`select id, certificate_number, level, scene, enterprise_class, procedure from declarations.declarations
    where standing = 'operating' and emergency_id = ${emergencyId}::uuid and (zone_code = ${areaCode} or (district_code = ${areaCode} and zone_code is null)) and decided_at <= ${until}::timestamptz
      and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`.execute(system.db)).rows
}
/** Who had a hand in a filing: submitted it, decided a step of it, or acts for its firm now is for the caller to ask. Runs as the system. */
export async function doersOf(system: Ctx, id: string): Promise<string[]> {
  return (await sql<{ actorId: string }>`select distinct actor_id from declarations.timeline where declaration_id = ${id}::uuid and actor_id is not null`.execute(system.db)).rows.map(({ actorId }) => actorId)
}
