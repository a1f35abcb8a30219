// What the firm does with a declaration: open, save, submit and submit again, withdraw.
import type { Input, Issue } from '@fugong/contract/base'
import type { Declaration, saveDeclaration, submitDeclaration, withdrawDeclaration } from '@fugong/contract/declarations'
import type { Form } from '@fugong/contract/forms'
import { filesIn } from '@fugong/contract/forms.engine'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, Problem, problem } from '../../base/problem.ts'
import type { Asked } from '../../base/routes.ts'
import { findArea } from '../areas/index.ts'
import { getEmergency, openEmergenciesFor, type EmergencyRow } from '../emergencies/index.ts'
import { enterprisesOf, getEnterpriseOf, type EnterpriseFacts } from '../enterprises/index.ts'
import { attachFiles, filesOf, releaseFiles } from '../files/index.ts'
import { formInForce, recordAsking } from '../forms/index.ts'
import { isInForce, recordDecision } from '../rules/index.ts'
import { formOf, PLAN, toDeclaration } from './answer.actions.ts'
import { dueOf, move, openReview, withdrawReview } from './case.actions.ts'
import { snapshotOf } from './differences.actions.ts'
import { factsOf, knownFor, placeOf } from './facts.actions.ts'
import { judge, TABLE, type Judgement } from './judge.actions.ts'
import { tellSubmitted, tellWithdrawn, turnOf } from './notices.actions.ts'
import { countSubmissions, insertSubmission } from './papers.store.ts'
import { routeOf } from './route.actions.ts'
import { carryOver, dayFault, faultsOfPart, mergeAnswers, missingFor, settledAnswers, typedAnswers } from './rules.ts'
import { change, loadFor, stampOf, takeEffect, tell } from './shared.actions.ts'
import { stoppedBy } from './standing.actions.ts'
import { findLastFiled, openedRows, replaceGrams, type Changes, type DeclarationRecord, type LastFiled } from './store.ts'

const PLEDGE = 'declaration.pledge'

interface Opening { enterpriseId: string; workplaceId: string; /** The operator of a complex that files for its tenant; the caller has seen to its right and to the tenant's word. */ operatorId?: string }
/** Opens drafts, each filled in from what its firm last filed. The firms are read first; what hangs on their areas is mostly known, and the drafts leave with the commit: two flights. */
export async function open(shared: Ctx, asked: readonly Asked<{ body: Opening }>[]): Promise<(Declaration | Problem)[]> {
  const wanted = asked.map(({ input }) => input.body)
  const [enterprises, earlier] = await Promise.all([enterprisesOf(shared, wanted), findLastFiled(shared, wanted.map((one) => one.enterpriseId))])
  const rows: DeclarationRecord[] = []
  const answers: (Declaration | Problem)[] = []
  for (const [at, { ctx, input: { body } }] of asked.entries()) {
    try {
      // What the transaction reaches is the sum of what those in it reach: each is held to its own.
      const enterprise = ctx.scope === shared.scope || ctx.scope.enterprises.includes(body.enterpriseId) ? enterprises[at] : undefined
      if (!enterprise) throw problem('not_found')
      const row = await draftOf(ctx, enterprise, earlier.get(enterprise.id), body.operatorId ?? null)
      ctx.announce('declaration.opened', { kind: 'declaration', id: row.id }, { enterpriseId: row.enterpriseId, workplaceId: row.workplaceId })
      answers.push(await toDeclaration(ctx, row, { timeline: [{ no: 0, at: row.createdAt, event: 'declaration.opened', side: 'firm', actorId: row.changedBy, unitId: null, note: null }], gaps: [], lists: [], checks: [], appeals: [], files: [], submissions: 0 }))
      rows.push(row)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      answers.push(error)
    }
  }
  if (rows.length) shared.alongside(openedRows(rows))
  return answers
}
async function draftOf(ctx: Ctx, enterprise: EnterpriseFacts, earlier: LastFiled | undefined, operatorId: string | null): Promise<DeclarationRecord> {
  const facts = placeOf(enterprise)
  const { emergency, form } = await underWhich(ctx, facts)
  // A row has every column from the start: spread together piece by piece, eighty of them cost a quarter of a millisecond.
  return Object.assign({ ...blank }, facts, stampOf(ctx, 'firm'), {
    id: newId(), enterpriseId: enterprise.id, emergencyId: emergency.id, emergencyKind: emergency.kind, sample: enterprise.sample || emergency.sample, formVersion: form.version,
    operatorId, communityCode: earlier?.workplaceId === facts.workplaceId ? earlier.communityCode : null, headcount: earlier?.headcount ?? null,
    answers: earlier ? carryOver(form, earlier.answers, knownFor(ctx, { ...facts, headcount: earlier.headcount, plannedDate: null })) : {}, createdAt: ctx.now.toISOString(),
  })
}
/**
 * The emergency that a firm there declares under, with its form: the oldest open one whose pack has the plan, the pledge and
 * the table of procedures in force. A pack may take effect later than an emergency begins from it; what the caller chose to
 * look at plays no part, or firms would choose the laxer rules.
 */
