// Firms as decision tables see them: which ones a table decides, and from what.
import type { Ctx } from '../../base/context.ts'
import type { SubjectQuestion, TableSubjects } from '../rules/index.ts'
import { firstDivisionOf } from './industries.store.ts'
import { countSubjects, selectSubjects, selectTitled } from './subjects.store.ts'

/** The industry as tables name it: a firm that gave a section stands under its first division. */
async function divisionsOf(ctx: Ctx, codes: readonly string[]): Promise<Map<string, string>> {
  const sections = [...new Set(codes)].filter((code) => /^[A-T]$/.test(code))
  const found = await Promise.all(sections.map(async (code): Promise<[string, string]> => [code, (await firstDivisionOf(ctx, code)) ?? code]))
  return new Map(found)
}

export const enterpriseSubjects: TableSubjects = {
  kind: 'enterprise',
  tables: ['enterprise.department', 'enterprise.negativeList'],
  count: (ctx, { areas }: SubjectQuestion) => countSubjects(ctx, areas),
  async page(ctx, { areas, after, limit }) {
    const rows = await selectSubjects(ctx, areas, after, limit)
    const divisions = await divisionsOf(ctx, rows.map((row) => row.industryCode))
    return rows.map((row) => ({ id: row.id, areaCode: row.districtCode, inputs: { industry: divisions.get(row.industryCode) ?? row.industryCode } }))
  },
  async describe(ctx, ids) {
    const rows = await selectTitled(ctx, ids)
    return new Map(rows.map((row) => [row.id, { title: row.name, enterpriseId: row.id, areaCode: row.streetCode }]))
  },
}
