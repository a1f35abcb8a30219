// Who may do what with certificates, and which rows each may see; what the public check shows is nothing personal.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, scopeFor, unitCovering, type ActorGrant, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { visibleTo, type ScopedTable } from '../../base/scope.ts'
import type { OfficeDeed } from './rules.ts'

export const verbs = {
  'certificate.read': ['enterpriseContact', 'reviewer', 'departmentOfficer', 'commander', 'specialist'],
  'certificate.suspend': ['reviewer', 'commander'],
  'certificate.revoke': ['reviewer', 'commander'],
} satisfies VerbTable

const columns = { enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
export const certificatesTable: ScopedTable = { table: 'certificates.certificates', ...columns, public: true }
export const gramsTable: ScopedTable = { table: 'certificates.grams', ...columns }
export const historyTable: ScopedTable = { table: 'certificates.history', ...columns }
export const scopes: ScopedTable[] = [certificatesTable, gramsTable, historyTable]
export const constraints: Record<string, ProblemCode> = {}

export const visibleCertificates = (ctx: Ctx, alias: string) => visibleTo(certificatesTable, ctx.scope, alias)

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
/** The unit in whose name the caller does a deed at this address. */
export function unitOf(ctx: Ctx, deed: OfficeDeed, { districtCode, streetCode, zoneCode }: Place): ActorGrant | undefined {
  return unitCovering(ctx.actor, verbOf[deed], verbs, [districtCode, streetCode, zoneCode])
}
