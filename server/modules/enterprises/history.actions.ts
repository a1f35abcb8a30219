// The timeline of a firm: every change that its reader may see, with what it found and what it set.
import type { Input, Returns } from '@fugong/contract/base'
import type { Change, listChanges } from '@fugong/contract/enterprises.register'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { beginningOf, doersOf } from './doers.actions.ts'
import { factNames, inOrder, told, type Facts, type Patch } from './facts.rules.ts'
import { selectChanges, type ChangeRow } from './history.store.ts'
import { mayCancel } from './policy.ts'
import { firmNames } from './show.actions.ts'
import { findEnterprise, selectWorkplaces, type EnterpriseRow } from './store.ts'

export async function listChangesOf(ctx: Ctx, { params }: Input<typeof listChanges>): Promise<Returns<typeof listChanges>> {
  const firm = await findEnterprise(ctx, params.id)
  if (!firm) throw problem('not_found')
  // Newest first by the day it holds from, then by when it was written down.
  const rows = withBeginning(firm, await selectChanges(ctx, firm.id)).sort((a, b) => inOrder(b, a))
  const places = new Map((await selectWorkplaces(ctx, firm.id)).map((place) => [place.id, place.name]))
  const doers = await doersOf(ctx, rows.map((row) => ({ side: row.side, person: row.byPerson, unit: row.byUnit })))
  const lines = linesOf(rows)
  const merged = await firmNames(ctx, rows.flatMap((row) => row.patch.mergedInto ?? []))
  const items = rows.map((row, at): Change => ({
    id: row.id, kind: row.kind, effectiveOn: row.effectiveOn, recordedAt: row.recordedAt, by: doers[at]!, reason: row.reason, workplace: row.workplaceId ? (places.get(row.workplaceId) ?? null) : null,
    state: row.state, failure: row.failure, fields: (lines.get(row.id) ?? []).sort((a, b) => rank(a.name) - rank(b.name)).map((line) => (line.name === 'mergedInto' ? { ...line, after: merged.get(String(line.after))?.name ?? line.after } : line)),
    can: row.state === 'planned' && mayCancel(ctx, firm.id, row.side) ? ['cancel'] : [],
  }))
  return { knownFrom: firm.knownFrom, items }
}
const order: readonly string[] = ['closedOn', 'scene', ...factNames]
/** Fields stand in one order, whatever the order in which they were kept. */
const rank = (name: string) => order.indexOf(name)

/** A firm that never changed has no entry yet: its registration is told from its row. */
function withBeginning(firm: EnterpriseRow, rows: ChangeRow[]): ChangeRow[] {
  if (rows.some((row) => row.kind === 'registered')) return rows
  const first: ChangeRow = {
    id: firm.id, no: -1, enterpriseId: firm.id, workplaceId: null, kind: 'registered', effectiveOn: firm.knownFrom, reason: null, patch: {}, state: 'done', failure: null, ...beginningOf(firm),
  }
  return [first, ...rows]
}
/** Changes of the firm stand against one another, those of each workplace among themselves. */
function linesOf(rows: readonly ChangeRow[]): ReturnType<typeof told> {
  const subjects = new Map<string, (Patch<Facts> & { done: boolean })[]>()
  for (const row of rows) {
    const subject = row.workplaceId ?? ''
    subjects.set(subject, [...(subjects.get(subject) ?? []), { id: row.id, effectiveOn: row.effectiveOn, no: row.no, patch: row.patch as Partial<Facts>, done: row.state === 'done' }])
  }
  return new Map([...subjects.values()].flatMap((changes) => [...told(changes)]))
}
