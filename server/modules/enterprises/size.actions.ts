// The size of a firm by the table in force: which figures its trade needs, what they come to, and why.
import type { Decision, DecisionTable } from '@fugong/contract/rules'
import type { EnterpriseSize, SizeInput } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { Problem } from '../../base/problem.ts'
import { decide, importTable } from '../rules/index.ts'
import type { Facts } from './facts.rules.ts'

/** Which trade of the size table an industry belongs to, and which figures that trade asks for. */
export const TRADE_TABLE = 'enterprise.sizeTrade'
export const SIZE_TABLE = 'enterprise.size'
export interface Sized { size: EnterpriseSize; sizeMissing: SizeInput[]; decision: Decision | undefined }
type Basis = Pick<Facts, 'industryCode' | 'kind' | 'staff' | 'revenue' | 'assets' | 'districtCode'>

/** No table in force: undetermined, with nothing that the firm could add. */
export async function sizeOf(ctx: Ctx, firm: Basis): Promise<Sized> {
  const undetermined = (sizeMissing: SizeInput[]): Sized => ({ size: 'undetermined', sizeMissing, decision: undefined })
  const trade = await decided(ctx, TRADE_TABLE, firm, { industry: firm.industryCode, kind: firm.kind })
  if (!trade) return undetermined([])
  if (trade.outputs['trade'] === 'none') return { size: 'notApplicable', sizeMissing: [], decision: trade }
  if (trade.outputs['trade'] === 'coarse') return undetermined(['industryCode'])
  const missing = (['staff', 'revenue', 'assets'] as const).filter((name) => trade.outputs[name] === true && firm[name] === null)
  if (missing.length) return undetermined(missing)
  // A figure that the trade does not ask for stands as nought; no row of the trade names it.
  const decision = await decided(ctx, SIZE_TABLE, firm, { trade: trade.outputs['trade'], staff: firm.staff ?? 0, revenue: firm.revenue ?? 0, assets: firm.assets ?? 0 })
  const size = decision?.outputs['size']
  return typeof size === 'string' ? { size: size as EnterpriseSize, sizeMissing: [], decision } : undetermined([])
}
async function decided(ctx: Ctx, table: string, firm: Basis, inputs: Record<string, unknown>): Promise<Decision | undefined> {
  try {
    // The size belongs to no kind of emergency.
    return await decide(ctx, { table, areaCode: firm.districtCode, kind: '', inputs })
  } catch (error) {
    if (error instanceof Problem && (error.code === 'rules.no_table' || error.code === 'rules.no_row')) return undefined
    throw error
  }
}
/** The versions in force, by the case of a shop. */
export async function versionsNow(ctx: Ctx, areaCode: string): Promise<Map<string, number>> {
  const shop = { industryCode: '5212', kind: 'company', staff: 1, revenue: 1, assets: 1, districtCode: areaCode } as const
  const found = [await decided(ctx, TRADE_TABLE, shop, { industry: shop.industryCode, kind: shop.kind }), await decided(ctx, SIZE_TABLE, shop, { trade: 'retail', staff: 1, revenue: 1, assets: 1 })]
  return new Map(found.flatMap((decision) => (decision ? [[decision.table, decision.version] as const] : [])))
}

/** Loads the tables of `data/china/tables` for a city, for every kind of emergency; officials change them there by a new version. */
export async function loadSizeTables(ctx: Ctx, city: string): Promise<void> {
  for (const code of [TRADE_TABLE, SIZE_TABLE]) {
    const { value, hash } = readData<Omit<DecisionTable, 'areaCode'>>('data', 'china', 'tables', `${code}.json`)
    await loadOnce(ctx, `${code}/${city}`, hash, () => importTable(ctx, { ...value, areaCode: city }, { kind: null, pack: null }))
  }
}
