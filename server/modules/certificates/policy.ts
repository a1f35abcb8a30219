// Who may do what with certificates, and which rows each may see; what the public check shows is nothing personal.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, may, scopeFor, unitCovering, type Actor, type ActorGrant, type Scope, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { visibleTo, type ScopedTable } from '../../base/scope.ts'
import type { OfficeDeed } from './rules.ts'

export const verbs = {
  'certificate.read': ['enterpriseContact', 'reviewer', 'departmentOfficer', 'commander', 'specialist'],
  'certificate.suspend': ['reviewer', 'commander'],
  'certificate.revoke': ['reviewer', 'commander'],
  'certificate.print': ['enterpriseContact', 'reviewer', 'commander'],
  'certificate.print_many': ['reviewer', 'commander'],
  'certificate.keys': ['administrator'],
  'certificate.seals': ['administrator'],
} satisfies VerbTable

const columns = { enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
export const certificatesTable: ScopedTable = { table: 'certificates.certificates', ...columns, public: true }
export const gramsTable: ScopedTable = { table: 'certificates.grams', ...columns }
export const historyTable: ScopedTable = { table: 'certificates.history', ...columns }
export const printsTable: ScopedTable = { table: 'certificates.prints', ...columns }
/** A batch belongs to whoever asked for it. */
export const batchesTable: ScopedTable = { table: 'certificates.batches', person: 'asked_by' }
export const scopes: ScopedTable[] = [certificatesTable, gramsTable, historyTable, printsTable, batchesTable]
export const constraints: Record<string, ProblemCode> = {}

export const visibleCertificates = (ctx: Ctx, alias: string) => visibleTo(certificatesTable, ctx.scope, alias)
export const visiblePrints = (ctx: Ctx, alias: string) => visibleTo(printsTable, ctx.scope, alias)

/** Verb behind each deed. */
const verbOf = { suspend: 'certificate.suspend', resume: 'certificate.suspend', revoke: 'certificate.revoke' } as const satisfies Record<OfficeDeed, keyof typeof verbs>

interface Place { districtCode: string; streetCode: string; zoneCode: string | null }
/** Whether the caller may do a deed on a row they can read: reading reaches further than deciding, and one's own firm is for others. */
export function mayDo(ctx: Ctx, deed: OfficeDeed, row: Place & { enterpriseId: string }): boolean {
  const verb = verbOf[deed]
  if (!ctx.may(verb) || isOwnFirm(ctx.actor, row.enterpriseId)) return false
  const { named, areas } = scopeFor(ctx.actor, verb, verbs)
  return named === 'system' || [row.districtCode, row.streetCode, row.zoneCode].some((code) => code !== null && areas.includes(code))
}
/** The unit in whose name an office prints; a firm prints for itself. */
export function printingUnit(ctx: Ctx, { districtCode, streetCode, zoneCode, enterpriseId }: Place & { enterpriseId: string }): ActorGrant | undefined {
  return isOwnFirm(ctx.actor, enterpriseId) ? undefined : unitCovering(ctx.actor, 'certificate.print', verbs, [districtCode, streetCode, zoneCode])
}
/** What somebody's batch may reach now; undefined when the right to it is gone. Their own firms elsewhere are no matter of the office. */
export function printingScope(actor: Actor): Scope | undefined {
  return may(actor, 'certificate.print_many', verbs) ? { ...scopeFor(actor, 'certificate.print_many', verbs), enterprises: [] } : undefined
}
/** The unit in whose name the caller does a deed at this address. */
export function unitOf(ctx: Ctx, deed: OfficeDeed, { districtCode, streetCode, zoneCode }: Place): ActorGrant | undefined {
  return unitCovering(ctx.actor, verbOf[deed], verbs, [districtCode, streetCode, zoneCode])
}
