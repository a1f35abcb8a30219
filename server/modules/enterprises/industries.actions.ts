// Industries by GB/T 4754-2017: loaded from the data folder, listed for whoever chooses one.
import type { Returns } from '@fugong/contract/base'
import type { Industry, listIndustries } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { selectIndustries, upsertIndustries } from './industries.store.ts'

/** Loads the list of industries; does nothing when the file is unchanged. */
export async function loadIndustries(ctx: Ctx): Promise<void> {
  const { value, hash } = readData<{ items: Industry[] }>('data', 'china', 'industries-gbt4754-2017.json')
  await loadOnce(ctx, 'industries', hash, () => upsertIndustries(ctx, value.items))
}
export async function listAllIndustries(ctx: Ctx): Promise<Returns<typeof listIndustries>> {
  return { source: 'GB/T 4754-2017', year: 2017, items: await selectIndustries(ctx) }
}
