// What follows for a declaration under way when the firm has moved to another of its workplaces.
import type { Input } from '@fugong/contract/base'
import type { Declaration } from '@fugong/contract/declarations'
import type { moveDeclaration } from '@fugong/contract/declarations.review'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { rerouteCase } from '../cases/index.ts'
import { getEnterpriseOf } from '../enterprises/index.ts'
import { recordDecision } from '../rules/index.ts'
import { toDeclaration } from './answer.actions.ts'
import { openReviewOf } from './case.actions.ts'
import { factsOf } from './facts.actions.ts'
import { judge } from './judge.actions.ts'
import { routeOf } from './route.actions.ts'
import { change, loadFor, tell } from './shared.actions.ts'
import { replaceGrams, scopeOf, updateScope, type DeclarationRecord } from './store.ts'

/**
 * The firm has moved while its declaration is under way: it goes on for another of its workplaces, judged anew by the level
 * there, with both levels on the record; the case goes to the units of the new place and its clock goes on. What has been
 * filed for the new place on its own stays in the way (`declarations.open_exists`).
 */
export async function move(ctx: Ctx, { params, body }: Input<typeof moveDeclaration>): Promise<Declaration> {
  const before = await loadFor(ctx, 'move', params.id, body.revision)
  const enterprise = await getEnterpriseOf(ctx, before.enterpriseId, body.workplaceId)
  const facts = await factsOf(ctx, enterprise)
  if (facts.workplaceId === before.workplaceId) throw problem('enterprises.workplace_unknown')
  const placed: DeclarationRecord = { ...before, ...facts, communityCode: null }
  const judged = await judge(ctx, placed)
  const standing = await openReviewOf(ctx, before)
  // Where the new place asks for no review the firm submits it there as its own: what is under way keeps being reviewed.
  const procedure = judged.procedure === 'effective' ? before.procedure! : judged.procedure
  const route = await routeOf(ctx, placed, { level: judged.level, procedure })
  const decisionId = await recordDecision(ctx, judged.decision, { kind: 'declaration', id: before.id })
  await updateScope(ctx, before.id, scopeOf(placed))
  const { districtCode: _d, streetCode: _s, zoneCode: _z, departmentKey: _k, ...names } = facts
  const moved = await change(ctx, { ...before, ...scopeOf(placed) }, 'firm', {
    ...names, communityCode: null, level: judged.level, levelRecordId: judged.levelRecordId, procedure, evidence: judged.procedure === 'effective' ? before.evidence : judged.evidence, decision: judged.decision, decisionId, judgedAt: ctx.now.toISOString(),
    route, reviewUnitId: route.steps[0]![0]!.unitId, visitAt: null, visitWho: null, visitBy: null, visitUnitId: null, visitSetAt: null,
  })
  await rerouteCase(ctx, standing.id, scopeOf(placed), route.steps)
  await replaceGrams(ctx, moved)
  await tell(ctx, moved, 'firm', 'declaration.moved', { from: before.workplaceId, to: moved.workplaceId }, `${before.workplaceName} → ${moved.workplaceName}`)
  return toDeclaration(ctx, moved)
}
