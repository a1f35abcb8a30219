// Appeals: a person contests their colour from a bound phone, somebody without a hand in it decides, and silence has its meaning by the table.
import type { Input, Returns } from '@fugong/contract/base'
import type { Appeal, decideAppeal, listAppeals, MyAppeal, openColourAppeal, readColourAppeals } from '@fugong/contract/alerts'
import type { CaseSubject } from '@fugong/contract/cases'
import { healthLevels } from '@fugong/contract/health'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import { caseOf, moveCase, openCase, partsOf, resolveDues, type CaseStanding } from '../cases/index.ts'
import { selectFirms } from '../enterprises/index.ts'
import { decideIf, findColoured, lastStatus, lockColoured, requireBinding, setColour } from '../health/index.ts'
import { personNames } from '../identity/index.ts'
import { employmentFacts } from '../people/index.ts'
import { kindOfCase, levelOf, PURPOSE } from './answer.actions.ts'
import { getAppeal, insertAppeal, selectAppeals, selectAppealsByIds, selectAppealsOf, updateAppeal, type AppealRecord } from './changes.store.ts'
import { APPEAL } from './kind.actions.ts'
import { healthUnit } from './open.actions.ts'
import { caseKeyOf } from './policy.ts'
import { lateMeans } from './rules.ts'
import { findLatest } from './store.ts'

const unsealed = (ctx: Ctx, sealed: Buffer | null): string | null => (sealed ? ctx.sealer.open(PURPOSE, sealed) : null)
const toMine = (ctx: Ctx, row: AppealRecord): MyAppeal => ({ id: row.id, state: row.state, openedAt: row.openedAt, dueAt: row.dueAt, decidedAt: row.decidedAt, reason: unsealed(ctx, row.reasonSealed) })
export function openAppeal(ctx: Ctx, { body }: Input<typeof openColourAppeal>): Promise<Returns<typeof openColourAppeal>> {
  return elevated(ctx, async (system) => {
    const { employmentId } = await requireBinding(system, body.token)
    const one = await lockColoured(system, employmentId)
    if (!one?.active) throw problem('health.not_on_roster')
    if (one.level === 0) throw problem('alerts.nothing_to_appeal')
    const unitId = await healthUnit(system, one)
    if (!unitId) throw new Error(`No unit of ${one.districtCode} could decide an appeal`)
    const [firm] = await selectFirms(system, [one.enterpriseId])
    const hours = (await terms(system, one))?.['hours']
    const id = newId()
    await insertAppeal(system, { id, employmentId, personId: one.personId, districtCode: one.districtCode, level: one.level, textSealed: system.sealer.seal(PURPOSE, body.text.trim()), state: 'waiting', dueAt: null, openedAt: system.now.toISOString(), decidedAt: null, decidedBy: null, reasonSealed: null })
    // The firm is no party to it and sees no case.
    await openCase(system, {
      kind: APPEAL, subjectId: id, title: firm?.name ?? '–', enterpriseId: null, districtCode: null, streetCode: null, zoneCode: null, departmentKey: caseKeyOf(one.districtCode), emergencyId: one.emergencyId, emergencyKind: one.emergencyKind, sample: false,
      steps: [[{ unitId, role: 'lead' }]], clocks: typeof hours === 'number' ? [{ clock: 'resolve', workingHours: hours }] : [], openedBy: null,
    })
    const dueAt = (await resolveDues(system, APPEAL, [id])).get(id) ?? null
    await updateAppeal(system, id, { dueAt })
    ctx.announce('alert.appeal_opened', { kind: 'appeal', id }, {})
    return toMine(system, await getAppeal(system, id))
  })
}
const terms = (system: Ctx, one: { districtCode: string; emergencyKind: string; level: number }) => decideIf(system, 'health.appeal', one.districtCode, one.emergencyKind, { level: levelOf(one.level) })
export function readMine(ctx: Ctx, { body }: Input<typeof readColourAppeals>): Promise<Returns<typeof readColourAppeals>> {
  return elevated(ctx, async (system) => ({ items: (await selectAppealsOf(system, (await requireBinding(system, body.token)).employmentId)).map((row) => toMine(system, row)) }))
}

