// Reading alerts: the desk, one with its steps and the people met, the facts behind it, and what the to-do list calls it.
import type { Input, Returns } from '@fugong/contract/base'
import type { Alert, AlertRow, AlertStep, getAlert, listAlerts, readAlertFacts } from '@fugong/contract/alerts'
import type { CaseSubject } from '@fugong/contract/cases'
import { healthLevels, type HealthLevel } from '@fugong/contract/health'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { cutPage, PAGE_SIZE, readMark, totalOf } from '../../base/paging.ts'
import { caseOf, casesOf, partsOf, timelineOf } from '../cases/index.ts'
import { workplaceNames } from '../enterprises/index.ts'
import { factsOf, findColoured } from '../health/index.ts'
import { personNames } from '../identity/index.ts'
import { employmentFacts } from '../people/index.ts'
import { openChange } from './changes.store.ts'
import { ALERT, MATTER } from './kind.actions.ts'
import { planFor } from './open.actions.ts'
import { holdsOf, sideOf } from './rules.ts'
import { countUpToLimit, getAlertRow, selectByIds, selectContacts, selectPage, selectSteps, type AlertRecord, type StepRecord } from './store.ts'

export const PURPOSE = 'alert'
export const levelOf = (level: number): HealthLevel => healthLevels[level]!
export const kindOfCase = (row: Pick<AlertRecord, 'kind'>): string => (row.kind === 'matter' ? MATTER : ALERT)
const opened = (ctx: Ctx, sealed: Buffer | null): string | null => (sealed ? ctx.sealer.open(PURPOSE, sealed) : null)
const isLate = (ctx: Ctx, step: Pick<StepRecord, 'dueAt' | 'doneAt' | 'dropped'>): boolean => step.doneAt === null && !step.dropped && step.dueAt < ctx.now.toISOString()

/** Names by employment; whoever was erased has none. */
async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await employmentFacts(ctx, [...new Set(ids)])).map(({ employmentId, name }) => [employmentId, name]))
}
export async function toAlert(ctx: Ctx, row: AlertRecord): Promise<Alert> {
  const steps = await selectSteps(ctx, [row.id])
  const contacts = await selectContacts(ctx, row.id)
  const standing = await caseOf(ctx, kindOfCase(row), row.id)
  if (!standing) throw new Error(`Alert ${row.id} has no case`)
  const change = await openChange(ctx, row.employmentId)
  const [facts, names, places, people, timeline] = [
    (await employmentFacts(ctx, [row.employmentId]))[0], await namesOf(ctx, contacts.map(({ employmentId }) => employmentId)), await elevated(ctx, (system) => workplaceNames(system, [row.workplaceId])),
    await personNames(ctx, [...new Set([...steps.map(({ doneBy }) => doneBy), change?.proposedBy ?? null].filter((id) => id !== null))]), await timelineOf(ctx, standing.id),
  ]
  const [colours, one, plan] = await elevated(ctx, async (system) => {
    const colours = new Map<string, number>()
    for (const { employmentId } of contacts.slice(0, 200)) colours.set(employmentId, (await findColoured(system, employmentId))?.level ?? 0)
    return [colours, await findColoured(system, row.employmentId), await planFor(system, row, new Date(row.openedAt))] as const
  })
  const holds = holdsOf(row, shanghaiDay(ctx.now))
  const mine = row.endedAt === null
  return {
    id: row.id, revision: row.revision, kind: row.kind, level: levelOf(row.level), colourNow: levelOf(one?.level ?? 0), state: row.state, employmentId: row.employmentId, name: facts?.name ?? '–', enterpriseId: row.enterpriseId, enterpriseName: row.enterpriseName, workplaceName: places.get(row.workplaceId) ?? '–',
    crew: facts?.crew ?? null, dormitory: facts?.dormitory ?? null, shift: facts?.shift ?? null, openedAt: row.openedAt, endedAt: row.endedAt, endReason: opened(ctx, row.endReasonSealed), result: row.result, observeUntil: row.observeUntil, observeDays: plan.observeDays,
    steps: steps.map((step): AlertStep => ({ id: step.id, step: step.step, side: sideOf(step.step), dueAt: step.dueAt, doneAt: step.doneAt, doneBy: step.doneBy ? (people.get(step.doneBy) ?? null) : null, note: opened(ctx, step.noteSealed), overdue: isLate(ctx, step), dropped: step.dropped })),
    contacts: contacts.map(({ employmentId, ways, observeUntil }) => ({ employmentId, name: names.get(employmentId) ?? '–', ways, level: levelOf(colours.get(employmentId) ?? 0), observeUntil })),
    caseId: standing.id, dueAt: standing.dueAt, timeline, holds,
    change: change ? { id: change.id, level: levelOf(change.level), until: change.until, reason: opened(ctx, change.reasonSealed) ?? '', by: people.get(change.proposedBy) ?? '–', at: change.proposedAt, mine: change.proposedBy === ctx.actor.personId } : null,
    can: [...(mine && row.kind === 'alert' ? [...(row.state === 'open' ? ['respond'] : ['step', 'trace', 'observe', ...(holds.length ? [] : ['release'])])] : []), ...(mine && !change ? ['proposeChange'] : []), ...(change && change.proposedBy !== ctx.actor.personId ? ['decideChange'] : [])],
  }
}
export async function get(ctx: Ctx, { params }: Input<typeof getAlert>): Promise<Alert> {
  const row = await getAlertRow(ctx, params.id)
  return toAlert(ctx, row)
}
export const facts = (city: string) => async (ctx: Ctx, { params, body }: Input<typeof readAlertFacts>): Promise<Returns<typeof readAlertFacts>> => {
  const row = await getAlertRow(ctx, params.id)
  return factsOf(ctx, city, row.employmentId, body.reason.trim())
}

