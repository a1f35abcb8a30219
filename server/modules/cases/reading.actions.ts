// What upper rooms may know of their cases beside how these stand: the parts, and until when they are to be decided.
import { elevated, type Ctx } from '../../base/context.ts'
import { selectResolveDues } from './clocks.store.ts'
import { selectParts, type PartRecord } from './store.ts'

export type CasePart = Pick<PartRecord, 'id' | 'step' | 'unitId' | 'personId' | 'role' | 'state' | 'result' | 'note' | 'fromPartId' | 'openedAt' | 'endedAt' | 'endedBy'>
/** The parts of a case in their order. The caller answers for the reader's right to see it. */
export function partsOf(ctx: Ctx, caseId: string): Promise<CasePart[]> {
  return elevated(ctx, (system) => selectParts(system, caseId))
}
/** By record, until when its open case is to be decided: the clock of the whole, not that of a first response. Null while it stands still. */
export function resolveDues(ctx: Ctx, kind: string, subjectIds: readonly string[]): Promise<Map<string, string | null>> {
  return elevated(ctx, async (system) => new Map((await selectResolveDues(system, kind, subjectIds)).map(({ subjectId, dueAt }) => [subjectId, dueAt])))
}
