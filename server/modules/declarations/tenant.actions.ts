// Declaring for a tenant: the operator's plan becomes the tenant's own declaration in the transaction in which the tenant confirms it.
import type { Issue } from '@fugong/contract/base'
import type { Declaration } from '@fugong/contract/declarations'
import type { Answers, Form } from '@fugong/contract/forms'
import type { Ctx } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { handOn } from '../files/index.ts'
import { formInForce, getFormVersion } from '../forms/index.ts'
import { formOf, PLAN } from './answer.actions.ts'
import { open, save, submit } from './firm.actions.ts'
import { dayFault } from './rules.ts'
import { getDeclarationRow } from './store.ts'

/** The form of the plan at a place, in force now or by its version. */
export async function planForm(ctx: Ctx, { areaCode, kind, version, ...place }: { areaCode: string; kind: string; scene?: string; version?: number }): Promise<Form | undefined> {
  return version === undefined ? formInForce(ctx, { code: PLAN, areaCode, kind, ...place } as never) : getFormVersion(ctx, PLAN, kind, version)
}
/** What is wrong with a planned day, if anything is. */
export const planDayFault = (plannedDate: string, today: string): Issue | undefined => dayFault(plannedDate, today)

interface TenantPlan { enterpriseId: string; workplaceId: string; operatorId: string; plannedDate: string; headcount: number; answers: Answers; fileIds: readonly string[] }
/** Opens, fills in and submits as the tenant's own people would; every rule of theirs holds, and what is missing is told to them. */
export async function declareForTenant(ctx: Ctx, { enterpriseId, workplaceId, operatorId, plannedDate, headcount, answers, fileIds }: TenantPlan): Promise<Declaration> {
  // A draft leaves with the commit; here it is filled in before that.
  const sent: Promise<unknown>[] = []
  const now: Ctx = { ...ctx, alongside: (statement) => void sent.push(ctx.db.executeQuery(statement)) }
  const [draft] = await open(now, [{ ctx: now, input: { body: { enterpriseId, workplaceId, operatorId } } }])
  if (draft instanceof Problem) throw draft
  await Promise.all(sent)
  const row = await getDeclarationRow(ctx, draft!.id)
  const { districtCode, streetCode, zoneCode, departmentKey } = row
  const handed = await handOn(ctx, fileIds, { kind: 'declaration', id: row.id, enterpriseId, districtCode, streetCode, zoneCode, departmentKey })
  const asked = new Set((await formOf(ctx, row)).pages.flatMap((page) => page.fields.map(({ code }) => code)))
  const own = Object.fromEntries(Object.entries(answers).filter(([code]) => asked.has(code)))
  const saved = await save(ctx, { params: { id: row.id }, query: {}, body: { revision: row.revision, plannedDate, headcount, answers: own, pledged: true, fileIds: handed } })
  return submit(ctx, { params: { id: saved.id }, query: {}, body: { revision: saved.revision } })
}
