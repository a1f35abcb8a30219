// Use cases of a clerk who reports for people of the firm: whose report is missing now, and one report in the clerk's name.
import type { Input, Returns } from '@fugong/contract/base'
import type { listReportables, reportFor } from '@fugong/contract/health.others'
import type { Receipt, SendReport } from '@fugong/contract/health'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { limitsOf, noticeOf } from '../../base/limits.ts'
import { Problem, problem } from '../../base/problem.ts'
import { selectWorkplaces } from '../enterprises/index.ts'
import { monitoredFacts } from '../people/index.ts'
import { storeBatch } from './batch.actions.ts'
import { formFor } from './day.actions.ts'
import type { HealthLimits } from './intake.actions.ts'
import { dayIsOpen, mayCorrect } from './intake.rules.ts'
import { ensureDay } from './keys.store.ts'
import { standInFor } from './others.store.ts'
import { countDue, selectDue } from './others.views.ts'
import { requireOwnFirm } from './policy.ts'
import { monitor } from './subjects.actions.ts'

/** `data/china/limits-gates.json` */
export interface GateLimits { perMinute: number; mostGates: number; eveningFrom: number }
export const gateLimits = (city: string, at: Date): GateLimits => limitsOf<GateLimits>('gates', city, at)
/** Whether the evening report is due, in Shanghai. */
export const isEvening = (now: Date, from: number): boolean => new Date(now.getTime() + 8 * 3_600_000).getUTCHours() >= from
const PAGE = 50

export function reportablesIn(city: string) {
  return async (ctx: Ctx, { params, query }: Input<typeof listReportables>): Promise<Returns<typeof listReportables>> => {
    requireOwnFirm(ctx, params.id)
    return elevated(ctx, async (system) => {
      const day = shanghaiDay(ctx.now)
      const filter = { day, evening: isEvening(ctx.now, gateLimits(city, ctx.now).eveningFrom), workplace: query.workplace, crew: query.crew, all: query.all ?? false }
      const limit = query.limit ?? PAGE
      const rows = await selectDue(system, params.id, filter, limit + 1, query.after ?? null)
      const page = rows.slice(0, limit)
      const workplaces = (await selectWorkplaces(system, params.id)).map(({ id, name }) => ({ id, name }))
      const names = new Map(workplaces.map(({ id, name }) => [id, name]))
      return {
        day, total: await countDue(system, params.id, filter), next: rows.length > limit ? page.at(-1)!.employmentId : null, workplaces, form: page[0] ? await formFor(system, page[0]) : null,
        items: page.map(({ employmentId, name, workplaceId, crew, dormitory, staffNo, slot, bound }) => ({ employmentId, name, workplaceName: names.get(workplaceId) ?? '–', crew, dormitory, staffNo, slot, bound })),
      }
    })
  }
}
/** Told in full, then stored like any other; the binding says which clerk it was. */
export function reportForIn(city: string) {
  return async (ctx: Ctx, { params, body }: Input<typeof reportFor>): Promise<Receipt> => {
    requireOwnFirm(ctx, params.id)
    // In a transaction of the system's own: what travels with its commit would be held against the clerk's scope.
    const receipt = await ctx.apart(async (system) => {
      const [person] = await monitoredFacts(system, [params.employmentId])
      if (!person || person.enterpriseId !== params.id) throw problem('not_found')
      const bindingId = await bindStandIn(system, city, person, { relation: 'clerk', deviceId: ctx.actor.personId! })
      return reportNow(system, city, bindingId, body)
    })
    ctx.announce('health.reported_for', { kind: 'employment', id: params.employmentId }, { day: body.day, slot: body.slot, version: receipt.version })
    return receipt
  }
}
/** Whoever reports for somebody, by a binding of their own that shows who it was. */
export async function bindStandIn(system: Ctx, city: string, person: { employmentId: string; enterpriseId: string; personId: string; workplaceId: string; state: string }, by: { relation: 'clerk' | 'gate'; deviceId: string }): Promise<string> {
  if (person.state === 'left') throw problem('health.not_on_roster')
  const { employmentId, enterpriseId, personId, workplaceId } = person
  const noticeVersion = noticeOf('health', system.now).version
  const { id, fresh } = await standInFor(system, { id: newId(), ...by, employmentId, enterpriseId, personId, noticeVersion })
  if (fresh) {
    await monitor(system, city, [employmentId])
    system.announce('health.phone_bound', { kind: 'binding', id }, { employmentId, workplaceId, relation: by.relation, noticeVersion })
  }
  return id
}
/** One report in the caller's own transaction: the few that do not come through the intake. */
export async function reportNow(system: Ctx, city: string, bindingId: string, report: SendReport): Promise<Receipt> {
  const limits = limitsOf<HealthLimits>('health', city, system.now)
  const today = shanghaiDay(system.now)
  const { day, version } = report
  if (!dayIsOpen(day, today, limits.daysLate)) throw problem('health.day_outside', { day, today, days: limits.daysLate })
  if (version !== undefined && !mayCorrect(day, system.now, limits.correctHours)) throw problem('health.correction_late', { day, hours: limits.correctHours })
  if (version !== undefined && version > limits.corrections + 1) throw problem('health.corrections_full', { most: limits.corrections })
  await system.apart((apart) => ensureDay(apart, day))
  const [answer] = await storeBatch(system, [{ bindingId, report, text: JSON.stringify(report.answers) }])
  if (answer instanceof Problem) throw answer
  return answer!
}