async function underWhich(ctx: Ctx, { districtCode: areaCode, scene, industryCode }: Pick<DeclarationRecord, 'districtCode' | 'scene' | 'industryCode'>): Promise<{ emergency: EmergencyRow; form: Form }> {
  const open = await openEmergenciesFor(ctx, areaCode)
  for (const emergency of open) {
    const at = { areaCode, kind: emergency.kind }
    const form = await formInForce(ctx, { code: PLAN, ...at, scene, industry: industryCode })
    if (form && (await formInForce(ctx, { code: PLEDGE, ...at })) && (await isInForce(ctx, { table: TABLE, ...at }))) return { emergency, form }
  }
  throw open.length ? problem('forms.none_in_force', { code: PLAN }) : problem('emergencies.none_open')
}
const blank: DeclarationRecord = {
  id: '', revision: 1, state: 'draft', enterpriseId: '', enterpriseName: '', nameKey: '', creditCode: '', industryCode: '', enterpriseClass: 'general', workplaceId: '', workplaceName: '', scene: 'office', address: '',
  districtCode: '', streetCode: '', zoneCode: null, departmentKey: null, emergencyId: '', emergencyKind: '', sample: false, formVersion: 0, operatorId: null, communityCode: null, headcount: null, answers: {},
  createdAt: '', changedSide: 'firm', changedBy: null, changedUnitId: null, changedAt: '',
  plannedDate: null, pledgedAt: null, pledgeVersion: null, fileIds: [], level: null, levelRecordId: null, procedure: null, decision: null, decisionId: null,
  dueAt: null, overdueOutcome: null, escalatedAt: null, gapsToldAt: null, reason: null, siteResult: null, siteFindings: null, siteBy: null, siteUnitId: null, siteAt: null,
  reviewUnitId: null, certificateId: null, certificateNumber: null, submittedAt: null, submittedBy: null, decidedAt: null,
  enterpriseKind: null, enterpriseSize: null, whiteList: false, acrossDistricts: false, evidence: null, respondHours: null, workHours: null, route: null, firstLevel: null, firstProcedure: null, judgedAt: null,
  gapLists: 0, visitAt: null, visitWho: null, visitBy: null, visitUnitId: null, visitSetAt: null, filmIds: [], filmAt: null, decidedUnitId: null, appealUntil: null, appealOpen: false, standing: null, standingAt: null, standingReason: null, standingDecision: null,
}

