// Whom each step of a declaration concerns, and what they are told: the firm, the units whose turn it is.
import type { Bilingual } from '@fugong/contract/base'
import type { TemplateCode, TemplateParams } from '@fugong/contract/notices.templates'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { partsOf } from '../cases/index.ts'
import { unitNames } from '../identity/index.ts'
import { notify, type Audience } from '../notices/index.ts'
import { reviewOf } from './case.actions.ts'
import type { DeclarationRecord } from './store.ts'

const NOBODY: Bilingual = { zh: '主管单位', en: 'the unit in charge' }
async function nameOf(ctx: Ctx, unitId: string | null | undefined): Promise<Bilingual> {
  return (unitId ? (await unitNames(ctx, [unitId])).get(unitId) : undefined) ?? NOBODY
}
const of = (row: DeclarationRecord) => ({ firm: row.enterpriseName, workplace: row.workplaceName })
const about = (row: DeclarationRecord) => ({ kind: 'declaration', id: row.id })
async function tellFirm<T extends TemplateCode>(ctx: Ctx, row: DeclarationRecord, template: T, params: TemplateParams<T>): Promise<void> {
  await notify(ctx, { template, to: { enterpriseId: row.enterpriseId, enterpriseName: row.enterpriseName }, params, link: `/portal/declarations/${row.id}`, about: about(row) })
}
async function tellUnits<T extends TemplateCode>(ctx: Ctx, row: DeclarationRecord, unitIds: readonly string[], template: T, params: TemplateParams<T>, verb = 'declaration.review'): Promise<void> {
  const to = unitIds.map((unitId): Audience => ({ unitId, verb }))
  if (to.length) await notify(ctx, { template, to, params, link: `/console/declarations/${row.id}`, about: about(row) })
}
/** Units whose turn it is. */
export async function turnOf(ctx: Ctx, row: DeclarationRecord): Promise<string[]> {
  const standing = await reviewOf(ctx, row)
  return standing ? [...new Set((await partsOf(ctx, standing.id)).filter(({ state }) => state === 'open').map(({ unitId }) => unitId))] : []
}

export async function tellSubmitted(ctx: Ctx, row: DeclarationRecord, again: boolean): Promise<void> {
  const until = row.dueAt!
  if (!again) await tellFirm(ctx, row, 'declaration.submitted', { ...of(row), unit: await nameOf(ctx, row.reviewUnitId), until })
  await tellUnits(ctx, row, await turnOf(ctx, row), again ? 'declaration.supplemented' : 'declaration.arrived', { ...of(row), until })
}
export async function tellFiled(ctx: Ctx, row: DeclarationRecord, bySilence: boolean): Promise<void> {
  const number = row.certificateNumber!
  if (bySilence) await tellFirm(ctx, row, 'declaration.filed_by_silence', { ...of(row), number, unit: await nameOf(ctx, row.reviewUnitId) })
  else await tellFirm(ctx, row, 'declaration.effective', { ...of(row), number })
}
export async function tellReturned(ctx: Ctx, row: DeclarationRecord, gaps: number): Promise<void> {
  await tellFirm(ctx, row, 'declaration.returned', { ...of(row), unit: await nameOf(ctx, ctx.unit?.unitId), gaps })
}
export async function tellAccepted(ctx: Ctx, row: DeclarationRecord): Promise<void> {
  await tellFirm(ctx, row, 'declaration.accepted', { ...of(row), unit: await nameOf(ctx, ctx.unit?.unitId) })
}
export async function tellRejected(ctx: Ctx, row: DeclarationRecord): Promise<void> {
  await tellFirm(ctx, row, 'declaration.rejected', { ...of(row), unit: await nameOf(ctx, row.decidedUnitId), until: row.appealUntil ?? shanghaiDay(ctx.now) })
}
export async function tellVisit(ctx: Ctx, row: DeclarationRecord): Promise<void> {
  await tellFirm(ctx, row, 'declaration.site_check', { ...of(row), unit: await nameOf(ctx, row.visitUnitId), at: row.visitAt! })
}
/** `turn` as it was before the case ended. */
export async function tellWithdrawn(ctx: Ctx, row: DeclarationRecord, turn: readonly string[]): Promise<void> {
  await tellUnits(ctx, row, turn, 'declaration.withdrawn', of(row))
}
export async function tellAppeal(ctx: Ctx, row: DeclarationRecord, unitId: string, until: string): Promise<void> {
  await tellUnits(ctx, row, [unitId], 'declaration.appeal_opened', { ...of(row), until }, 'declaration.decide_appeal')
}
const OUTCOMES = { uphold: { zh: '维持原决定', en: 'the decision stands' }, reopen: { zh: '撤销原决定，重新审核', en: 'overturned, reviewed again' }, file: { zh: '撤销原决定，予以备案', en: 'overturned, filed' } } as const
export async function tellAnswered(ctx: Ctx, row: DeclarationRecord, outcome: keyof typeof OUTCOMES, against: string | null): Promise<void> {
  const params = { ...of(row), unit: await nameOf(ctx, ctx.unit?.unitId), outcome: OUTCOMES[outcome] }
  await tellFirm(ctx, row, 'declaration.appeal_decided', params)
  if (against) await tellUnits(ctx, row, [against], 'declaration.appeal_decided', params)
}
