// SQL of chosen firms with their open workplaces: what rooms above need to put firms on a list of their own.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { enterprises, workplaces } from './policy.ts'
import type { DeclaredFirm, DeclaredPlace } from './store.ts'

export interface ChosenPlace extends Pick<DeclaredFirm, 'creditCode' | 'industryCode' | 'class' | 'department' | 'registeredBy' | 'sample'>, Pick<DeclaredPlace, 'scene' | 'address' | 'districtCode' | 'streetCode' | 'zoneCode'> {
  enterpriseId: string; enterpriseName: string; workplaceId: string; workplaceName: string
  /** Codes of the flags in force. */
  flags: string[]
  /** People of the whole firm; null where it has not told, or has several workplaces and tells them together. */
  staff: number | null
}
/** Open workplaces of active firms within the caller's scope. */
export async function selectChosen(ctx: Ctx, ids: readonly string[]): Promise<ChosenPlace[]> {
  if (!ids.length) return []
  return (await sql<ChosenPlace>`select e.id as enterprise_id, e.name as enterprise_name, e.credit_code, e.industry_code, e.class, e.department, e.registered_by, e.sample, e.flags,
      case when (select count(*) from enterprises.workplaces o where o.enterprise_id = e.id and o.open and ${visibleTo(workplaces, ctx.scope, 'o')}) = 1 and not e.elsewhere then e.staff end as staff,
      w.id as workplace_id, w.name as workplace_name, w.scene, w.address, w.district_code, w.street_code, w.zone_code
    from enterprises.enterprises e join enterprises.workplaces w on w.enterprise_id = e.id and w.open and ${visibleTo(workplaces, ctx.scope, 'w')}
    where e.id = any (${[...ids]}::uuid[]) and e.state = 'active' and ${visibleTo(enterprises, ctx.scope, 'e')} order by e.credit_code, w.added_at, w.id`.execute(ctx.db)).rows
}
export interface KnownFirm { id: string; name: string; creditCode: string; state: 'active' | 'closed' | 'merged'; codeState: 'valid' | 'pending' | 'confirmed'; sample: boolean }
const firm = sql`e.id, e.name, e.credit_code, e.state, e.code_state, e.sample`
/** Firms by their codes, within the caller's scope. */
export async function selectByCodes(ctx: Ctx, codes: readonly string[]): Promise<KnownFirm[]> {
  if (!codes.length) return []
  return (await sql<KnownFirm>`select ${firm} from enterprises.enterprises e where e.credit_code = any (${[...codes]}::text[]) and ${visibleTo(enterprises, ctx.scope, 'e')}`.execute(ctx.db)).rows
}
export async function selectKnown(ctx: Ctx, id: string): Promise<KnownFirm | undefined> {
  return (await sql<KnownFirm>`select ${firm} from enterprises.enterprises e where e.id = ${id}::uuid and ${visibleTo(enterprises, ctx.scope, 'e')}`.execute(ctx.db)).rows[0]
}