/** Saves entries. A draft may be incomplete; each entry that stands in it must be right, and all that are wrong are told at once. */
export async function save(ctx: Ctx, { params, body }: Input<typeof saveDeclaration>): Promise<Declaration> {
  const row = await loadFor(ctx, 'save', params.id, body.revision)
  const { plannedDate, headcount, answers, pledged, fileIds, communityCode } = body
  const changes: Changes = {}
  const issues: Issue[] = []
  if (plannedDate !== undefined) {
    changes.plannedDate = plannedDate
    const fault = plannedDate === null ? undefined : dayFault(plannedDate, shanghaiDay(ctx.now))
    if (fault) issues.push(fault)
  }
  if (headcount !== undefined) changes.headcount = headcount
  if (answers !== undefined) {
    const form = await formOf(ctx, row)
    const given = typedAnswers(form, answers)
    const faults = faultsOfPart(form, row.answers, given, knownFor(ctx, { ...row, headcount: headcount === undefined ? row.headcount : headcount }))
    issues.push(...faults)
    changes.answers = mergeAnswers(row.answers, given)
    for (const [code, answer] of Object.entries(given)) if (filesIn(answer).length && !faults.length) issues.push(...(await attach(ctx, row, filesIn(answer), `/answers/${code}`)))
  }
  if (pledged !== undefined) Object.assign(changes, pledged ? await pledgeNow(ctx, row) : { pledgedAt: null, pledgeVersion: null })
  if (fileIds !== undefined) {
    changes.fileIds = [...new Set(fileIds)]
    issues.push(...(await attach(ctx, row, fileIds)))
  }
  if (communityCode !== undefined) {
    changes.communityCode = communityCode
    // A community of the address's own street.
    if (communityCode !== null && (await findArea(ctx, communityCode))?.parent !== row.streetCode) issues.push({ path: '/communityCode', code: 'issue.area_unknown' })
  }
  if (issues.length) throw invalid(issues)
  const saved = await change(ctx, row, 'firm', changes)
  // What an office has seen stays with the record; what a draft lets go of goes.
  const dropped = changes.fileIds && row.submittedAt === null ? row.fileIds.filter((id) => !changes.fileIds!.includes(id)) : []
  if (dropped.length) await releaseFiles(ctx, { kind: 'declaration', id: row.id }, dropped)
  const fields = Object.keys(body).filter((name) => name !== 'revision')
  // While it is a draft, saves are the firm's own business: the audit has them, the timeline begins to matter when an office waits for the supplement.
  if (row.state === 'draft') ctx.announce('declaration.saved', { kind: 'declaration', id: row.id }, { fields })
  else await tell(ctx, saved, 'firm', 'declaration.saved', { fields })
  return toDeclaration(ctx, saved)
}
/** A pledge made before stands; withdrawn and made again it is a new one, to the text now in force. */
async function pledgeNow(ctx: Ctx, row: DeclarationRecord): Promise<Changes> {
  if (row.pledgedAt) return {}
  const form = await formInForce(ctx, { code: PLEDGE, areaCode: row.districtCode, kind: row.emergencyKind })
  if (!form) throw problem('forms.none_in_force', { code: PLEDGE })
  return { pledgedAt: ctx.now.toISOString(), pledgeVersion: form.version }
}
/** Hands files to the declaration, those it has already included; their faults join those of the other entries. */
async function attach(ctx: Ctx, row: DeclarationRecord, fileIds: readonly string[], path = '/fileIds'): Promise<Issue[]> {
  const { id, enterpriseId, districtCode, streetCode, zoneCode, departmentKey } = row
  try {
    await attachFiles(ctx, fileIds, { kind: 'declaration', id, enterpriseId, districtCode, streetCode, zoneCode, departmentKey }, path)
    return []
  } catch (error) {
    if (error instanceof Problem && error.code === 'validation.failed') return error.issues
    throw error
  }
}

