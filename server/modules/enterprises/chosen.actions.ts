// What rooms above ask when an office puts firms on a list of theirs: chosen by id, by the filters of the register, or by codes.
import type { Input } from '@fugong/contract/base'
import type { listEnterprises } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { planByValue } from '../../base/paging.ts'
import { selectByCodes, selectChosen, selectKnown, type ChosenPlace, type KnownFirm } from './chosen.store.ts'
import { filterOf } from './list.actions.ts'
import { selectIds } from './list.store.ts'

export type { ChosenPlace, KnownFirm }
export interface Chosen { ids?: readonly string[] | undefined; filter?: Omit<Input<typeof listEnterprises>['query'], 'cursor' | 'limit' | 'order'> | undefined; codes?: readonly string[] | undefined }
/** Open workplaces of the chosen active firms within the caller's scope; ids and codes that nobody there has; `undefined` when more than `most` firms match a filter. */
export async function chosenPlaces(ctx: Ctx, { ids, filter, codes }: Chosen, most: number): Promise<{ places: ChosenPlace[]; outside: number; unknown: string[] } | undefined> {
  await planByValue(ctx)
  if (codes) {
    const found = await selectByCodes(ctx, codes)
    const known = new Set(found.map((firm) => firm.creditCode))
    return { places: await selectChosen(ctx, found.map((firm) => firm.id)), outside: 0, unknown: codes.filter((code) => !known.has(code)) }
  }
  const asked = ids ?? (await selectIds(ctx, await filterOf(ctx, filter ?? {}, '/filter'), most + 1))
  if (asked.length > most) return undefined
  const places = await selectChosen(ctx, asked)
  return { places, outside: asked.length - new Set(places.map((place) => place.enterpriseId)).size, unknown: [] }
}
/** Firms by their codes, within the caller's scope; nothing but who they are. */
export const firmsByCodes = (ctx: Ctx, codes: readonly string[]): Promise<KnownFirm[]> => selectByCodes(ctx, codes)
/** One firm within the caller's scope, if it is one. */
export const firmById = (ctx: Ctx, id: string): Promise<KnownFirm | undefined> => selectKnown(ctx, id)
