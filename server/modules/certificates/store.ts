// SQL on the certificates schema.
import type { CertificateState } from '@fugong/contract/certificates'
import type { RiskLevel } from '@fugong/contract/levels'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { gramsOf, searchKey } from '../../base/grams.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { visibleCertificates } from './policy.ts'
import type { Search } from './rules.ts'

export interface ScopeColumns { enterpriseId: string; districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null }
export interface CertificateRow extends ScopeColumns {
  id: string; number: string; state: CertificateState; declarationId: string; enterpriseName: string; nameKey: string; workplaceName: string; address: string
  /** A day. */
  plannedDate: string; emergencyId: string; emergencyZh: string; emergencyEn: string
  level: RiskLevel | null; procedure: 'effective' | 'review' | 'reviewAndSite' | null; unitId: string | null; unitZh: string | null; unitEn: string | null
  /** The last day; null is open-ended. */
  validUntil: string | null
  issuedAt: string; stateSince: string; stateReason: string | null; orderNo: string | null; supersededBy: string | null; sample: boolean
  keyId: string | null; signature: Buffer | null
}
/** A row with the number of the certificate that took its place. */
export interface ShownRow extends CertificateRow { successor: string | null }
export type HistoryEvent = 'issued' | 'corrected' | 'suspended' | 'resumed' | 'revoked' | 'superseded' | 'expired' | 'withdrawn' | 'closed'
interface HistoryRow extends ScopeColumns { certificateId: string; at: string; event: HistoryEvent; actorId: string | null; unitId: string | null; reason: string | null; orderNo: string | null }
interface Tables {
  'certificates.certificates': CertificateRow
  'certificates.history': HistoryRow
  'certificates.grams': ScopeColumns & { gram: string; certificateId: string }
}
const db = (ctx: Ctx) => tables<Tables>(ctx)
export const scopeOf = ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey }: ScopeColumns): ScopeColumns => ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey })

/** False when the number is taken already, which the caller answers with another one. */
export async function insertCertificate(ctx: Ctx, row: CertificateRow): Promise<boolean> {
  const made = await db(ctx).insertInto('certificates.certificates').values(row).onConflict((conflict) => conflict.column('number').doNothing()).executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}
export async function insertGrams(ctx: Ctx, row: CertificateRow): Promise<void> {
  const grams = gramsOf(row.enterpriseName)
  if (!grams.length) return
  await db(ctx).insertInto('certificates.grams').values(grams.map((gram) => ({ gram, certificateId: row.id, ...scopeOf(row) }))).execute()
}
export async function insertHistory(ctx: Ctx, row: CertificateRow, event: HistoryEvent, reason: string | null, orderNo: string | null = null): Promise<void> {
  await db(ctx).insertInto('certificates.history')
    .values({ certificateId: row.id, at: ctx.now.toISOString(), event, actorId: ctx.actor.personId, unitId: ctx.unit?.unitId ?? null, reason, orderNo, ...scopeOf(row) }).execute()
}

