// Asks the table in force which procedure a declaration takes, from the level of its district at that moment.
import { procedures, type Procedure } from '@fugong/contract/declarations'
import type { RiskLevel } from '@fugong/contract/levels'
import type { Decision } from '@fugong/contract/rules'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { negativeListOf } from '../enterprises/index.ts'
import { levelAt } from '../levels/index.ts'
import { decide } from '../rules/index.ts'
import type { DeclarationRecord } from './store.ts'

export const TABLE = 'declaration.procedure'
export interface Judgement { level: RiskLevel | null; levelRecordId: string | null; procedure: Procedure; /** Working hours until it is overdue; null only when it takes effect at once. */ hours: number | null; overdueOutcome: 'accept' | 'escalate' | null; decision: Decision }

type Judged = Pick<DeclarationRecord, 'districtCode' | 'industryCode' | 'enterpriseClass' | 'emergencyKind'>
/** The level is that of the district of the address, also inside a development zone (zones have no GB/T 2260 code of their own, and the provincial lists name districts). Reads only; `submit` records it. */
export async function judge(ctx: Ctx, { districtCode, industryCode, enterpriseClass, emergencyKind }: Judged): Promise<Judgement> {
  const [listed, negativeList] = await Promise.all([levelAt(ctx, districtCode, ctx.now), negativeListOf(ctx, { industryCode, areaCode: districtCode, kind: emergencyKind })])
  const decision = await decide(ctx, { table: TABLE, areaCode: districtCode, kind: emergencyKind, inputs: { level: listed?.level ?? 'unlisted', negativeList, vital: enterpriseClass === 'vital' } })
  const { procedure, workingHours, overdue } = decision.outputs
  const found = procedures.find((one) => one === procedure)
  const hours = typeof workingHours === 'number' && workingHours > 0 ? workingHours : null
  // A row that names no procedure, or sends to an office without a time limit, is no row to go by.
  if (!found || (found !== 'effective' && hours === null)) throw problem('rules.no_row', { table: TABLE })
  const judged = { level: listed?.level ?? null, levelRecordId: listed?.recordId ?? null, decision }
  if (found === 'effective') return { ...judged, procedure: found, hours: null, overdueOutcome: null }
  return { ...judged, procedure: found, hours, overdueOutcome: overdue === 'accept' ? 'accept' : 'escalate' }
}
