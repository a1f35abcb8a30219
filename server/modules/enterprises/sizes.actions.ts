// Sizing all firms again after a table came into force, some at a time, each by its own entry in the history.
import type { Ctx } from '../../base/context.ts'
import { resize } from './change.actions.ts'
import { versionsNow } from './size.actions.ts'
import { noteVersion, selectIdsAfter, someDistrict } from './store.ts'

const PER_RUN = 500
/** Sizes the next firms by id and queues itself for those that follow, so that no transaction is long. */
export async function renewSizes(system: Ctx, from: { after: string } | null): Promise<void> {
  const ids = await selectIdsAfter(system, from?.after ?? null, PER_RUN)
  for (const id of ids) await resize(system, id)
  const last = ids.at(-1)
  if (ids.length === PER_RUN && last) system.enqueue('enterprises.renew_sizes', { after: last }, { key: last })
}
/** Notices that another version of a size table has come into force, on whatever day, and has all firms sized by it. */
export async function checkSizeTables(system: Ctx): Promise<void> {
  const areaCode = await someDistrict(system)
  if (areaCode === undefined) return
  let fresh = false
  for (const [code, version] of await versionsNow(system, areaCode)) fresh = (await noteVersion(system, code, version)) || fresh
  if (fresh) system.enqueue('enterprises.renew_sizes', null, { key: 'all' })
}
