// The collective declaration as its operator writes it: open, save, ask the tenants, leave one out, close.
import type { Input, Issue } from '@fugong/contract/base'
import type { askTenants, closeFiling, Complex, leaveOutTenant, openFiling, saveFiling } from '@fugong/contract/complexes'
import { checkAnswers } from '@fugong/contract/forms.engine'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, Problem, problem } from '../../base/problem.ts'
import { planDayFault, planForm } from '../declarations/index.ts'
import { getEmergency, openEmergenciesFor } from '../emergencies/index.ts'
import { attachFiles, filesOf } from '../files/index.ts'
import { askThose } from './ask.actions.ts'
import { loadFiling, loadOwn, toComplex } from './shared.actions.ts'
import { getComplexRow, insertFiling, selectConfirmations, selectTenants, updateComplex, updateConfirmation, updateFiling, type FilingRow } from './store.ts'

const complexOf = async (ctx: Ctx, { complexId }: FilingRow) => toComplex(ctx, await getComplexRow(ctx, complexId))

/** Under the emergency that firms there declare under: the oldest open one whose pack has the plan. */
export async function open(ctx: Ctx, { params, body }: Input<typeof openFiling>): Promise<Complex> {
  const complex = await loadOwn(ctx, params.id, body.revision)
  const emergencies = await openEmergenciesFor(ctx, complex.districtCode)
  for (const emergency of emergencies) {
    const form = await planForm(ctx, { areaCode: complex.districtCode, kind: emergency.kind, scene: complex.scene })
    if (!form) continue
    const now = ctx.now.toISOString()
    const { districtCode, streetCode, zoneCode } = complex
    const row: FilingRow = { id: newId(), revision: 1, complexId: complex.id, operatorId: complex.operatorId, emergencyId: emergency.id, emergencyKind: emergency.kind, formVersion: form.version, state: 'draft', answers: {}, fileIds: [], plannedDate: null, openedAt: now, askedAt: null, closedAt: null, changedBy: ctx.actor.personId, changedAt: now, districtCode, streetCode, zoneCode }
    await insertFiling(ctx, row)
    ctx.announce('complex.filing_opened', { kind: 'complexFiling', id: row.id }, { complexId: complex.id, emergencyId: emergency.id })
    return toComplex(ctx, await updateComplex(ctx, complex))
  }
  throw emergencies.length ? problem('forms.none_in_force', { code: 'declaration.plan' }) : problem('emergencies.none_open')
}
const formFor = async (ctx: Ctx, row: FilingRow) => (await planForm(ctx, { areaCode: row.districtCode, kind: row.emergencyKind, version: row.formVersion }))!
export async function save(ctx: Ctx, { params, body }: Input<typeof saveFiling>): Promise<Complex> {
  const row = await loadFiling(ctx, params.id, body.revision, ['draft'])
  const today = shanghaiDay(ctx.now)
  const issues: Issue[] = []
  const { plannedDate, answers, fileIds } = body
  const fault = plannedDate ? planDayFault(plannedDate, today) : undefined
  if (fault) issues.push(fault)
  if (answers) issues.push(...checkAnswers(await formFor(ctx, row), answers, '/answers', false, { facts: {}, today }))
  if (fileIds) issues.push(...(await attach(ctx, row, fileIds)))
  if (issues.length) throw invalid(issues)
  ctx.announce('complex.filing_saved', { kind: 'complexFiling', id: row.id }, { fields: Object.keys(body).filter((name) => name !== 'revision') })
  return complexOf(ctx, await updateFiling(ctx, row, { ...(plannedDate === undefined ? {} : { plannedDate }), ...(answers ? { answers } : {}), ...(fileIds ? { fileIds: [...new Set(fileIds)] } : {}) }))
}
async function attach(ctx: Ctx, { id, operatorId, districtCode, streetCode, zoneCode }: FilingRow, fileIds: readonly string[]): Promise<Issue[]> {
  try {
    await attachFiles(ctx, fileIds, { kind: 'complexFiling', id, enterpriseId: operatorId, districtCode, streetCode, zoneCode, departmentKey: null }, '/fileIds')
    return []
  } catch (error) {
    if (error instanceof Problem && error.code === 'validation.failed') return error.issues
    throw error
  }
}
/** Everything that the plan lacks at once; then every tenant who is in the register is asked, others as they come into it. */
export async function send(ctx: Ctx, { params, body }: Input<typeof askTenants>): Promise<Complex> {
  const row = await loadFiling(ctx, params.id, body.revision, ['draft'])
  if ((await getEmergency(ctx, row.emergencyId)).endedAt !== null) throw problem('emergencies.already_ended')
  const today = shanghaiDay(ctx.now)
  const day = row.plannedDate === null ? { path: '/plannedDate', code: 'issue.required' } : planDayFault(row.plannedDate, today)
  const files = (await filesOf(ctx, row.fileIds)).filter(({ state }) => state !== 'refused')
  const missing = [...(day ? [day] : []), ...checkAnswers(await formFor(ctx, row), row.answers, '/answers', true, { facts: {}, today }), ...(files.length ? [] : [{ path: '/fileIds', code: 'issue.too_few', params: { limit: 1 } }])]
  if (missing.length) throw problem('complexes.incomplete', { count: missing.length }, missing)
  if (!(await selectTenants(ctx, [row.complexId])).length) throw problem('complexes.no_tenants')
  const asked = await updateFiling(ctx, row, { state: 'asked', askedAt: ctx.now.toISOString() })
  const count = await askThose(ctx, await getComplexRow(ctx, row.complexId), asked)
  ctx.announce('complex.tenants_asked', { kind: 'complexFiling', id: row.id }, { asked: count })
  return complexOf(ctx, asked)
}
export async function close(ctx: Ctx, { params, body }: Input<typeof closeFiling>): Promise<Complex> {
  const row = await loadFiling(ctx, params.id, body.revision, ['draft', 'asked'])
  ctx.announce('complex.filing_closed', { kind: 'complexFiling', id: row.id }, {})
  return complexOf(ctx, await updateFiling(ctx, row, { state: 'closed', closedAt: ctx.now.toISOString() }))
}
/** What a tenant has confirmed is its own declaration and can no longer be left out. */
export async function leaveOut(ctx: Ctx, { params, body }: Input<typeof leaveOutTenant>): Promise<Complex> {
  const row = await loadFiling(ctx, params.id, body.revision, ['asked'])
  await elevated(ctx, async (system) => {
    const answer = (await selectConfirmations(system, [row.id])).find(({ tenantId }) => tenantId === params.tenantId)
    if (!answer || (answer.state !== 'asked' && answer.state !== 'objected')) throw problem('complexes.tenant_state')
    await updateConfirmation(system, answer, { state: 'leftOut', reason: body.reason })
  })
  ctx.announce('complex.tenant_left_out', { kind: 'complexFiling', id: row.id }, { tenantId: params.tenantId, reason: body.reason })
  return complexOf(ctx, await updateFiling(ctx, row, {}))
}
