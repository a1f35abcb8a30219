// The declaration on the case engine: opened at submission, moved with every deed; who may act, what silence means, what it is called.
import type { CaseSubject } from '@fugong/contract/cases'
import { systemActor, type ActorGrant } from '../../base/auth.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { caseOf, moveCase, openCase, partsOf, raiseParts, resolveDues, withdrawCase, type CaseKind, type CasePart, type CaseStanding, type Given } from '../cases/index.ts'
import { unitLine } from '../identity/index.ts'
import { adopt } from './adopt.actions.ts'
import type { Judgement } from './judge.actions.ts'
import { APPEAL, appealMachine, DECLARATION, declarationMachine } from './kind.actions.ts'
import { grantsFor } from './policy.ts'
import type { Route } from './route.rules.ts'
import { scopeOf, type DeclarationRecord } from './store.ts'
import { selectTitled } from './subjects.store.ts'

/** Opens the case of a submitted declaration; answers until when it is to be decided. */
export async function openReview(ctx: Ctx, row: DeclarationRecord, route: Route, { respondHours, hours }: Pick<Judgement, 'respondHours' | 'hours'>, openedAt?: Date): Promise<CaseStanding> {
  return openCase(ctx, {
    ...scopeOf(row), kind: DECLARATION, subjectId: row.id, title: `${row.enterpriseName} ${row.workplaceName} ${row.creditCode}`, emergencyId: row.emergencyId, emergencyKind: row.emergencyKind, sample: row.sample,
    steps: route.steps.map((step) => step.map(({ unitId, role }) => ({ unitId, role }))),
    clocks: [...(respondHours === null ? [] : [{ clock: 'respond' as const, workingHours: respondHours }]), { clock: 'resolve', workingHours: hours! }],
    openedBy: row.submittedBy, ...(openedAt ? { openedAt } : {}),
  })
}
/** Until when it is to be decided, as the engine counts it. */
export async function dueOf(ctx: Ctx, row: Pick<DeclarationRecord, 'id'>): Promise<string | null> {
  return (await resolveDues(ctx, DECLARATION, [row.id])).get(row.id) ?? null
}
export const reviewOf = (ctx: Ctx, row: Pick<DeclarationRecord, 'id'>): Promise<CaseStanding | undefined> => caseOf(ctx, DECLARATION, row.id)
/** One that waited before there were cases becomes one here, when somebody is quicker than the job. */
export async function openReviewOf(ctx: Ctx, row: DeclarationRecord): Promise<CaseStanding> {
  const standing = (await reviewOf(ctx, row)) ?? (await elevated(ctx, (system) => adopt({ ...system, actor: systemActor, unit: undefined }, row)))
  if (standing.endedAt !== null) throw new Error(`Declaration ${row.id} waits without a case`)
  return standing
}
export async function move(ctx: Ctx, row: DeclarationRecord, deed: string, given: Given = {}): Promise<CaseStanding> {
  return moveCase(ctx, (await openReviewOf(ctx, row)).id, deed, given)
}
export async function withdrawReview(ctx: Ctx, row: DeclarationRecord, note: string | null): Promise<void> {
  await withdrawCase(ctx, (await openReviewOf(ctx, row)).id, 'withdrawn', { note })
}

/** The open parts of a case that the caller may act on: of their own unit, and of units below it, which are raised to it when it acts (提级办理). */
export interface Hold { grant: ActorGrant; own: CasePart[]; below: CasePart[]; /** Parts of other units that are still open or come later. */ others: CasePart[] }
export async function holdOn(ctx: Ctx, standing: Pick<CaseStanding, 'id' | 'endedAt'>, verb: 'declaration.review' | 'declaration.decide_appeal'): Promise<Hold | undefined> {
  const grants = grantsFor(ctx, verb)
  if (!grants.length || standing.endedAt !== null) return undefined
  const parts = await partsOf(ctx, standing.id)
  const open = parts.filter((part) => part.state === 'open')
  const later = parts.filter((part) => part.state === 'coming')
  const above = new Map<string, string[]>()
  for (const { unitId } of open) if (!above.has(unitId)) above.set(unitId, (await unitLine(ctx, unitId)).slice(1).map(({ id }) => id))
  const holds = grants.map((grant): Hold => {
    const own = open.filter((part) => part.unitId === grant.unitId)
    const below = open.filter((part) => above.get(part.unitId)!.includes(grant.unitId))
    return { grant, own, below, others: [...open.filter((part) => !own.includes(part) && !below.includes(part)), ...later] }
  })
  return holds.find((hold) => hold.own.length) ?? holds.find((hold) => hold.below.length)
}
/** Makes the caller the one who acts: their unit's name, and what units below had raised to theirs (提级办理). Throws when it is no matter of theirs. */
export async function takeHold(ctx: Ctx, standing: CaseStanding, verb: 'declaration.review' | 'declaration.decide_appeal'): Promise<Hold> {
  const hold = await holdOn(ctx, standing, verb)
  if (!hold) throw problem('session.forbidden')
  ctx.unit = hold.grant
  if (hold.below.length) await raiseParts(ctx, standing.id, hold.below.map(({ id }) => id), hold.grant.unitId)
  return hold
}

export interface KindActions {
  decide(ctx: Ctx, subjectId: string, deed: string, given: Given): Promise<void>
  onBreach: NonNullable<CaseKind['onBreach']>
}
const LEVELS: Record<string, { zh: string; en: string }> = { none: { zh: '无疫情', en: 'No epidemic' }, low: { zh: '低风险', en: 'Low risk' }, medium: { zh: '中风险', en: 'Medium risk' }, high: { zh: '高风险', en: 'High risk' } }
/** The two kinds as the house registers them. */
export function declarationKinds({ decide, onBreach }: KindActions, appeals: Pick<CaseKind, 'describe' | 'onBreach'>): CaseKind[] {
  return [
    { ...declarationMachine, describe, decide: (ctx, standing, deed, given) => decide(ctx, standing.subjectId, deed, given), onBreach },
    { ...appealMachine, ...appeals },
  ]
}
async function describe(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, CaseSubject>> {
  const rows = await selectTitled(ctx, ids)
  return new Map(rows.map((row) => [row.id, {
    title: row.enterpriseName, subtitle: row.workplaceName, link: `/console/declarations/${row.id}`,
    facts: [
      { name: { zh: '风险等级', en: 'Risk level' }, value: LEVELS[row.level ?? ''] ?? { zh: '未列入名单', en: 'Not listed' } },
      ...(row.plannedDate ? [{ name: { zh: '计划复工', en: 'Planned for' }, value: { zh: row.plannedDate, en: row.plannedDate } }] : []),
      ...(row.gapLists > 1 ? [{ name: { zh: '告知缺项', en: 'Gaps told' }, value: { zh: `${row.gapLists} 次`, en: `${row.gapLists} times` } }] : []),
    ],
  }]))
}
export { APPEAL, DECLARATION }
