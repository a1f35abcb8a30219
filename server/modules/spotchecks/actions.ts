// Checks as offices and firms deal with them: list, show, record a visit, report that all is put right.
import type { Bilingual, Input, Returns } from '@fugong/contract/base'
import type { CaseSubject } from '@fugong/contract/cases'
import type { Earlier } from '@fugong/contract/declarations.review'
import { checkAnswers } from '@fugong/contract/forms.engine'
import type { CheckRow, getCheck, listChecks, recordVisit, reportRectified, SpotCheck } from '@fugong/contract/spotchecks'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { cutPage, PAGE_SIZE, planByValue, readMark, totalOf } from '../../base/paging.ts'
import { invalid, problem } from '../../base/problem.ts'
import { caseOf, moveCase, timelineOf, withdrawCase } from '../cases/index.ts'
import { isRegistrant } from '../enterprises/index.ts'
import { attachFiles, filesOf } from '../files/index.ts'
import { formInForce } from '../forms/index.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import { issueOrder } from '../orders/index.ts'
import { countUpToLimit, getCheckRow, insertVisit, isLate, lockCheck, lockOpenOf, scopeOf, selectByIds, selectOfFirm, selectPage, selectVisits, updateCheck, type CheckRecord } from './checks.store.ts'
import { answersFor, isDrawn, isOwn, readsAsFirm } from './policy.ts'
import { checkMachine, SPOT_CHECK } from './kind.actions.ts'
import { visitFaults } from './rules.ts'

const CHECKLIST = 'declaration.checklist'
const unnamed: Bilingual = { zh: '–', en: '–' }
const checklistOf = (ctx: Ctx, row: CheckRecord) => formInForce(ctx, { code: CHECKLIST, areaCode: row.districtCode, kind: row.emergencyKind, scene: row.scene as never, industry: row.industryCode })
const factsOf = ({ scene, districtCode, streetCode, industryCode }: CheckRecord): Record<string, string> => ({ workplace_scene: scene, workplace_district: districtCode, workplace_street: streetCode, enterprise_industryCode: industryCode })
const placeOf = ({ enterpriseName, workplaceName }: CheckRecord) => ({ firm: enterpriseName, workplace: workplaceName })
const isOffices = (state: CheckRecord['state']) => state === 'open' || state === 'rechecking'

