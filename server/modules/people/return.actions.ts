// Use case of the return to work check: level of the origin, days, exposure and state, decided by the table in force.
import type { Bilingual, Input, Returns } from '@fugong/contract/base'
import type { checkReturns, ReturnCheck } from '@fugong/contract/people'
import type { Decision } from '@fugong/contract/rules'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { openEmergencyFor } from '../emergencies/index.ts'
import { decide, recordDecisions } from '../rules/index.ts'
import { divisionOf } from './divisions.actions.ts'
import { requireOwnFirm } from './policy.ts'
import type { PeopleOptions } from './ports.ts'
import { answerOf, countedFrom, daysBetween, exposureOf, type ReturnFacts } from './return.rules.ts'
import { openSecrets } from './sealed.actions.ts'
import { today } from './shared.actions.ts'
import { selectEmployments, type EmploymentRow } from './store.ts'

export const RETURN_TABLE = 'person.returnCheck'
export function checkReturnsOf(options: PeopleOptions) {
  return async (ctx: Ctx, { params, body }: Input<typeof checkReturns>): Promise<Returns<typeof checkReturns>> => {
    requireOwnFirm(ctx, params.id)
    const rows = (await selectEmployments(ctx, body.ids)).filter((row) => row.enterpriseId === params.id)
    if (rows.length !== body.ids.length) throw problem('not_found')
    return { items: await judgeReturns(ctx, options, rows) }
  }
}
/** The check for employments that the caller may see; each decision that was made is kept with the employment. */
export async function judgeReturns(ctx: Ctx, options: PeopleOptions, rows: readonly EmploymentRow[]): Promise<ReturnCheck[]> {
  const levels = new Map<string, ReturnCheck['level']>()
  const made: { decision: Decision; subject: { kind: string; id: string } }[] = []
  const items: ReturnCheck[] = []
  for (const row of rows) {
    const { exposure } = openSecrets(ctx, row)
    const facts: ReturnFacts = { originCode: row.originCode, leftOn: row.leftOn, returnedOn: row.returnedOn, exposure, observingUntil: row.observingUntil }
    const level = row.originCode ? (levels.get(row.originCode) ?? (await levelOf(ctx, options, row.originCode))) : 'unlisted'
    if (row.originCode) levels.set(row.originCode, level)
    const from = countedFrom(facts)
    const shared = { employmentId: row.id, name: row.name, level, origin: divisionOf(row.originCode), daysSince: from ? Math.max(0, daysBetween(from, today(ctx))) : null }
    const missing = row.originCode === null ? 'originCode' : exposure === null ? 'exposure' : null
    if (missing) {
      items.push({ ...shared, outcome: 'ask', mayStartOn: null, missing, place: null, sentence: ASK[missing] })
      continue
    }
    const kind = (await openEmergencyFor(ctx, row.districtCode))?.kind ?? ''
    const decision = await decide(ctx, { table: RETURN_TABLE, areaCode: row.districtCode, kind, inputs: { level, sameCity: row.originCode!.slice(0, 4) === row.districtCode.slice(0, 4), exposure: exposureOf(exposure) } })
    made.push({ decision, subject: { kind: 'employment', id: row.id } })
    const { days, place } = decision.outputs as { days: number; place: 'none' | 'home' | 'central' }
    items.push({ ...shared, ...answerOf(facts, { days, place }, today(ctx)), sentence: decision.sentence })
  }
  if (made.length) await elevated(ctx, (system) => recordDecisions(system, made))
  return items
}
/** The level of a county, else of its city, else of its province: lists name what they mean at any of them. */
async function levelOf(ctx: Ctx, options: PeopleOptions, originCode: string): Promise<ReturnCheck['level']> {
  const codes = [originCode, `${originCode.slice(0, 4)}00`, `${originCode.slice(0, 2)}0000`]
  for (const code of new Set(codes)) {
    const found = await options.levelAt(ctx, code, ctx.now)
    if (found) return found.level
  }
  return 'unlisted'
}
const ASK: Readonly<Record<'originCode' | 'exposure', Bilingual>> = {
  originCode: { zh: '还不知道从哪里返回，不能判定，请先补填来源地。', en: 'Where the person comes back from is not known yet; enter it first.' },
  exposure: { zh: '还没有回答有无接触史，不能判定，请先补填。', en: 'The questions on exposure have not been answered yet; enter the answers first.' },
}