// ── for the district ────────────────────────────────────────────────────────
export async function list(ctx: Ctx, { query }: Input<typeof listAppeals>): Promise<Returns<typeof listAppeals>> {
  const items: Appeal[] = []
  for (const row of await selectAppeals(ctx, query.open ?? false)) items.push(await toAppeal(ctx, row))
  return { items }
}
async function toAppeal(ctx: Ctx, row: AppealRecord): Promise<Appeal> {
  const [person] = await employmentFacts(ctx, [row.employmentId])
  const names = await personNames(ctx, row.decidedBy ? [row.decidedBy] : [])
  const { firm, colour, alertId, handed } = await elevated(ctx, async (system) => ({
    firm: person ? (await selectFirms(system, [person.enterpriseId]))[0] : undefined, colour: (await findColoured(system, row.employmentId))?.level ?? 0, alertId: (await findLatest(system, row.employmentId))?.id ?? null, handed: await hadAHand(system, row.employmentId),
  }))
  return {
    id: row.id, state: row.state, level: levelOf(row.level), colourNow: levelOf(colour), employmentId: row.employmentId, name: person?.name ?? '–', enterpriseName: firm?.name ?? '–', alertId, text: unsealed(ctx, row.textSealed) ?? '', openedAt: row.openedAt, dueAt: row.dueAt, decidedAt: row.decidedAt,
    decidedBy: row.decidedBy ? (names.get(row.decidedBy) ?? null) : null, reason: unsealed(ctx, row.reasonSealed), can: row.state === 'waiting' && !handed.has(ctx.actor.personId!) ? ['decide'] : [],
  }
}
/** Who gave the colour or follows it up: they decide no appeal against it. */
async function hadAHand(system: Ctx, employmentId: string): Promise<Set<string>> {
  const status = await lastStatus(system, employmentId)
  const alert = await findLatest(system, employmentId)
  const standing = alert && (await caseOf(system, kindOfCase(alert), alert.id))
  const parts = standing ? await partsOf(system, standing.id) : []
  return new Set([status?.byPerson, status?.agreedBy, ...parts.map(({ personId }) => personId)].filter((id): id is string => Boolean(id)))
}
export async function decide(ctx: Ctx, { params, body }: Input<typeof decideAppeal>): Promise<Appeal> {
  const row = await getAppeal(ctx, params.id, true)
  const standing = await caseOf(ctx, APPEAL, row.id)
  if (row.state !== 'waiting' || !standing || standing.endedAt !== null) throw problem('alerts.state_refused')
  const { handed, colour } = await elevated(ctx, async (system) => ({ handed: await hadAHand(system, row.employmentId), colour: (await findColoured(system, row.employmentId))?.level ?? 0 }))
  if (handed.has(ctx.actor.personId!)) throw problem('alerts.another_reviewer')
  const level = body.level === undefined ? 0 : healthLevels.indexOf(body.level)
  if (!body.uphold && level >= colour) throw problem('alerts.level_lower')
  await moveCase(ctx, standing.id, body.uphold ? 'uphold' : 'change', { reason: '—' })
  await elevated(ctx, async (system) => {
    await updateAppeal(system, row.id, { state: body.uphold ? 'upheld' : 'changed', decidedAt: ctx.now.toISOString(), decidedBy: ctx.actor.personId, reasonSealed: ctx.sealer.seal(PURPOSE, body.reason.trim()) })
    if (!body.uphold) await setColour(system, row.employmentId, levelOf(level), { source: 'appeal', byPerson: ctx.actor.personId, reason: body.reason.trim() })
  })
  ctx.announce('alert.appeal_decided', { kind: 'appeal', id: row.id }, { outcome: body.uphold ? 'upheld' : 'changed' })
  return toAppeal(ctx, await getAppeal(ctx, row.id))
}
/** What silence means: lifted at once, or up the line, by the table. */
export async function runLate(system: Ctx, standing: CaseStanding): Promise<'accepted' | 'escalate'> {
  const row = await getAppeal(system, standing.subjectId, true)
  const one = await lockColoured(system, row.employmentId)
  if (row.state !== 'waiting' || !one || lateMeans(await terms(system, one)) === 'up') return 'escalate'
  await moveCase(system, standing.id, 'relieve')
  await updateAppeal(system, row.id, { state: 'relieved', decidedAt: system.now.toISOString() })
  await setColour(system, row.employmentId, 'green', { source: 'appeal' })
  system.announce('alert.appeal_decided', { kind: 'appeal', id: row.id }, { outcome: 'relieved' })
  return 'accepted'
}
export async function describeAppeals(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, CaseSubject>> {
  return new Map((await selectAppealsByIds(ctx, ids)).map((row) => [row.id, { title: '健康判定申诉', subtitle: null, link: '/console/alerts/appeals', facts: [] }]))
}
