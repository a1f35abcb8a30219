// Asks the table in force which procedure a declaration takes, from the level of its district at that moment.
import { evidences, procedures, type Evidence, type Procedure } from '@fugong/contract/declarations'
import type { RiskLevel } from '@fugong/contract/levels'
import type { Decision } from '@fugong/contract/rules'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { negativeListOf } from '../enterprises/index.ts'
import { levelAt } from '../levels/index.ts'
import { decide } from '../rules/index.ts'
import type { DeclarationRecord } from './store.ts'

export const TABLE = 'declaration.procedure'
/** The flag of a firm whose measures an office has vouched for. */
export const WHITE_LIST = 'whiteList'
export interface Judgement {
  level: RiskLevel | null; levelRecordId: string | null; procedure: Procedure; evidence: Evidence
  /** Working hours until an office responds and until it is overdue; the latter is null only when it takes effect at once. */
  respondHours: number | null; hours: number | null
  overdueOutcome: 'accept' | 'escalate' | null; decision: Decision
}

export type Judged = Pick<DeclarationRecord, 'districtCode' | 'zoneCode' | 'industryCode' | 'enterpriseClass' | 'enterpriseKind' | 'enterpriseSize' | 'whiteList' | 'acrossDistricts' | 'operatorId' | 'scene' | 'emergencyKind'>
/** What the table may look at beside the level. */
export const inputsOf = (row: Pick<Judged, 'enterpriseClass' | 'enterpriseSize' | 'whiteList' | 'scene' | 'emergencyKind'>, level: string, negativeList: boolean) => ({
  level, negativeList, vital: row.enterpriseClass === 'vital', enterpriseClass: row.enterpriseClass, whiteList: row.whiteList, scene: row.scene, size: row.enterpriseSize ?? 'undetermined', emergency: row.emergencyKind,
})
/** The level is that of the district of the address, also inside a development zone (zones have no GB/T 2260 code of their own, and the provincial lists name districts). Reads only; `submit` records it. */
export async function judge(ctx: Ctx, row: Judged): Promise<Judgement> {
  const { districtCode, industryCode, emergencyKind } = row
  const [listed, negativeList] = await Promise.all([levelAt(ctx, districtCode, ctx.now), negativeListOf(ctx, { industryCode, areaCode: districtCode, kind: emergencyKind })])
  const decision = await decide(ctx, { table: TABLE, areaCode: districtCode, kind: emergencyKind, inputs: inputsOf(row, listed?.level ?? 'unlisted', negativeList) })
  const { procedure, workingHours, overdue, evidence, respondHours } = decision.outputs
  const found = procedures.find((one) => one === procedure)
  const positive = (hours: unknown) => (typeof hours === 'number' && hours > 0 ? hours : null)
  const hours = positive(workingHours)
  // A row that names no procedure, or sends to an office without a time limit, is no row to go by.
  if (!found || (found !== 'effective' && hours === null)) throw problem('rules.no_row', { table: TABLE })
  const judged = { level: listed?.level ?? null, levelRecordId: listed?.recordId ?? null, decision }
  if (found === 'effective') return { ...judged, procedure: found, evidence: 'none', respondHours: null, hours: null, overdueOutcome: null }
  // A table that says nothing of evidence means the visit that the procedure is named for.
  const seen = evidences.find((one) => one === evidence && one !== 'none') ?? 'site'
  return { ...judged, procedure: found, evidence: found === 'reviewAndSite' ? seen : 'none', respondHours: positive(respondHours), hours, overdueOutcome: overdue === 'accept' ? 'accept' : 'escalate' }
}