function toRow(ctx: Ctx, row: CheckRecord, units: ReadonlyMap<string, Bilingual>): CheckRow {
  const { id, revision, state, drawId, declarationId, certificateNumber, enterpriseId, enterpriseName, workplaceName, districtCode, dueOn, deadline, drawnAt, checkedAt } = row
  return { id, revision, state, drawId, declarationId, certificateNumber, enterpriseId, enterpriseName, workplaceName, districtCode, unit: units.get(row.unitId) ?? unnamed, dueOn, overdue: isLate(row, shanghaiDay(ctx.now)), deadline, drawnAt, checkedAt }
}
const ORDER = 'due'
export async function list(ctx: Ctx, { query }: Input<typeof listChecks>): Promise<Returns<typeof listChecks>> {
  const { cursor, limit = PAGE_SIZE, ...wanted } = query
  const filter = { ...wanted, today: shanghaiDay(ctx.now) }
  await planByValue(ctx)
  const [rows, counted] = await Promise.all([selectPage(ctx, filter, limit, readMark(ORDER, cursor)), countUpToLimit(ctx, filter)])
  const page = cutPage(rows, limit, ORDER, (row) => ({ moment: `${row.dueOn}T00:00:00.000Z`, id: row.id }))
  const units = await unitNames(ctx, [...new Set(page.items.map(({ unitId }) => unitId))])
  return { items: page.items.map((row) => toRow(ctx, row, units)), next: page.next, ...totalOf(counted) }
}
export async function get(ctx: Ctx, { params }: Input<typeof getCheck>): Promise<SpotCheck> {
  return toCheck(ctx, await getCheckRow(ctx, params.id))
}
async function toCheck(ctx: Ctx, row: CheckRecord): Promise<SpotCheck> {
  const asFirm = readsAsFirm(ctx, row)
  const [visits, standing, form] = await Promise.all([selectVisits(ctx, row.id), caseOf(ctx, SPOT_CHECK, row.id), checklistOf(ctx, row)])
  const [files, units, people, timeline] = await Promise.all([
    filesOf(ctx, [...row.reportIds, ...visits.flatMap(({ fileIds }) => fileIds)]), unitNames(ctx, [...new Set([row.unitId, ...visits.map(({ unitId }) => unitId)])]),
    asFirm ? new Map<string, string>() : personNames(ctx, [...new Set([...row.inspectorIds, ...visits.map(({ personId }) => personId)])]), standing ? timelineOf(ctx, standing.id) : [],
  ])
  const fileOf = (ids: readonly string[]) => ids.flatMap((id) => files.find((file) => file.id === id) ?? [])
  return {
    ...toRow(ctx, row, units), address: row.address, facts: factsOf(row), inspectors: row.inspectorIds.flatMap((id) => people.get(id) ?? []), form: form ?? null,
    visits: visits.map(({ at, result, findings, answers, fileIds, personId, unitId }) => ({ at, result, findings, answers, files: fileOf(fileIds), by: people.get(personId) ?? null, unit: units.get(unitId) ?? unnamed })),
    report: row.reportAt === null ? null : { at: row.reportAt, note: row.reportNote ?? '', files: fileOf(row.reportIds) }, orderId: row.orderId, timeline,
    can: [...(isOffices(row.state) && ctx.may('spotcheck.inspect') && !isOwn(ctx, row) && isDrawn(ctx, row) ? ['visit'] : []), ...(row.state === 'rectifying' && answersFor(ctx, row) ? ['report'] : [])],
  }
}
async function changedMeanwhile(ctx: Ctx, row: CheckRecord) {
  const person = row.changedBy && !readsAsFirm(ctx, row) ? (await personNames(ctx, [row.changedBy])).get(row.changedBy) : undefined
  const unit = row.changedUnitId ? (await unitNames(ctx, [row.changedUnitId])).get(row.changedUnitId) : undefined
  return problem('conflict.changed', { who: person ?? unit ?? 'Fugong', at: row.changedAt })
}
const stamp = (ctx: Ctx) => ({ changedBy: ctx.actor.personId, changedUnitId: ctx.unit?.unitId ?? null, changedAt: ctx.now.toISOString() })
async function change(ctx: Ctx, row: CheckRecord, changes: Partial<CheckRecord>): Promise<CheckRecord> {
  const changed = await updateCheck(ctx, row, { ...changes, ...stamp(ctx) })
  if (!changed) throw await changedMeanwhile(ctx, await getCheckRow(ctx, row.id))
  return changed
}
const STATES = { pass: 'passed', rectify: 'rectifying', stopWork: 'stopped' } as const
/** What was seen, by one of the drawn: it passes, is to be put right by a day, or an order stops the work in the same transaction. */
export async function visit(ctx: Ctx, { params, body }: Input<typeof recordVisit>): Promise<SpotCheck> {
  const row = await lockCheck(ctx, params.id)
  if (isOwn(ctx, row) || (await isRegistrant(ctx, row.enterpriseId))) throw problem('session.own_firm')
  if (!isDrawn(ctx, row)) throw problem('spotchecks.not_drawn')
  if (row.revision !== body.revision) throw await changedMeanwhile(ctx, row)
  if (!isOffices(row.state)) throw problem('spotchecks.state_refused', { state: row.state })
  const form = await checklistOf(ctx, row)
  const today = shanghaiDay(ctx.now)
  const issues = [...visitFaults(body, today), ...(form ? checkAnswers(form, body.answers, '/answers', body.result === 'pass', { facts: factsOf(row), today }) : [])]
  if (issues.length) throw invalid(issues)
  await attachFiles(ctx, body.fileIds, { kind: 'spotcheck', id: row.id, ...scopeOf(row) }, '/fileIds')
  const standing = await caseOf(ctx, SPOT_CHECK, row.id)
  if (!standing) throw new Error(`Check ${row.id} has no case`)
  await moveCase(ctx, standing.id, body.result, body.findings.trim() ? { note: body.findings.trim() } : {})
  await insertVisit(ctx, { ...scopeOf(row), id: newId(), checkId: row.id, at: ctx.now.toISOString(), result: body.result, findings: body.findings.trim(), answers: body.answers, formVersion: form?.version ?? null, fileIds: [...new Set(body.fileIds)], personId: ctx.actor.personId!, unitId: ctx.unit!.unitId })
  const order = body.result === 'stopWork' ? await issueOrder(ctx, { declarationId: row.declarationId, findings: [{ text: body.findings.trim().slice(0, 300) }], ...body.order! }) : undefined
  const visited = await change(ctx, row, { state: STATES[body.result], checkedAt: ctx.now.toISOString(), deadline: body.result === 'rectify' ? body.deadline! : null, ...(order ? { orderId: order.id } : {}) })
  if (visited.deadline !== null) await notify(ctx, { template: 'spot_check.rectify', to: { enterpriseId: row.enterpriseId, enterpriseName: row.enterpriseName }, params: { ...placeOf(row), unit: ctx.unit!.unitName, until: visited.deadline }, link: `/portal/spotchecks/${row.id}`, about: { kind: 'spotcheck', id: row.id } })
  ctx.announce('spotcheck.visited', { kind: 'spotcheck', id: row.id }, { result: body.result, orderId: order?.id ?? null })
  return toCheck(ctx, visited)
}
export async function report(ctx: Ctx, { params, body }: Input<typeof reportRectified>): Promise<SpotCheck> {
  const row = await lockCheck(ctx, params.id)
  if (!answersFor(ctx, row)) throw problem('not_found')
  if (row.revision !== body.revision) throw await changedMeanwhile(ctx, row)
  if (row.state !== 'rectifying') throw problem('spotchecks.state_refused', { state: row.state })
  await attachFiles(ctx, body.fileIds, { kind: 'spotcheck', id: row.id, ...scopeOf(row) }, '/fileIds')
  const { dueAt } = await moveCase(ctx, (await caseOf(ctx, SPOT_CHECK, row.id))!.id, 'report', { note: body.note.trim() })
  const reported = await change(ctx, row, { state: 'rechecking', ...(dueAt === null ? {} : { dueOn: shanghaiDay(new Date(dueAt)) }), reportAt: ctx.now.toISOString(), reportNote: body.note.trim(), reportIds: [...new Set(body.fileIds)] })
  await notify(ctx, { template: 'spot_check.reported', to: { unitId: row.unitId, verb: 'spotcheck.inspect' }, params: placeOf(row), link: `/console/spotchecks/${row.id}`, about: { kind: 'spotcheck', id: row.id } })
  ctx.announce('spotcheck.reported', { kind: 'spotcheck', id: row.id }, { files: body.fileIds.length })
  return toCheck(ctx, reported)
}
/** A filing that ended for good leaves nothing to check. Repeated it changes nothing. */
export async function lapse(system: Ctx, declarationId: string): Promise<void> {
  for (const row of await lockOpenOf(system, declarationId)) {
    const standing = await caseOf(system, SPOT_CHECK, row.id)
    if (standing && standing.endedAt === null) await withdrawCase(system, standing.id, 'lapsed')
    await updateCheck(system, row, { state: 'lapsed', changedBy: null, changedUnitId: null, changedAt: system.now.toISOString() })
    system.announce('spotcheck.lapsed', { kind: 'spotcheck', id: row.id }, {})
  }
}

/** What checks are called on the to-do list. */
export async function describeChecks(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, CaseSubject>> {
  return new Map((await selectByIds(ctx, ids)).map((row) => [row.id, { title: row.enterpriseName, subtitle: row.workplaceName, link: `/console/spotchecks/${row.id}`, facts: [{ name: { zh: '完成期限', en: 'Due' }, value: { zh: row.dueOn, en: row.dueOn } }] }]))
}
/** Checks of a firm, as a reviewer of its declarations should see them. */
export async function earlierChecks(ctx: Ctx, enterpriseId: string, limit: number): Promise<Earlier[]> {
  return (await selectOfFirm(ctx, enterpriseId, limit)).map((row) => {
    const state = checkMachine.states[row.state]!.name
    return { kind: 'spotcheck', at: row.checkedAt ?? row.drawnAt, title: { zh: `抽查：${state.zh}`, en: `Spot check: ${state.en}` }, text: null, link: `/console/spotchecks/${row.id}` }
  })
}