/** Submits: the level, the firm's class and trade as they are now decide. What takes effect does so here, with its certificate; the rest goes to its units. */
export async function submit(ctx: Ctx, { params, body }: Input<typeof submitDeclaration>): Promise<Declaration> {
  const row = await loadFor(ctx, 'submit', params.id, body.revision)
  const [enterprise, form, files, emergency] = await Promise.all([
    getEnterpriseOf(ctx, row.enterpriseId, row.workplaceId), formOf(ctx, row), filesOf(ctx, row.fileIds), getEmergency(ctx, row.emergencyId),
  ])
  const facts = await factsOf(ctx, enterprise)
  if (emergency.endedAt !== null) throw problem('emergencies.already_ended')
  const known = knownFor(ctx, { ...row, ...facts })
  const missing = missingFor({ plannedDate: row.plannedDate, headcount: row.headcount, answers: row.answers, pledged: row.pledgedAt !== null, files: files.filter(({ state }) => state !== 'refused').length }, form, shanghaiDay(ctx.now), known.facts)
  if (missing.length) throw problem('declarations.incomplete', { count: missing.length }, missing)
  const stopped = await stoppedBy(ctx, row)
  if (stopped !== undefined) throw problem('declarations.stopped', { number: stopped })
  const judged = await judge(ctx, { ...row, ...facts })
  const decisionId = await recordDecision(ctx, judged.decision, { kind: 'declaration', id: row.id })
  const { level, levelRecordId, procedure, evidence, decision, overdueOutcome } = judged
  const now = ctx.now.toISOString()
  // A supplement asks again what was asked before; the burden is that of the first time.
  if (row.state === 'draft') recordAsking(ctx, { form, kind: row.emergencyKind, answers: row.answers, known }, row)
  const { districtCode: _district, streetCode: _street, zoneCode: _zone, departmentKey: _department, ...names } = facts
  const changes: Changes = {
    ...names, answers: settledAnswers(form, row.answers, known), level, levelRecordId, procedure, evidence, decision, decisionId, overdueOutcome, firstLevel: level, firstProcedure: procedure, judgedAt: now, submittedAt: now, submittedBy: ctx.actor.personId, escalatedAt: null, reason: null,
  }
  const again = row.state === 'returned'
  await Promise.all([
    tell(ctx, row, 'firm', again ? 'declaration.resubmitted' : 'declaration.submitted', { procedure, level, table: decision.table, version: decision.version, row: decision.row }),
    ...(again && facts.nameKey === row.nameKey ? [] : [replaceGrams(ctx, { ...row, ...names })]),
    insertSubmission(ctx, row, (again ? await countSubmissions(ctx, row.id) : 0) + 1, snapshotOf({ ...row, ...changes } as DeclarationRecord, files)),
  ])
  if (judged.hours === null) {
    const filed = await takeEffect(ctx, row, 'firm', 'submission', { ...changes, dueAt: null, reviewUnitId: null })
    if (again) await move(ctx, row, 'supplementFiled')
    return toDeclaration(ctx, filed)
  }
  // After a supplement the same units go on, and so do their clocks from where they stood: time that an office has used up is used up.
  const sent: Changes = again ? {} : await send(ctx, { ...row, ...changes } as DeclarationRecord, judged)
  if (again) await move(ctx, row, 'supplement')
  const submitted = await change(ctx, row, 'firm', { ...changes, ...sent, state: 'underReview', dueAt: await dueOf(ctx, row) })
  await tellSubmitted(ctx, submitted, again)
  return toDeclaration(ctx, submitted)
}
/** The first time it goes to the units that the table of routes names; their clocks begin. */
async function send(ctx: Ctx, row: DeclarationRecord, judged: Judgement): Promise<Changes> {
  const route = await routeOf(ctx, row, judged)
  await openReview(ctx, row, route, judged)
  return { route, respondHours: judged.respondHours, workHours: judged.hours, reviewUnitId: route.steps[0]![0]!.unitId }
}
export async function withdraw(ctx: Ctx, { params, body }: Input<typeof withdrawDeclaration>): Promise<Declaration> {
  const row = await loadFor(ctx, 'withdraw', params.id, body.revision)
  // Nobody waits for an answer about a draft that was never submitted.
  if (body.reason === undefined && row.submittedAt !== null) throw invalid([{ path: '/reason', code: 'issue.required' }])
  const reason = body.reason ?? null
  const withdrawn = await change(ctx, row, 'firm', { state: 'withdrawn', reason, dueAt: null })
  if (row.submittedAt !== null) {
    const turn = await turnOf(ctx, row)
    await withdrawReview(ctx, row, reason)
    await tellWithdrawn(ctx, withdrawn, turn)
  }
  if (row.submittedAt === null) await releaseFiles(ctx, { kind: 'declaration', id: row.id })
  await tell(ctx, withdrawn, 'firm', 'declaration.withdrawn', {}, reason)
  return toDeclaration(ctx, withdrawn)
}
