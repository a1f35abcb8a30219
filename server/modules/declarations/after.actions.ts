// What the firm does with a filing: give it up, correct it within what the table allows; and what everyone reads of it since.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import type { Declaration } from '@fugong/contract/declarations'
import type { CorrectedItem, correctDeclaration, getAfter, withdrawFiling } from '@fugong/contract/declarations.after'
import type { DecisionTable } from '@fugong/contract/rules'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { invalid, problem } from '../../base/problem.ts'
import { correctCertificate, withdrawCertificate, type CertificateText } from '../certificates/index.ts'
import { getEnterpriseOf } from '../enterprises/index.ts'
import { personNames } from '../identity/index.ts'
import { decide, importTable, tableInForce } from '../rules/index.ts'
import { changesOf, holds, type Changed } from './after.rules.ts'
import { insertCorrection, selectCorrections } from './after.store.ts'
import { formOf, toDeclaration } from './answer.actions.ts'
import { knownFor, placeOf } from './facts.actions.ts'
import { readsAsFirm } from './policy.ts'
import { dayFault, mergeAnswers, missingFor, settledAnswers, typedAnswers } from './rules.ts'
import { change, changedMeanwhile, fullAddress, tell } from './shared.actions.ts'
import { settle } from './standing.actions.ts'
import { getDeclarationRow, lockDeclarationRow, replaceGrams, type Changes, type DeclarationRecord } from './store.ts'

const CORRECTION = 'declaration.correction'
export const LIFE_TABLE = 'declaration.life'
/** Loads the tables of `data/china/tables` for a city, for every kind of emergency; officials change them there by new versions. */
export async function loadAfter(ctx: Ctx, city: string): Promise<void> {
  for (const table of [CORRECTION, LIFE_TABLE]) {
    const { value, hash } = readData<Omit<DecisionTable, 'areaCode'>>('data', 'china', 'tables', `${table}.json`)
    await loadOnce(ctx, `${table}/${city}`, hash, () => importTable(ctx, { ...value, areaCode: city }, { kind: null, pack: null }))
  }
}

/** Loads a filing for a deed of its firm on the revision that was looked at; it must still count. */
async function loadFiling(ctx: Ctx, id: string, revision: number, only?: 'operating'): Promise<DeclarationRecord> {
  const row = await lockDeclarationRow(ctx, id)
  if (row.revision !== revision) throw await changedMeanwhile(ctx, row)
  if (row.state !== 'filed') throw problem('declarations.state_refused', { state: row.state })
  if (!holds(row.standing) || (only && row.standing !== only)) throw problem('declarations.state_refused', { state: row.standing })
  return row
}
export async function withdrawFiled(ctx: Ctx, { params, body }: Input<typeof withdrawFiling>): Promise<Declaration> {
  const row = await loadFiling(ctx, params.id, body.revision)
  // Given up under an order and declared anew it would operate again with nothing put right; a workplace that has ended is closed.
  if (row.standing === 'suspended') throw problem('declarations.suspended_kept')
  const reason = body.reason.trim()
  await withdrawCertificate(ctx, { id: row.certificateId!, reason })
  return toDeclaration(ctx, await settle(ctx, row, { standing: 'withdrawn', side: 'firm', by: ctx.actor.personId, unitId: null, reason }))
}

