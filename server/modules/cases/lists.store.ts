// SQL on lists of cases: what waits for units and people, what somebody did, what somebody opened; pages and counts.
import type { CaseBox, ClockStanding } from '@fugong/contract/cases'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { visibleCases, visibleParts } from './policy.ts'
import { FAR } from './rules.ts'
import type { CaseRecord, PartRecord } from './store.ts'

/** `units`: whose parts; for what is late none means all within scope. */
export interface Filter { units: readonly string[]; kind?: string | undefined; district?: string | undefined; standing?: ClockStanding | undefined; person?: string | undefined; search?: string | undefined }
type Tables = { 'cases.cases': CaseRecord; 'cases.parts': PartRecord }
/** A row of a list: the case, and the part that puts it there. */
export type ListedCase = Pick<CaseRecord, 'id' | 'kind' | 'subjectId' | 'state' | 'waitingFor' | 'title' | 'districtCode' | 'sample' | 'openedAt' | 'endedAt' | 'dueAt' | 'soonAt' | 'pausedFor' | 'enterpriseId'> & { part: Pick<PartRecord, 'id' | 'revision' | 'unitId' | 'personId' | 'role' | 'state' | 'result' | 'endedAt'> | null }
const caseColumns = ['c.id', 'c.kind', 'c.subjectId', 'c.state', 'c.waitingFor', 'c.title', 'c.districtCode', 'c.sample', 'c.openedAt', 'c.endedAt', 'c.dueAt', 'c.soonAt', 'c.pausedFor', 'c.enterpriseId'] as const
const partColumns = ['p.id as partId', 'p.revision as partRevision', 'p.unitId', 'p.personId', 'p.role', 'p.state as partState', 'p.result', 'p.endedAt as partEndedAt'] as const
type Flat = Omit<ListedCase, 'part'> & { partId: string; partRevision: number; unitId: string; personId: string | null; role: PartRecord['role']; partState: PartRecord['state']; result: string | null; partEndedAt: string | null }
const lifted = ({ partId, partRevision, unitId, personId, role, partState, result, partEndedAt, ...row }: Flat): ListedCase => ({ ...row, part: { id: partId, revision: partRevision, unitId, personId, role, state: partState, result, endedAt: partEndedAt } })

