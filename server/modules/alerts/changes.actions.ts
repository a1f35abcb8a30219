// Changing a colour by hand: one case officer proposes level, reason and last day, another one of the district agrees.
import type { Input } from '@fugong/contract/base'
import type { Alert, decideChange, proposeChange } from '@fugong/contract/alerts'
import { healthLevels } from '@fugong/contract/health'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { limitsOf } from '../../base/limits.ts'
import { problem } from '../../base/problem.ts'
import { setColour } from '../health/index.ts'
import { levelOf, PURPOSE, toAlert } from './answer.actions.ts'
import { insertChange, lockChange, openChange, settleChange } from './changes.store.ts'
import { addDays } from './rules.ts'
import { getAlertRow } from './store.ts'

/** `data/china/limits-alerts.json`: the most days that a change by hand holds. */
export interface AlertLimits { changeDays: number }
export const propose = (city: string) => async (ctx: Ctx, { params, body }: Input<typeof proposeChange>): Promise<Alert> => {
  const row = await getAlertRow(ctx, params.id)
  const today = shanghaiDay(ctx.now)
  const { changeDays } = limitsOf<AlertLimits>('alerts', city, ctx.now)
  if (body.until < today || body.until > addDays(today, changeDays)) throw problem('alerts.until_outside', { days: changeDays })
  if (await openChange(ctx, row.employmentId)) throw problem('alerts.change_open')
  const id = newId()
  await elevated(ctx, (system) => insertChange(system, { id, employmentId: row.employmentId, districtCode: row.districtCode, level: healthLevels.indexOf(body.level), until: body.until, reasonSealed: ctx.sealer.seal(PURPOSE, body.reason.trim()), state: 'proposed', proposedBy: ctx.actor.personId!, proposedAt: ctx.now.toISOString(), decidedBy: null, decidedAt: null }))
  ctx.announce('alert.change_proposed', { kind: 'alert', id: row.id }, { changeId: id, until: body.until })
  return toAlert(ctx, row)
}
export async function decideOn(ctx: Ctx, { params, body }: Input<typeof decideChange>): Promise<Alert> {
  const row = await getAlertRow(ctx, params.id)
  const change = await lockChange(ctx, params.changeId)
  if (change.employmentId !== row.employmentId) throw problem('not_found')
  if (change.proposedBy === ctx.actor.personId) throw problem('alerts.second_person')
  await elevated(ctx, async (system) => {
    await settleChange(system, change.id, body.agree ? 'agreed' : 'refused', ctx.actor.personId!)
    if (body.agree) await setColour(system, row.employmentId, levelOf(change.level), { source: 'hand', byPerson: change.proposedBy, agreedBy: ctx.actor.personId, until: change.until, reason: ctx.sealer.open(PURPOSE, change.reasonSealed) })
  })
  ctx.announce('alert.change_decided', { kind: 'alert', id: row.id }, { changeId: change.id, agreed: body.agree })
  return toAlert(ctx, await getAlertRow(ctx, params.id))
}