/** Each changed field is judged by the table; all that need a new declaration, and all that are wrong, are told at once. */
export async function correct(ctx: Ctx, { params, body }: Input<typeof correctDeclaration>): Promise<Declaration> {
  const row = await loadFiling(ctx, params.id, body.revision, 'operating')
  const form = await formOf(ctx, row)
  const place = body.names ? placeOf(await getEnterpriseOf(ctx, row.enterpriseId, row.workplaceId)) : undefined
  const answers = body.answers && typedAnswers(form, body.answers)
  const changed = changesOf(row, { plannedDate: body.plannedDate, headcount: body.headcount, answers, names: place })
  if (!changed.length) throw problem('declarations.nothing_corrected')
  const issues: Issue[] = []
  const items: CorrectedItem[] = []
  for (const one of changed) {
    const decision = await decide(ctx, { table: CORRECTION, areaCode: row.districtCode, kind: row.emergencyKind, inputs: { kind: one.kind, field: one.code, changePercent: one.changePercent, changeDays: one.changeDays } })
    if (decision.outputs['allowed'] !== true) issues.push({ path: one.path, code: 'issue.declare_anew', params: { why: decision.sentence } })
    items.push({ code: one.code, before: one.before, after: one.after, sentence: decision.sentence, table: decision.table, version: decision.version, row: decision.row })
  }
  const next = corrected(row, changed, place)
  const known = knownFor(ctx, { ...row, ...next } as DeclarationRecord)
  const day = body.plannedDate !== undefined && body.plannedDate !== row.plannedDate ? dayFault(body.plannedDate, shanghaiDay(ctx.now)) : undefined
  const faults = missingFor({ plannedDate: row.plannedDate, headcount: next.headcount ?? row.headcount, answers: next.answers ?? row.answers, pledged: true, files: 1 }, form, shanghaiDay(ctx.now), known.facts)
  // The day that was filed may lie behind us; what else was complete at filing is only at fault where it was changed.
  issues.push(...(day ? [day] : []), ...faults.filter(({ path }) => changed.some((one) => path === one.path || path.startsWith(`${one.path}/`)) && path !== '/plannedDate'))
  if (issues.length) throw invalid(issues)
  const changes: Changes = { ...next, ...(next.answers ? { answers: settledAnswers(form, next.answers, known) } : {}) }
  const saved = await change(ctx, row, 'firm', changes)
  if (place && place.nameKey !== row.nameKey) await replaceGrams(ctx, saved)
  const no = ((await selectCorrections(ctx, row.id))[0]?.no ?? 0) + 1
  await insertCorrection(ctx, saved, { no, at: ctx.now.toISOString(), personId: ctx.actor.personId, reason: body.reason.trim(), items })
  const text = await certificateText(ctx, saved, changed)
  if (Object.keys(text).length) await correctCertificate(ctx, { id: row.certificateId!, text, reason: body.reason.trim() })
  await tell(ctx, saved, 'firm', 'declaration.corrected', { no, fields: changed.map(({ code }) => code) }, body.reason.trim())
  return toDeclaration(ctx, saved)
}
function corrected(row: DeclarationRecord, changed: readonly Changed[], place: ReturnType<typeof placeOf> | undefined): Changes {
  const changes: Changes = {}
  const answers: DeclarationRecord['answers'] = {}
  for (const { kind, code, after } of changed) {
    if (kind === 'headcount') changes.headcount = after as number
    else if (kind === 'plannedDate') changes.plannedDate = after as string
    else if (kind === 'answer') answers[code] = after as never
    else Object.assign(changes, { enterpriseName: place!.enterpriseName, nameKey: place!.nameKey, workplaceName: place!.workplaceName, address: place!.address })
  }
  return Object.keys(answers).length ? { ...changes, answers: mergeAnswers(row.answers, answers) } : changes
}
/** What the certificate says of it. */
async function certificateText(ctx: Ctx, saved: DeclarationRecord, changed: readonly Changed[]): Promise<CertificateText> {
  const codes = new Set(changed.map(({ code }) => code))
  return {
    ...(codes.has('firm.name') ? { enterpriseName: saved.enterpriseName } : {}), ...(codes.has('workplace.name') ? { workplaceName: saved.workplaceName } : {}),
    ...(codes.has('workplace.address') ? { address: await fullAddress(ctx, saved, saved.address) } : {}), ...(codes.has('plannedDate') ? { plannedDate: saved.plannedDate! } : {}),
  }
}

export async function after(ctx: Ctx, { params }: Input<typeof getAfter>): Promise<Returns<typeof getAfter>> {
  const row = await getDeclarationRow(ctx, params.id)
  const own = readsAsFirm(ctx, row) && ctx.may('declaration.open')
  const [corrections, facts, table] = await Promise.all([selectCorrections(ctx, row.id), own && holds(row.standing) ? namesNow(ctx, row) : undefined, tableInForce(ctx, { table: CORRECTION, areaCode: row.districtCode, kind: row.emergencyKind })])
  const people = await personNames(ctx, corrections.flatMap(({ personId }) => personId ?? []))
  const mine = own && row.state === 'filed'
  return {
    standing: row.standing, since: row.standingAt, reason: row.standingReason, decision: row.standingDecision,
    corrections: corrections.map(({ no, at, personId, reason, items }) => ({ no, at, by: people.get(personId ?? '') ?? null, reason, items })),
    namesDiffer: facts !== undefined && changesOf(row, { names: facts }).length > 0,
    rules: (table?.table.rows ?? []).flatMap(({ because }) => because ?? []),
    can: mine && row.standing === 'operating' ? [...(table ? ['correct'] : []), 'withdrawFiling'] : [],
  }
}
async function namesNow(ctx: Ctx, row: DeclarationRecord) {
  const enterprise = await elevated(ctx, (system) => getEnterpriseOf(system, row.enterpriseId, row.workplaceId))
  return enterprise.workplace && enterprise.codeState !== 'pending' ? placeOf(enterprise) : undefined
}