/** A certificate that the caller may see, locked for a deed; anything else is `not_found`. */
export async function lockCertificate(ctx: Ctx, id: string): Promise<ShownRow> {
  const found = await visible(ctx).where('c.id', '=', id).forUpdate('c').executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export async function getCertificateRow(ctx: Ctx, id: string): Promise<ShownRow> {
  const found = await visible(ctx).where('c.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export async function findByNumber(ctx: Ctx, number: string): Promise<ShownRow | undefined> {
  return visible(ctx).where('c.number', '=', number).executeTakeFirst()
}
export async function selectOfDeclarations(ctx: Ctx, declarationIds: readonly string[]): Promise<ShownRow[]> {
  return declarationIds.length ? visible(ctx).where('c.declarationId', 'in', [...declarationIds]).execute() : []
}
export async function updateSignature(ctx: Ctx, id: string, made: { keyId: string; signature: Buffer }): Promise<void> {
  await db(ctx).updateTable('certificates.certificates').set(made).where('id', '=', id).execute()
}
export interface StateChange { state: CertificateState; stateSince: string; stateReason: string | null; orderNo: string | null; supersededBy: string | null }
export async function updateState(ctx: Ctx, id: string, change: StateChange): Promise<void> {
  await db(ctx).updateTable('certificates.certificates').set(change).where('id', '=', id).execute()
}

function visible(ctx: Ctx) {
  return db(ctx).selectFrom('certificates.certificates as c').leftJoin('certificates.certificates as s', 's.id', 'c.supersededBy').selectAll('c').select('s.number as successor').where(visibleCertificates(ctx, 'c'))
}
/** Ids of those that hold, within the caller's scope: all that the filter finds, or the chosen among them. */
export async function selectHolding(ctx: Ctx, filter: Omit<Filter, 'state'>, chosen: readonly string[] | null, most: number): Promise<string[]> {
  let query = filtered(ctx, { ...filter, state: 'valid' }).clearSelect().select('c.id').orderBy('c.issuedAt', 'desc').orderBy('c.id', 'desc').limit(most)
  if (chosen) query = query.where('c.id', 'in', [...chosen])
  return (await query.execute()).map(({ id }) => id)
}
/** Those whose last day lies before `today` and that the clock has not ended yet, oldest first. */
export async function selectDue(system: Ctx, today: string, most: number): Promise<string[]> {
  const rows = await db(system).selectFrom('certificates.certificates as c').select('c.id').where('c.validUntil', '<', today).where('c.state', 'in', ['valid', 'suspended']).orderBy('c.validUntil').limit(most).execute()
  return rows.map(({ id }) => id)
}
export interface Filter { state?: CertificateState; enterprise?: string; search?: Search; /** The day in Shanghai by which a state is told. */ today: string }
export function filtered(ctx: Ctx, { state, enterprise, search, today }: Filter) {
  let query = visible(ctx)
  if (state) query = query.where(stands(state, today))
  if (enterprise) query = query.where('c.enterpriseId', '=', enterprise)
  if (search?.kind === 'number') query = query.where('c.number', '=', search.number)
  if (search?.kind === 'name') {
    const key = searchKey(search.text)
    // The grams find candidates through an index; the name itself settles whether they stand side by side.
    if ([...key].length > 1) for (const gram of gramsOf(key)) query = query.where((on) => on.exists(on.selectFrom('certificates.grams as g').select('g.gram').where('g.gram', '=', gram).whereRef('g.certificateId', '=', 'c.id')))
    query = query.where(sql<boolean>`position(${key} in ${sql.ref('c.nameKey')}) > 0`)
  }
  return query
}
/** Whether the last day has passed. */
export const overOn = (today: string) => sql<boolean>`(c.valid_until is not null and c.valid_until < ${today}::date)`
/** The state as `standingOn` tells it, in SQL. */
function stands(state: CertificateState, today: string) {
  const over = overOn(today)
  if (state === 'valid' || state === 'suspended') return sql<boolean>`c.state = ${state} and not ${over}`
  return state === 'expired' ? sql<boolean>`(c.state = 'expired' or (c.state in ('valid', 'suspended') and ${over}))` : sql<boolean>`c.state = ${state}`
}
export function selectPage(ctx: Ctx, filter: Filter, limit: number, after: Mark | undefined): Promise<ShownRow[]> {
  const query = filtered(ctx, filter).orderBy('c.issuedAt', 'desc').orderBy('c.id', 'desc').limit(limit + 1)
  return (after ? query.where(sql<boolean>`(c.issued_at, c.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute()
}
export async function countUpToLimit(ctx: Ctx, filter: Filter): Promise<number> {
  const one = filtered(ctx, filter).clearSelect().select(sql<number>`1`.as('one')).limit(COUNT_LIMIT + 1)
  const row = await ctx.db.selectFrom(one.as('counted')).select((on) => on.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return Number(row.count)
}
