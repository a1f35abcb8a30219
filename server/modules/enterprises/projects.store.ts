// SQL on construction projects and their sections.
import type { Project } from '@fugong/contract/enterprises.places'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import { projects, sections } from './policy.ts'
import type { Stamp } from './store.ts'

export interface ProjectRow extends Stamp {
  id: string; enterpriseId: string; name: string; permitNumber: string | null; ownerName: string; ownerId: string | null; state: Project['state']; stateSince: string; address: string; plannedFrom: string | null; plannedUntil: string | null
  registeredAt: string; registeredBy: string | null; revision: number; sample: boolean; districtCode: string; streetCode: string; zoneCode: string | null; department: string | null
}
export interface SectionRow { id: string; projectId: string; name: string; contractorName: string; enterpriseId: string | null; validFrom: string; validTo: string | null }
type Loose<T> = { [column in keyof T]: unknown }
interface Tables { 'enterprises.projects': Loose<ProjectRow>; 'enterprises.sections': Loose<SectionRow & Pick<ProjectRow, 'districtCode' | 'streetCode' | 'zoneCode' | 'department'> & { addedAt: string }> }
const db = (ctx: Ctx) => tables<Tables>(ctx)

export async function insertProject(ctx: Ctx, row: ProjectRow): Promise<void> {
  await db(ctx).insertInto('enterprises.projects').values(row as never).execute()
}
export async function findProject(ctx: Ctx, id: string, lock = false): Promise<ProjectRow | undefined> {
  const query = db(ctx).selectFrom('enterprises.projects as p').selectAll('p').where('p.id', '=', id).where(visibleTo(projects, ctx.scope, 'p'))
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) as ProjectRow | undefined
}
export async function updateProject(system: Ctx, row: ProjectRow, columns: Partial<ProjectRow>): Promise<ProjectRow> {
  return (await db(system).updateTable('enterprises.projects').set({ ...columns, revision: row.revision + 1 } as never).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()) as unknown as ProjectRow
}
export interface ProjectFilter { district?: string | undefined; state?: Project['state'] | undefined }
/** Projects within the caller's scope, newest first; `limit` rows after `after`. */
export async function selectProjects(ctx: Ctx, filter: ProjectFilter, limit: number, after?: Mark): Promise<ProjectRow[]> {
  const query = filtered(ctx, filter).selectAll('p').orderBy('p.registeredAt', 'desc').orderBy('p.id', 'desc').limit(limit)
  return (await (after ? query.where(sql<boolean>`(p.registered_at, p.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute()) as ProjectRow[]
}
export async function countProjects(ctx: Ctx, filter: ProjectFilter): Promise<number> {
  const some = filtered(ctx, filter).select('p.id').limit(COUNT_LIMIT + 1)
  return (await db(ctx).selectFrom(some.as('counted')).select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total
}
function filtered(ctx: Ctx, { district, state }: ProjectFilter) {
  let query = db(ctx).selectFrom('enterprises.projects as p').where(visibleTo(projects, ctx.scope, 'p'))
  if (district) query = query.where((of) => of.or([of('p.districtCode', '=', district), of('p.zoneCode', '=', district)]))
  if (state) query = query.where('p.state', '=', state)
  return query
}
/** Projects that a firm builds, wholly or a section of, or owns; as the system, after the firm was found within scope. */
export async function selectProjectsOf(system: Ctx, enterpriseId: string): Promise<ProjectRow[]> {
  return (await db(system).selectFrom('enterprises.projects as p').selectAll('p')
    .where((of) => of.or([of('p.enterpriseId', '=', enterpriseId), of('p.ownerId', '=', enterpriseId), sql<boolean>`p.id in (select s.project_id from enterprises.sections s where s.enterprise_id = ${enterpriseId})`]))
    .orderBy('p.registeredAt', 'desc').orderBy('p.id', 'desc').limit(500).execute()) as ProjectRow[]
}
/** Sections of projects that the caller was found to see, in the order they were added. */
export async function selectSections(system: Ctx, projectIds: readonly string[]): Promise<SectionRow[]> {
  if (!projectIds.length) return []
  return (await db(system).selectFrom('enterprises.sections as s').select(['s.id', 's.projectId', 's.name', 's.contractorName', 's.enterpriseId', 's.validFrom', 's.validTo'])
    .where('s.projectId', 'in', [...projectIds]).where(visibleTo(sections, system.scope, 's')).orderBy('s.addedAt').orderBy('s.id').execute()) as SectionRow[]
}
export async function insertSection(system: Ctx, row: SectionRow, project: ProjectRow): Promise<void> {
  const { districtCode, streetCode, zoneCode, department } = project
  await db(system).insertInto('enterprises.sections').values({ ...row, districtCode, streetCode, zoneCode, department, addedAt: system.now } as never).execute()
}
/** False when it had ended before. */
export async function closeSection(system: Ctx, id: string, until: string): Promise<boolean> {
  const closed = await db(system).updateTable('enterprises.sections').set({ validTo: until } as never).where('id', '=', id).where('validTo', 'is', null).returning('id').executeTakeFirst()
  return closed !== undefined
}
