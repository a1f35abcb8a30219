// Parts that change hands without their holder: raised by a unit above (提级办理), sent elsewhere when the matter has moved. Clocks go on as they are.
import { elevated, type Ctx } from '../../base/context.ts'
import { openTo } from '../../base/reach.ts'
import { carryClocks } from './clocks.store.ts'
import type { CaseScope } from './ports.ts'
import { movePart } from './parts.actions.ts'
import { tell } from './shared.actions.ts'
import { insertParts, lockCaseRow, putScope, selectParts, updatePart } from './store.ts'

/** Open parts of units below one become that unit's: one part in their stead, unless it has one already. The caller answers for its standing above them. */
export async function raiseParts(ctx: Ctx, caseId: string, partIds: readonly string[], unitId: string): Promise<void> {
  await elevated(ctx, async (system) => {
    const row = await lockCaseRow(system, caseId)
    const parts = await selectParts(system, caseId)
    let own = parts.some((part) => part.state === 'open' && part.unitId === unitId)
    // The lead first: what it becomes leads.
    for (const part of parts.filter((one) => one.state === 'open' && partIds.includes(one.id)).sort((a, b) => Number(b.role === 'lead') - Number(a.role === 'lead'))) {
      if (!own) await movePart(system, row, part, unitId, 'part.raised', null, part.id)
      else {
        await updatePart(system, part, { state: 'moved', endedAt: system.now.toISOString(), endedBy: system.actor.personId })
        await tell(system, row, 'part.raised', { partId: part.id, unitId: part.unitId, internal: true, params: { unit: unitId } })
      }
      own = true
      ctx.announce('case.part_moved', { kind: 'case', id: row.id }, { partId: part.id, from: part.unitId, to: unitId })
    }
  })
}
/** The matter has moved: it lies elsewhere and goes to other units from its first step on; what was done stays on record. */
export async function rerouteCase(ctx: Ctx, caseId: string, scope: CaseScope, steps: readonly (readonly { unitId: string; role: 'lead' | 'help' }[])[]): Promise<void> {
  await elevated(ctx, async (system) => {
    const before = await lockCaseRow(system, caseId)
    const parts = await selectParts(system, caseId)
    await putScope(system, caseId, scope)
    const row = { ...before, ...scope }
    const last = parts.reduce((most, part) => Math.max(most, part.step), 0)
    for (const part of parts) if (part.endedAt === null) await updatePart(system, part, { state: 'moved', endedAt: system.now.toISOString() })
    const fresh = await insertParts(system, row, steps.flatMap((step, no) => step.map(({ unitId, role }) => ({ step: last + no + 1, unitId, personId: null, role, state: no === 0 ? 'open' as const : 'coming' as const, fromPartId: null }))), system.now.toISOString())
    await putScope(system, caseId, scope, last + 1)
    await openTo(system, [row.id, row.subjectId], [...new Set(steps.flat().map(({ unitId }) => unitId))])
    for (const part of parts) if (part.endedAt === null && part.state === 'open') await carryClocks(system, part.id, fresh[0]!.id)
    await tell(system, row, 'case.rerouted', { side: 'clock', params: { unit: steps[0]![0]!.unitId } })
    ctx.announce('case.part_moved', { kind: 'case', id: row.id }, { partId: fresh[0]!.id, from: parts[0]!.unitId, to: steps[0]![0]!.unitId })
  })
}
