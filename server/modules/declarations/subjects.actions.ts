// Declarations as the table of procedures sees them: what is under review or filed, judged again from the levels of now.
import type { Ctx } from '../../base/context.ts'
import { negativeListOf } from '../enterprises/index.ts'
import { levelAt } from '../levels/index.ts'
import type { TableSubjects } from '../rules/index.ts'
import { inputsOf, REFINEMENT, TABLE } from './judge.actions.ts'
import { countSubjects, selectSubjects, selectTitled } from './subjects.store.ts'

/** Asks once for each key, however many declarations share it. */
function remembered<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (key) => {
    const answer = known.get(key) ?? ask(key)
    known.set(key, answer)
    return answer
  }
}

export const declarationSubjects: TableSubjects = {
  kind: 'declaration',
  tables: [TABLE, REFINEMENT],
  count: (ctx, question) => countSubjects(ctx, question),
  async page(ctx: Ctx, question) {
    const rows = await selectSubjects(ctx, question)
    const level = remembered(async (district) => (await levelAt(ctx, district, ctx.now))?.level ?? 'unlisted')
    const negative = remembered((key) => {
      const [areaCode = '', industryCode = '', kind = ''] = key.split(' ')
      return negativeListOf(ctx, { industryCode, areaCode, kind })
    })
    const found = []
    for (const row of rows) {
      const inputs = inputsOf(row, await level(row.districtCode), await negative(`${row.districtCode} ${row.industryCode} ${row.emergencyKind}`))
      found.push({ id: row.id, areaCode: row.districtCode, inputs })
    }
    return found
  },
  async describe(ctx, ids) {
    const rows = await selectTitled(ctx, ids)
    return new Map(rows.map((row) => [row.id, { title: `${row.enterpriseName} · ${row.workplaceName}`, enterpriseId: row.enterpriseId, areaCode: row.streetCode }]))
  },
}
