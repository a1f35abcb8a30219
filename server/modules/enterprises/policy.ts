// Who may register, read and change firms, and which ones they reach.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'enterprise.import': ['reviewer'],
  'enterprise.register': ['enterpriseContact'],
  'enterprise.change': ['enterpriseContact'],
  'enterprise.contacts': ['enterpriseContact'],
  'enterprise.read': ['enterpriseContact', 'reviewer', 'departmentOfficer', 'specialist', 'commander'],
  'enterprise.confirm_code': ['reviewer'],
  'enterprise.record_event': ['enterpriseContact', 'reviewer'],
  'enterprise.relate': ['enterpriseContact', 'reviewer'],
  'enterprise.classify': ['reviewer', 'departmentOfficer'],
  'enterprise.find_by_phone': ['reviewer', 'commander'],
  'enterprise.assign': ['reviewer', 'departmentOfficer'],
  'enterprise.message': ['reviewer', 'departmentOfficer', 'commander'],
  'enterprise.assignments': ['reviewer', 'departmentOfficer', 'specialist', 'commander'],
  'enterprise.change_project': ['enterpriseContact', 'reviewer', 'departmentOfficer'],
} satisfies VerbTable

const byArea = { enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
export const workplaces: ScopedTable = { table: 'enterprises.workplaces', ...byArea }
export const grams: ScopedTable = { table: 'enterprises.grams', ...byArea }
/**
 * A firm is seen where it is registered and wherever else it works: a reviewer of district B sees a firm of district A
 * that also works in B, and of its workplaces only those in B. The look at the workplaces is taken only for firms that
 * are marked `elsewhere`; for all others the columns of their own row decide, which keeps long lists quick.
 */
export const enterprises: ScopedTable = { table: 'enterprises.enterprises', ...byArea, enterprise: 'id', through: { table: workplaces, column: 'enterprise_id', own: 'id', when: 'elsewhere', only: 'open' } }
/** What goes with the firm into whatever area it moves; `with_firm` is false for rows that belong to one of its workplaces. */
const withFirm = { through: { table: enterprises, column: 'id', own: 'enterprise_id', when: 'with_firm' } }
/** Versions also stay with whoever had the firm in those days; changes of a workplace are seen where it lies. */
export const versions: ScopedTable = { table: 'enterprises.versions', ...byArea, ...withFirm }
export const changes: ScopedTable = { table: 'enterprises.changes', ...byArea, ...withFirm }
export const flags: ScopedTable = { table: 'enterprises.flags', enterprise: 'enterprise_id', ...withFirm }
/** From below; who stands above reads it by an elevated step, after its own firm was found within scope. */
export const relations: ScopedTable = { table: 'enterprises.relations', enterprise: 'child_id', through: { ...withFirm.through, own: 'child_id' } }
export const sections: ScopedTable = { table: 'enterprises.sections', ...byArea }
export const projects: ScopedTable = { table: 'enterprises.projects', ...byArea }
export const assignments: ScopedTable = { table: 'enterprises.assignments', ...withFirm }
/** A bulk deed and what became of each firm belong to whoever did it. */
export const bulks: ScopedTable = { table: 'enterprises.bulks', person: 'person_id' }
export const bulkItems: ScopedTable = { table: 'enterprises.bulk_items', person: 'person_id' }
/** The system's own list of what is still to be done. */
const unindexed: ScopedTable = { table: 'enterprises.unindexed' }
export const scopes: ScopedTable[] = [enterprises, workplaces, grams, unindexed, versions, changes, flags, relations, projects, sections, assignments, bulks, bulkItems]
/** Two who do the same at one moment: the slower one reads this. */
export const constraints: Record<string, ProblemCode> = {
  enterprises_credit_code_key: 'enterprises.code_taken', flags_once: 'enterprises.flag_set', relations_once: 'enterprises.relation_exists', relations_branch: 'enterprises.relation_exists',
  projects_permit: 'enterprises.permit_taken', sections_name: 'enterprises.section_exists',
}

interface Firm { id: string; codeState: string; registeredBy: string }
/** Whether the caller is a contact of the firm or registered it: its matters are for somebody else to decide. */
export function decidesForSelf({ actor }: Ctx, firm: Pick<Firm, 'id' | 'registeredBy'>): boolean {
  return isOwnFirm(actor, firm.id) || (actor.personId !== null && actor.personId === firm.registeredBy)
}
/** Whether the caller may take back what that side planned. */
export function mayCancel(ctx: Ctx, enterpriseId: string, side: 'firm' | 'office' | 'system'): boolean {
  const own = isOwnFirm(ctx.actor, enterpriseId)
  return ctx.may('enterprise.record_event') && (side === 'firm' ? own : side === 'office' && !own)
}
/** The deeds of the caller on a firm that they see. */
export function deedsOn(ctx: Ctx, firm: Firm & { state: string }): string[] {
  const own = isOwnFirm(ctx.actor, firm.id) || (ctx.actor.kind === 'contact' && ctx.actor.personId === firm.registeredBy)
  const office = ctx.actor.kind === 'staff' && !decidesForSelf(ctx, firm)
  const confirms = firm.codeState === 'pending' && ctx.may('enterprise.confirm_code') && office
  const active = firm.state === 'active'
  return [
    ...(own && active && ctx.may('enterprise.change') ? ['changeFacts', 'addWorkplace'] : []),
    ...(own && ctx.may('enterprise.contacts') ? ['manageContacts'] : []),
    ...((own || office) && ctx.may('enterprise.record_event') ? ['recordEvent'] : []),
    ...(office && active && ctx.may('enterprise.confirm_code') ? ['recode'] : []),
    ...(office && ctx.may('enterprise.classify') ? ['classify'] : []),
    ...(confirms ? ['confirmCreditCode'] : []),
  ]
}
/** The deeds of the caller on the list of contacts of a firm that they see. */
export function deedsOnContacts(ctx: Ctx, enterpriseId: string): string[] {
  return ctx.may('enterprise.contacts') && isOwnFirm(ctx.actor, enterpriseId) ? ['add', 'end'] : []
}
