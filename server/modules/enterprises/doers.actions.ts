// Who did something to a firm: kept with the deed, told to each reader as they may know it.
import type { Bilingual } from '@fugong/contract/base'
import type { Doer } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { personNames, unitNames } from '../identity/index.ts'
import type { Side } from './history.store.ts'
import type { EnterpriseRow, Stamp } from './store.ts'

/** Names who came first: officials by name among officials, by their unit for the firm; the firm by the firm's name. */
export async function changedMeanwhile(ctx: Ctx, row: Stamp) {
  const doer = await doerOf(ctx, { side: row.changedSide, person: row.changedBy, unit: row.changedUnit })
  return problem('conflict.changed', { who: doer.name?.zh ?? (row.changedSide === 'firm' ? '企业' : 'Fugong'), at: row.changedAt })
}
export function stampOf(ctx: Ctx, side: Side): Stamp {
  return { changedSide: side, changedBy: side === 'system' ? null : ctx.actor.personId, changedUnit: side === 'office' ? (ctx.unit?.unitId ?? null) : null, changedAt: ctx.now.toISOString() }
}

/** Whose deed the beginning of a firm's history was: the firm's own, or that of the officer who imported it. */
export function beginningOf(firm: Pick<EnterpriseRow, 'registeredBy' | 'importedBy' | 'registeredAt'>): { side: Side; byPerson: string; byUnit: null; recordedAt: string } {
  return { side: firm.importedBy ? 'office' : 'firm', byPerson: firm.importedBy ?? firm.registeredBy, byUnit: null, recordedAt: firm.registeredAt }
}
export interface DoneBy { side: Side; person: string | null; unit: string | null }
export async function doerOf(ctx: Ctx, by: DoneBy): Promise<Doer> {
  return (await doersOf(ctx, [by]))[0]!
}
/** Who did each of several things, as this reader may know it: names of the firm's own people are told to nobody here. */
export async function doersOf(ctx: Ctx, all: readonly DoneBy[]): Promise<Doer[]> {
  const staff = ctx.actor.kind === 'staff'
  const office = all.filter((by) => by.side === 'office')
  const people = staff ? await personNames(ctx, office.flatMap((by) => by.person ?? [])) : new Map<string, string>()
  const units = await unitNames(ctx, office.flatMap((by) => by.unit ?? []))
  return all.map(({ side, person, unit }) => {
    const name = side === 'office' ? people.get(person ?? '') : undefined
    const of: Bilingual | null = name ? { zh: name, en: name } : side === 'office' ? (units.get(unit ?? '') ?? null) : null
    return { side, name: of }
  })
}
