// Who may register, read and change firms, and which ones they reach.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'enterprise.register': ['enterpriseContact'],
  'enterprise.change': ['enterpriseContact'],
  'enterprise.contacts': ['enterpriseContact'],
  'enterprise.read': ['enterpriseContact', 'reviewer', 'departmentOfficer', 'specialist', 'commander'],
  'enterprise.confirm_code': ['reviewer'],
} satisfies VerbTable

const byArea = { enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
export const workplaces: ScopedTable = { table: 'enterprises.workplaces', ...byArea }
export const grams: ScopedTable = { table: 'enterprises.grams', ...byArea }
/**
 * A firm is seen where it is registered and wherever else it works: a reviewer of district B sees a firm of district A
 * that also works in B, and of its workplaces only those in B. The look at the workplaces is taken only for firms that
 * are marked `elsewhere`; for all others the columns of their own row decide, which keeps long lists quick.
 */
export const enterprises: ScopedTable = { table: 'enterprises.enterprises', ...byArea, enterprise: 'id', through: { table: workplaces, column: 'enterprise_id', own: 'id', when: 'elsewhere' } }
export const scopes: ScopedTable[] = [enterprises, workplaces, grams]
/** Two registrations of one code at the same moment: the slower one reads this. */
export const constraints: Record<string, ProblemCode> = { enterprises_credit_code_key: 'enterprises.already_registered' }

interface Firm { id: string; codeState: string; registeredBy: string }
/** Whether the caller is a contact of the firm or registered it: its matters are for somebody else to decide. */
export function decidesForSelf({ actor }: Ctx, firm: Pick<Firm, 'id' | 'registeredBy'>): boolean {
  return isOwnFirm(actor, firm.id) || (actor.personId !== null && actor.personId === firm.registeredBy)
}
/** The deeds of the caller on a firm that they see. */
export function deedsOn(ctx: Ctx, firm: Firm): string[] {
  const own = isOwnFirm(ctx.actor, firm.id) || (ctx.actor.kind === 'contact' && ctx.actor.personId === firm.registeredBy)
  const confirms = firm.codeState === 'pending' && ctx.may('enterprise.confirm_code') && !decidesForSelf(ctx, firm)
  return [
    ...(own && ctx.may('enterprise.change') ? ['addWorkplace'] : []),
    ...(own && ctx.may('enterprise.contacts') ? ['manageContacts'] : []),
    ...(confirms ? ['confirmCreditCode'] : []),
  ]
}
/** The deeds of the caller on the list of contacts of a firm that they see. */
export function deedsOnContacts(ctx: Ctx, enterpriseId: string): string[] {
  return ctx.may('enterprise.contacts') && isOwnFirm(ctx.actor, enterpriseId) ? ['add', 'end'] : []
}
