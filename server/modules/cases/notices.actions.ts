// Who is told what about a case: whoever it is given to, mentioned, pressed; the unit it comes to; and the line above when it is late.
import type { Bilingual } from '@fugong/contract/base'
import type { Ctx } from '../../base/context.ts'
import { unitNames } from '../identity/index.ts'
import { notify, type Audience } from '../notices/index.ts'
import type { ClockRecord } from './clocks.store.ts'
import { kindOf } from './kinds.actions.ts'
import type { CaseRecord, PartRecord } from './store.ts'

const titleOf = (row: CaseRecord): Bilingual => {
  const { name } = kindOf(row.kind)
  return { zh: `${name.zh}“${row.title}”`, en: `${name.en}: ${row.title}` }
}
const shared = (row: CaseRecord) => ({ link: `/console/cases/${row.id}`, about: { kind: 'case', id: row.id } })
/** Whoever has the part; nobody yet, and it is the whole unit's. */
const holder = (part: Pick<PartRecord, 'unitId' | 'personId'>): Audience => (part.personId === null ? { unitId: part.unitId, verb: 'case.work' } : { people: [part.personId] })
const nameOf = async (ctx: Ctx, unitId: string | null): Promise<Bilingual> => (unitId === null ? undefined : (await unitNames(ctx, [unitId])).get(unitId)) ?? { zh: '—', en: '—' }

/** What somebody takes themselves is no news to them. */
export async function tellAssigned(ctx: Ctx, row: CaseRecord, personId: string | null): Promise<void> {
  if (personId !== null && personId !== ctx.actor.personId) await notify(ctx, { template: 'case.assigned', to: { people: [personId] }, params: { title: titleOf(row) }, ...shared(row) })
}
export async function tellWaiting(ctx: Ctx, row: CaseRecord, part: PartRecord): Promise<void> {
  await notify(ctx, { template: 'case.part_waiting', to: holder(part), params: { title: titleOf(row) }, ...shared(row), intent: `part ${part.id}` })
}
export async function tellMoved(ctx: Ctx, row: CaseRecord, how: 'case.handed_on' | 'case.handed_back', from: string, part: PartRecord): Promise<void> {
  await notify(ctx, { template: how, to: holder(part), params: { title: titleOf(row), unit: await nameOf(ctx, from) }, ...shared(row), intent: `part ${part.id}` })
}
export async function tellMentioned(ctx: Ctx, row: CaseRecord, people: readonly string[], commentId: string): Promise<void> {
  const others = people.filter((id) => id !== ctx.actor.personId)
  if (others.length) await notify(ctx, { template: 'case.mentioned', to: { people: others }, params: { title: titleOf(row) }, ...shared(row), intent: `comment ${commentId}` })
}
export async function tellPressed(ctx: Ctx, row: CaseRecord, parts: readonly PartRecord[]): Promise<void> {
  await notify(ctx, { template: 'case.pressed', to: parts.map(holder), params: { title: titleOf(row), unit: await nameOf(ctx, ctx.unit?.unitId ?? null) }, ...shared(row) })
}
/** Once for each limit: a clock whose limit moved reminds anew. */
export async function tellLate(system: Ctx, row: CaseRecord, template: 'case.reminder' | 'case.overdue', clock: ClockRecord, parts: readonly PartRecord[]): Promise<void> {
  const to = parts.filter((part) => part.state === 'open' && (clock.partId === null || part.id === clock.partId)).map(holder)
  if (to.length) await notify(system, { template, to, params: { title: titleOf(row), until: clock.dueAt! }, ...shared(row), intent: `${clock.id} ${clock.dueAt}` })
}
/** The unit that is late is named to the one above it. */
export async function tellEscalated(system: Ctx, row: CaseRecord, clock: ClockRecord, late: string | null, unitId: string, step: number): Promise<void> {
  await notify(system, { template: 'case.escalated', to: { unitId, verb: 'case.press' }, params: { title: titleOf(row), unit: await nameOf(system, late) }, ...shared(row), intent: `${clock.id} ${step}` })
}
/** Many at once are one notice: to whoever takes over, or to the units in which they lie open. */
export async function tellHandedOver(ctx: Ctx, { from, to, units, count }: { from: string; to: string | null; units: readonly string[]; count: number }): Promise<void> {
  const title = { zh: `移交的 ${count} 件办件`, en: `${count} cases that were handed over` }
  const about = { kind: 'person', id: from }
  if (to !== null) await notify(ctx, { template: 'case.assigned', to: { people: [to] }, params: { title }, link: '/console/cases?person=me', about })
  else await notify(ctx, { template: 'case.part_waiting', to: units.map((unitId) => ({ unitId, verb: 'case.work' })), params: { title }, link: '/console/cases?person=none', about })
}
