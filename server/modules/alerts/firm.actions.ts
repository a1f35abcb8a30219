// What a firm has to do about its employees: look into it, isolate, disinfect; it learns the deed and the limit, never what was found.
import type { Input, Returns } from '@fugong/contract/base'
import type { answerFirmMatter, listFirmMatters } from '@fugong/contract/alerts'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { caseOf, moveCase, tellCase } from '../cases/index.ts'
import { workplaceNames } from '../enterprises/index.ts'
import { employmentFacts } from '../people/index.ts'
import { PURPOSE } from './answer.actions.ts'
import { ALERT, MATTER } from './kind.actions.ts'
import { requireOwnFirm } from './policy.ts'
import { getAlertRow, lockFirmStep, selectFirmSteps, updateAlert, updateStep } from './store.ts'

export async function listMatters(ctx: Ctx, { params, query }: Input<typeof listFirmMatters>): Promise<Returns<typeof listFirmMatters>> {
  requireOwnFirm(ctx, params.id)
  const steps = await selectFirmSteps(ctx, params.id, query.open ?? false)
  const people = new Map((await employmentFacts(ctx, [...new Set(steps.map(({ employmentId }) => employmentId))])).map((one) => [one.employmentId, one]))
  const places = await workplaceNames(ctx, [...new Set([...people.values()].map(({ workplaceId }) => workplaceId))])
  return {
    items: steps.map((step) => {
      const one = people.get(step.employmentId)
      return {
        stepId: step.id, step: step.step, employmentId: step.employmentId, name: one?.name ?? '–', workplaceName: one ? (places.get(one.workplaceId) ?? '–') : '–', crew: one?.crew ?? null, dueAt: step.dueAt, doneAt: step.doneAt, note: step.noteSealed ? ctx.sealer.open(PURPOSE, step.noteSealed) : null,
        overdue: step.doneAt === null && step.dueAt < ctx.now.toISOString(), can: step.doneAt === null ? ['answer'] : [],
      }
    }),
  }
}
export async function answer(ctx: Ctx, { params, body }: Input<typeof answerFirmMatter>): Promise<Returns<typeof answerFirmMatter>> {
  requireOwnFirm(ctx, params.id)
  const step = await lockFirmStep(ctx, params.id, params.stepId)
  if (step.doneAt !== null || step.dropped) throw problem('alerts.state_refused')
  const alert = await elevated(ctx, async (system) => {
    await updateStep(system, step.id, { doneAt: ctx.now.toISOString(), doneBy: ctx.actor.personId, noteSealed: ctx.sealer.seal(PURPOSE, body.note.trim()) })
    return getAlertRow(system, step.alertId, true)
  })
  if (alert.kind === 'matter') {
    const standing = await caseOf(ctx, MATTER, alert.id)
    if (standing && standing.endedAt === null) await moveCase(ctx, standing.id, 'answer')
    await elevated(ctx, (system) => updateAlert(system, alert, { state: 'answered', endedAt: ctx.now.toISOString() }))
    ctx.announce('alert.ended', { kind: 'alert', id: alert.id }, { how: 'answered' })
  } else {
    await elevated(ctx, async (system) => {
      const standing = await caseOf(system, ALERT, alert.id)
      if (standing && standing.endedAt === null) await tellCase(system, standing.id, 'stepDone', { params: { step: step.step }, internal: true, side: 'firm' })
      // What was looked at has changed: an officer who acts on it is told.
      await updateAlert(system, alert, {})
    })
    ctx.announce('alert.step_done', { kind: 'alert', id: alert.id }, { step: step.step })
  }
  return { done: true as const }
}
