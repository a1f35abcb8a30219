// Asks the tables in force which procedure a declaration takes, from the level of its district at that moment.
import { evidences, procedures, type Evidence, type Procedure } from '@fugong/contract/declarations'
import type { RiskLevel } from '@fugong/contract/levels'
import type { Decision } from '@fugong/contract/rules'
import type { Ctx } from '../../base/context.ts'
import { Problem, problem } from '../../base/problem.ts'
import { negativeListOf } from '../enterprises/index.ts'
import { levelAt } from '../levels/index.ts'
import { decide, type Question } from '../rules/index.ts'
import type { DeclarationRecord } from './store.ts'

export const TABLE = 'declaration.procedure'
/** Refines what the first table says by class, white list, scene and size. */
export const REFINEMENT = 'declaration.refinement'
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
  const inputs = inputsOf(row, listed?.level ?? 'unlisted', negativeList)
  const first = await decide(ctx, { table: TABLE, areaCode: districtCode, kind: emergencyKind, inputs })
  const second = await refined(ctx, { areaCode: districtCode, kind: emergencyKind, inputs })
  const said = (name: string): unknown => second?.outputs[name] ?? first.outputs[name]
  const positive = (value: unknown) => (typeof value === 'number' && value > 0 ? value : null)
  const [found, hours] = [procedures.find((one) => one === said('procedure')), positive(said('workingHours'))]
  // A row that names no procedure, or sends to an office without a time limit, is no row to go by.
  if (!found || (found !== 'effective' && hours === null)) throw problem('rules.no_row', { table: TABLE })
  // The sentence is that of the table that had the last word on what the firm has to wait for.
  const decision = second && ['procedure', 'workingHours', 'overdue'].some((name) => second.outputs[name] !== null) ? second : first
  const judged = { level: listed?.level ?? null, levelRecordId: listed?.recordId ?? null, decision }
  if (found === 'effective') return { ...judged, procedure: found, evidence: 'none', respondHours: null, hours: null, overdueOutcome: null }
  // Tables that say nothing of evidence mean the visit that the procedure is named for.
  const seen = evidences.find((one) => one === said('evidence') && one !== 'none') ?? 'site'
  return { ...judged, procedure: found, evidence: found === 'reviewAndSite' ? seen : 'none', respondHours: positive(said('respondHours')), hours, overdueOutcome: said('overdue') === 'accept' ? 'accept' : 'escalate' }
}
/** What the second table says, where the pack has one; empty cells leave what the first one said. */
async function refined(ctx: Ctx, question: Omit<Question, 'table'>): Promise<Decision | undefined> {
  try {
    return await decide(ctx, { ...question, table: REFINEMENT })
  } catch (error) {
    if (error instanceof Problem && error.code === 'rules.no_table') return undefined
    throw error
  }
}