const ORDER = 'opened'
export async function list(ctx: Ctx, { query }: Input<typeof listAlerts>): Promise<Returns<typeof listAlerts>> {
  const { cursor, limit = PAGE_SIZE, state, level } = query
  const filter = { state, level: level === undefined ? undefined : healthLevels.indexOf(level) }
  const rows = await selectPage(ctx, filter, limit, readMark(ORDER, cursor))
  const page = cutPage(rows, limit, ORDER, (row) => ({ moment: row.openedAt, id: row.id }))
  const [names, places, steps, counted] = [await namesOf(ctx, page.items.map(({ employmentId }) => employmentId)), await elevated(ctx, (system) => workplaceNames(system, [...new Set(page.items.map(({ workplaceId }) => workplaceId))])), await selectSteps(ctx, page.items.map(({ id }) => id)), await countUpToLimit(ctx, filter)]
  const handlers = await handlersOf(ctx, page.items)
  const items = page.items.map((row): AlertRow => {
    const next = row.endedAt === null ? steps.find((step) => step.alertId === row.id && step.doneAt === null && !step.dropped) : undefined
    return {
      id: row.id, kind: row.kind, level: levelOf(row.level), state: row.state, name: names.get(row.employmentId) ?? '–', enterpriseName: row.enterpriseName, workplaceName: places.get(row.workplaceId) ?? '–', openedAt: row.openedAt, endedAt: row.endedAt,
      nextStep: next?.step ?? null, dueAt: next?.dueAt ?? null, overdue: next ? isLate(ctx, next) : false, observeUntil: row.observeUntil, handler: handlers.get(row.id) ?? null,
    }
  })
  return { items, next: page.next, ...totalOf(counted) }
}
/** Who has taken each alert. */
async function handlersOf(ctx: Ctx, rows: readonly AlertRecord[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const kind of [ALERT, MATTER]) {
    const standings = await casesOf(ctx, kind, rows.filter((row) => kindOfCase(row) === kind).map(({ id }) => id))
    for (const [id, standing] of standings) for (const part of await partsOf(ctx, standing.id)) if (part.personId) found.set(id, part.personId)
  }
  const names = await personNames(ctx, [...new Set(found.values())])
  return new Map([...found].map(([id, person]) => [id, names.get(person) ?? '–']))
}
/** On the to-do list: the firm and the level, never the person. */
export async function describeAlerts(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, CaseSubject>> {
  const rows = await selectByIds(ctx, ids)
  const words = { green: ['绿', 'green'], yellow: ['黄', 'yellow'], orange: ['橙', 'orange'], red: ['红', 'red'] } as const
  return new Map(rows.map((row) => [row.id, { title: row.enterpriseName, subtitle: null, link: `/console/alerts/${row.id}`, facts: [{ name: { zh: '判定', en: 'Colour' }, value: { zh: words[levelOf(row.level)][0], en: words[levelOf(row.level)][1] } }] }]))
}
