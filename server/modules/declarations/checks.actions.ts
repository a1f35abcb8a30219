// The checklist of a scene (the “N 个到位” of the area): which one is in force, and what a reviewer ticked on it.
import type { Input, Returns } from '@fugong/contract/base'
import { factsOf } from '@fugong/contract/declarations'
import type { getChecklist } from '@fugong/contract/declarations.review'
import type { Form } from '@fugong/contract/forms'
import { look } from '@fugong/contract/forms.engine'
import type { Ctx } from '../../base/context.ts'
import { invalid } from '../../base/problem.ts'
import { shanghaiDay } from '../../base/clock.ts'
import { formInForce } from '../forms/index.ts'
import { insertCheck, type CheckRow } from './papers.store.ts'
import { getDeclarationRow, type DeclarationRecord } from './store.ts'

const CHECKLIST = 'declaration.checklist'
/** Undefined where the place or the kind of emergency has none. */
export function checklistOf(ctx: Ctx, row: DeclarationRecord): Promise<Form | undefined> {
  return formInForce(ctx, { code: CHECKLIST, areaCode: row.districtCode, kind: row.emergencyKind, scene: row.scene, industry: row.industryCode })
}
export async function showChecklist(ctx: Ctx, { params }: Input<typeof getChecklist>): Promise<Returns<typeof getChecklist>> {
  return { form: (await checklistOf(ctx, await getDeclarationRow(ctx, params.id))) ?? null }
}
/** Keeps what was ticked with the step it was done for; an item that the checklist does not ask at this scene is a fault. */
export async function tick(ctx: Ctx, row: DeclarationRecord, what: CheckRow['what'], ticked: readonly string[] | undefined): Promise<void> {
  if (!ticked?.length) return
  const form = await checklistOf(ctx, row)
  const known = { facts: factsOf({ ...row, workplace: { ...row, name: row.workplaceName } }), today: shanghaiDay(ctx.now) }
  const seen = form && look(form, {}, known)
  const issues = ticked.flatMap((code, at) => (seen?.field(code).shown ? [] : [{ path: `/ticked/${at}`, code: 'issue.choice' }]))
  if (issues.length) throw invalid(issues)
  await insertCheck(ctx, row, { what, formVersion: form!.version, ticked: [...new Set(ticked)], unitId: ctx.unit?.unitId ?? null, personId: ctx.actor.personId })
}
