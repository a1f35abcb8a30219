// SQL of one's own data: reports with the versions before them, and under which notice which phone was bound. Runs as the system.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { OwnReport } from './day.store.ts'
import type { BindingRow } from './phones.store.ts'

type Whose = Pick<BindingRow, 'enterpriseId' | 'employmentId'>
/** Every version from a day on: the newest day first, of a slot the latest first. */
export async function selectAllVersions(system: Ctx, { enterpriseId, employmentId }: Whose, from: string): Promise<(OwnReport & { rule: number })[]> {
  const columns = sql`r.day, r.slot, r.version, r.level, r.rule, r.batch_id, r.position, r.accepted_at, r.binding_id`
  const whose = sql`r.enterprise_id = ${enterpriseId} and r.employment_id = ${employmentId} and r.day >= ${from}::date`
  return (await sql<OwnReport & { rule: number }>`select v.*, coalesce(b.relation, 'self') as relation from (select ${columns} from health.reports r where ${whose} union all select ${columns} from health.superseded r where ${whose}) v
    left join health.bindings b on b.id = v.binding_id order by v.day desc, v.slot desc, v.version desc`.execute(system.db)).rows
}
/** Phones that were bound for somebody, the newest first; each under the notice that was agreed to. */
export async function selectConsents(system: Ctx, { enterpriseId, employmentId }: Whose): Promise<(Pick<BindingRow, 'id' | 'relation' | 'createdAt' | 'noticeVersion'> & { revokedAt: string | null })[]> {
  return (await sql<Pick<BindingRow, 'id' | 'relation' | 'createdAt' | 'noticeVersion'> & { revokedAt: string | null }>`select id, relation, created_at, revoked_at, notice_version from health.bindings
    where enterprise_id = ${enterpriseId} and employment_id = ${employmentId} and relation in ('self', 'family') order by created_at desc, id desc limit 50`.execute(system.db)).rows
}
