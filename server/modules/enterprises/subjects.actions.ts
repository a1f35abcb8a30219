// Firms as decision tables see them: which ones a table decides, and from what.
import type { Ctx } from '../../base/context.ts'
import { Problem } from '../../base/problem.ts'
import { decide, type Subject, type TableSubjects } from '../rules/index.ts'
import { firstDivisionOf } from './industries.store.ts'
import { SIZE_TABLE, TRADE_TABLE } from './size.actions.ts'
import { countSubjects, selectSubjects, selectTitled, type SubjectRow } from './subjects.store.ts'

/** The industry as tables of departments name it: a firm that gave a section stands under its first division. */
async function divisionsOf(ctx: Ctx, codes: readonly string[]): Promise<Map<string, string>> {
  const sections = [...new Set(codes)].filter((code) => /^[A-T]$/.test(code))
  const found = await Promise.all(sections.map(async (code): Promise<[string, string]> => [code, (await firstDivisionOf(ctx, code)) ?? code]))
  return new Map(found)
}
async function byTrade(ctx: Ctx, rows: readonly SubjectRow[]): Promise<Subject[]> {
  const divisions = await divisionsOf(ctx, rows.map((row) => row.industryCode))
  return rows.map((row) => ({ id: row.id, areaCode: row.districtCode, inputs: { industry: divisions.get(row.industryCode) ?? row.industryCode } }))
}
const byKind = (rows: readonly SubjectRow[]): Subject[] => rows.map((row) => ({ id: row.id, areaCode: row.districtCode, inputs: { industry: row.industryCode, kind: row.kind } }))

/** The figures that the trade asks for; one that it needs and the firm has not given stays missing, so that no size comes out. */
async function byFigures(ctx: Ctx, rows: readonly SubjectRow[]): Promise<Subject[]> {
  const trades = new Map<string, Record<string, unknown>>()
  const found: Subject[] = []
  for (const { id, districtCode, industryCode, kind, ...figures } of rows) {
    const key = `${districtCode} ${industryCode} ${kind}`
    const trade = trades.get(key) ?? (await tradeOf(ctx, { districtCode, industryCode, kind }))
    trades.set(key, trade)
    const given = (name: 'staff' | 'revenue' | 'assets') => figures[name] ?? (trade[name] === true ? null : 0)
    found.push({ id, areaCode: districtCode, inputs: { trade: trade['trade'], staff: given('staff'), revenue: given('revenue'), assets: given('assets') } })
  }
  return found
}
async function tradeOf(ctx: Ctx, { districtCode, industryCode, kind }: Pick<SubjectRow, 'districtCode' | 'industryCode' | 'kind'>): Promise<Record<string, unknown>> {
  try {
    return (await decide(ctx, { table: TRADE_TABLE, areaCode: districtCode, kind: '', inputs: { industry: industryCode, kind } })).outputs
  } catch (error) {
    if (error instanceof Problem && (error.code === 'rules.no_table' || error.code === 'rules.no_row')) return {}
    throw error
  }
}

export const enterpriseSubjects: TableSubjects = {
  kind: 'enterprise',
  tables: ['enterprise.department', 'enterprise.negativeList', TRADE_TABLE, SIZE_TABLE],
  count: (ctx, { areas }) => countSubjects(ctx, areas),
  async page(ctx, { table, areas, after, limit }) {
    const rows = await selectSubjects(ctx, areas, after, limit)
    return table === SIZE_TABLE ? byFigures(ctx, rows) : table === TRADE_TABLE ? byKind(rows) : byTrade(ctx, rows)
  },
  async describe(ctx, ids) {
    const rows = await selectTitled(ctx, ids)
    return new Map(rows.map((row) => [row.id, { title: row.name, enterpriseId: row.id, areaCode: row.streetCode }]))
  },
}
