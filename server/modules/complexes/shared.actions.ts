// Puts complexes, filings and tenants into the shape that each reader receives.
import type { Complex, ComplexFiling, ComplexRow as Listed, Tenant } from '@fugong/contract/complexes'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { filesOf } from '../files/index.ts'
import { personNames } from '../identity/index.ts'
import { operates } from './policy.ts'
import { countsOf, deedsOnFiling, deedsOnTenant, tenantState } from './rules.ts'
import { lockComplexRow, lockFiling, selectConfirmations, selectFilings, selectTenants, type ComplexRow, type FilingRow } from './store.ts'
import { selectMade } from './views.ts'

/** A complex of the caller's own firm on the revision they looked at. */
export async function loadOwn(ctx: Ctx, id: string, revision: number): Promise<ComplexRow> {
  const row = await lockComplexRow(ctx, id)
  if (!operates(ctx, row)) throw problem('not_found')
  if (row.revision !== revision) throw await changedMeanwhile(ctx, row)
  return row
}
/** A filing of the caller's own complex on the revision they looked at, in one of these states. */
export async function loadFiling(ctx: Ctx, id: string, revision: number, states: readonly FilingRow['state'][]): Promise<FilingRow> {
  const row = await lockFiling(ctx, id)
  if (!operates(ctx, row)) throw problem('not_found')
  if (row.revision !== revision) throw await changedMeanwhile(ctx, row)
  if (!states.includes(row.state)) throw problem('complexes.filing_state')
  return row
}
export async function changedMeanwhile(ctx: Ctx, { changedBy, changedAt }: { changedBy: string | null; changedAt: string }) {
  return problem('conflict.changed', { who: (changedBy && (await personNames(ctx, [changedBy])).get(changedBy)) || '—', at: changedAt })
}
/** Tenants of complexes with what became of each in the newest filing. The operator learns how the common declaration stands, not its number and not where it is. */
export async function tenantsOf(ctx: Ctx, rows: readonly ComplexRow[], filings: ReadonlyMap<string, FilingRow>): Promise<Map<string, Tenant[]>> {
  const tenants = await selectTenants(ctx, rows.map(({ id }) => id))
  const answers = await elevated(ctx, (system) => selectConfirmations(system, [...filings.values()].map(({ id }) => id)))
  const made = await elevated(ctx, (system) => selectMade(system, answers.flatMap(({ declarationId }) => declarationId ?? [])))
  const byTenant = new Map(answers.map((answer) => [`${answer.filingId} ${answer.tenantId}`, answer]))
  return new Map(rows.map((row): [string, Tenant[]] => {
    const filing = filings.get(row.id)
    const own = operates(ctx, row)
    return [row.id, tenants.filter((tenant) => tenant.complexId === row.id).map(({ id, creditCode, name, shop, headcount }) => {
      const answer = filing && byTenant.get(`${filing.id} ${id}`)
      const state = tenantState(filing?.state ?? null, answer?.state)
      const declaration = answer?.declarationId ? made.get(answer.declarationId) : undefined
      return {
        id, creditCode, name, shop, headcount: answer?.headcount ?? headcount, state, reason: answer?.reason ?? null, answeredAt: answer?.answeredAt ?? null, plannedDate: answer?.plannedDate ?? null,
        declaration: declaration ? { id: own ? null : declaration.id, state: declaration.state, revision: own ? null : declaration.revision, certificateNumber: declaration.certificateNumber } : null, can: own ? deedsOnTenant(filing?.state ?? null, state) : [],
      }
    })]
  }))
}
export async function toRows(ctx: Ctx, rows: readonly ComplexRow[]): Promise<Listed[]> {
  const filings = await selectFilings(ctx, rows.map(({ id }) => id))
  const tenants = await tenantsOf(ctx, rows, filings)
  return rows.map((row) => ({ ...aboutOf(row), counts: countsOf(tenants.get(row.id) ?? []), filing: filings.get(row.id)?.state ?? null, registeredAt: row.registeredAt }))
}
export async function toComplex(ctx: Ctx, row: ComplexRow): Promise<Complex> {
  const filings = await selectFilings(ctx, [row.id])
  const filing = filings.get(row.id)
  const tenants = (await tenantsOf(ctx, [row], filings)).get(row.id)!
  return { ...aboutOf(row), revision: row.revision, counts: countsOf(tenants), filing: filing ? await toFiling(ctx, filing) : null, registeredAt: row.registeredAt, can: operates(ctx, row) ? ['operate', ...deedsOnFiling(filing?.state ?? null)] : [] }
}
const aboutOf = ({ id, name, scene, address, districtCode, streetCode, zoneCode, operatorId, operatorName, sample }: ComplexRow) => ({ id, name, scene, address, districtCode, streetCode, zoneCode, operatorId, operatorName, sample })
async function toFiling(ctx: Ctx, row: FilingRow): Promise<ComplexFiling> {
  const { id, revision, state, emergencyId, emergencyKind, formVersion, answers, plannedDate, openedAt, askedAt, closedAt } = row
  return { id, revision, state, emergencyId, emergencyKind, formVersion, answers, files: await filesOf(ctx, row.fileIds), plannedDate, openedAt, askedAt, closedAt }
}
