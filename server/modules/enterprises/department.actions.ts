// What the tables of the open emergency say of a trade: its department, and whether it stands on the negative list.
import type { Decision } from '@fugong/contract/rules'
import type { Ctx } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { openEmergenciesFor } from '../emergencies/index.ts'
import { decide } from '../rules/index.ts'
import { firstDivisionOf } from './industries.store.ts'
import { selectTrades, setTradeDepartment } from './store.ts'

export interface Trade { industryCode: string; areaCode: string; kind: string }

/** The decision that names the department, by the oldest open emergency there whose pack has such a table; undefined when none has. */
export async function departmentOf(ctx: Ctx, trade: { industryCode: string; districtCode: string }): Promise<{ department: string; decision: Decision } | undefined> {
  const emergencies = await openEmergenciesFor(ctx, trade.districtCode)
  const section = /^[A-T]$/.test(trade.industryCode)
  const industryCode = (section ? await firstDivisionOf(ctx, trade.industryCode) : undefined) ?? trade.industryCode
  for (const { kind } of emergencies) {
    const decision = await decided(ctx, 'enterprise.department', { industryCode, areaCode: trade.districtCode, kind })
    const department = decision?.outputs['department']
    if (decision && typeof department === 'string') return { department, decision }
  }
  return undefined
}
/** Whether a trade is on the negative list in an area under a kind of emergency; no list, no. */
export async function negativeListOf(ctx: Ctx, trade: Trade): Promise<boolean> {
  return (await decided(ctx, 'enterprise.negativeList', trade))?.outputs['negative'] === true
}
async function decided(ctx: Ctx, table: string, { industryCode, areaCode, kind }: Trade): Promise<Decision | undefined> {
  try {
    return await decide(ctx, { table, areaCode, kind, inputs: { industry: industryCode } })
  } catch (error) {
    // A pack need not bring this table: the flood pack knows neither.
    if (error instanceof Problem && (error.code === 'rules.no_table' || error.code === 'rules.no_row')) return undefined
    throw error
  }
}

/** Gives every firm the department that the present tables name: an emergency or a table came after the registration. */
export async function renewDepartments(ctx: Ctx): Promise<void> {
  for (const trade of await selectTrades(ctx)) {
    const found = await departmentOf(ctx, trade)
    if (found) await setTradeDepartment(ctx, trade, found.department)
  }
}