/** Parts of a box, by the columns that parts carry themselves; `c` is joined by whoever needs more. */
function parts(ctx: Ctx, box: Exclude<CaseBox, 'opened'>, { units, kind, district, person }: Filter) {
  let query = tables<Tables>(ctx).selectFrom('cases.parts as p').where(visibleParts(ctx, 'p'))
  if (box === 'todo') query = query.where('p.state', '=', 'open').where(sql<boolean>`p.unit_id = any (${[...units]}::uuid[])`)
  else if (box === 'late') query = (units.length ? query.where(sql<boolean>`p.unit_id = any (${[...units]}::uuid[])`) : query).where('p.state', '=', 'open').where(sql<boolean>`p.due_at <= ${ctx.now}`)
  else query = query.where('p.endedBy', '=', ctx.actor.personId!)
  if (kind) query = query.where('p.kind', '=', kind)
  if (district) query = query.where(district.length > 6 ? 'p.streetCode' : 'p.districtCode', '=', district)
  if (person === 'none') query = query.where('p.personId', 'is', null)
  else if (person) query = query.where('p.personId', '=', person === 'me' ? ctx.actor.personId! : person)
  return query
}
/** How a case stands, as `standingOf` says it. */
function stands(ctx: Ctx, standing: ClockStanding, dueAt: string, soonAt: string) {
  const [due, soon] = [sql.ref(dueAt), sql.ref(soonAt)]
  if (standing === 'overdue') return sql<boolean>`${due} <= ${ctx.now}`
  if (standing === 'soon') return sql<boolean>`${due} > ${ctx.now} and ${soon} <= ${ctx.now}`
  if (standing === 'running') return sql<boolean>`${soon} > ${ctx.now} and ${due} <> ${FAR}::timestamptz`
  return standing === 'paused' ? sql<boolean>`${due} = ${FAR}::timestamptz and c.paused_for is not null` : sql<boolean>`(${due} = ${FAR}::timestamptz and c.paused_for is null or c.ended_at is not null)`
}
const joins = ({ search, standing }: Filter) => search !== undefined || standing === 'paused' || standing === 'none'
function joined(ctx: Ctx, box: Exclude<CaseBox, 'opened'>, filter: Filter) {
  const { search, standing } = filter
  let query = parts(ctx, box, filter).innerJoin('cases.cases as c', 'c.id', 'p.caseId').where(visibleCases(ctx, 'c'))
  if (standing) query = query.where(stands(ctx, standing, 'p.due_at', 'p.soon_at'))
  if (search) query = query.where(sql<boolean>`position(${search} in c.search_key) > 0`)
  return query
}
/** A page: what waits by its limit, the rest newest first. */
export async function selectPage(ctx: Ctx, box: CaseBox, filter: Filter, limit: number, after: Mark | undefined): Promise<ListedCase[]> {
  if (box === 'opened') {
    const query = opened(ctx, filter).select([...caseColumns]).orderBy('c.openedAt', 'desc').orderBy('c.id', 'desc').limit(limit + 1)
    return (await (after ? query.where(sql<boolean>`(c.opened_at, c.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute()).map((row) => ({ ...row, part: null }))
  }
  const query = joined(ctx, box, filter).select([...caseColumns, ...partColumns]).limit(limit + 1)
  if (box === 'todo' && !joins(filter)) {
    const ids = await firstOfUnits(ctx, filter, limit, after)
    return ids.length ? (await query.where(sql<boolean>`p.id = any (${ids}::uuid[])`).orderBy('p.dueAt').orderBy('p.id').execute()).map(lifted) : []
  }
  if (box === 'todo' || box === 'late') {
    const ordered = query.orderBy('p.dueAt').orderBy('p.id')
    return (await (after ? ordered.where(sql<boolean>`(p.due_at, p.id) > (${after.moment}::timestamptz, ${after.id}::uuid)`) : ordered).execute()).map(lifted)
  }
  const ordered = query.orderBy('p.endedAt', 'desc').orderBy('p.id', 'desc')
  return (await (after ? ordered.where(sql<boolean>`(p.ended_at, p.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : ordered).execute()).map(lifted)
}
/**
 * The parts of a page, unit by unit from the front of its index: asked for several units at once the database would read
 * and sort all that is open, and join each row to its case, for the fifty that are shown.
 */
async function firstOfUnits(ctx: Ctx, filter: Filter, limit: number, after: Mark | undefined): Promise<string[]> {
  const pages = await Promise.all(filter.units.map((unit) => {
    let own = parts(ctx, 'todo', filter).where('p.unitId', '=', unit).select(['p.id', 'p.dueAt']).orderBy('p.dueAt').orderBy('p.id').limit(limit + 1)
    if (filter.standing) own = own.where(stands(ctx, filter.standing, 'p.due_at', 'p.soon_at'))
    return (after ? own.where(sql<boolean>`(p.due_at, p.id) > (${after.moment}::timestamptz, ${after.id}::uuid)`) : own).execute()
  }))
  return pages.flat().sort((a, b) => (a.dueAt === b.dueAt ? (a.id < b.id ? -1 : 1) : a.dueAt < b.dueAt ? -1 : 1)).slice(0, limit + 1).map(({ id }) => id)
}
function opened(ctx: Ctx, { kind, district, standing, search }: Filter) {
  let query = tables<Tables>(ctx).selectFrom('cases.cases as c').where(visibleCases(ctx, 'c')).where('c.openedBy', '=', ctx.actor.personId!)
  if (kind) query = query.where('c.kind', '=', kind)
  if (district) query = query.where(district.length > 6 ? 'c.streetCode' : 'c.districtCode', '=', district)
  if (standing) query = query.where(stands(ctx, standing, 'c.due_at', 'c.soon_at'))
  if (search) query = query.where(sql<boolean>`position(${search} in c.search_key) > 0`)
  return query
}
/** How many there are, up to one beyond the limit. */
export async function countBox(ctx: Ctx, box: CaseBox, filter: Filter): Promise<number> {
  const one = sql<number>`1`.as('one')
  let rows
  if (box === 'opened') rows = opened(ctx, filter).select(one).limit(COUNT_LIMIT + 1)
  else if (joins(filter)) rows = joined(ctx, box, filter).select(one).limit(COUNT_LIMIT + 1)
  else rows = (filter.standing ? parts(ctx, box, filter).where(stands(ctx, filter.standing, 'p.due_at', 'p.soon_at')) : parts(ctx, box, filter)).select(one).limit(COUNT_LIMIT + 1)
  return (await sql<{ count: number }>`select count(*)::int as count from (${rows}) as counted`.execute(ctx.db)).rows[0]!.count
}
/** What waits for units, by kind: all of it, mine, nobody's, overdue. */
export async function countTodo(ctx: Ctx, units: readonly string[]): Promise<{ kind: string; todo: number; mine: number; untaken: number; overdue: number }[]> {
  return (await sql<{ kind: string; todo: number; mine: number; untaken: number; overdue: number }>`select p.kind, count(*)::int as todo, count(*) filter (where p.person_id = ${ctx.actor.personId})::int as mine,
      count(*) filter (where p.person_id is null)::int as untaken, count(*) filter (where p.due_at <= ${ctx.now})::int as overdue
    from cases.parts p where p.state = 'open' and p.unit_id = any (${[...units]}::uuid[]) and ${visibleParts(ctx, 'p')} group by p.kind`.execute(ctx.db)).rows
}
