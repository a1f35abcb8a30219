// Rosters follow their workplaces: one that moves to another street or district takes its people along.
import type { Ctx } from '../../base/context.ts'
import { selectWorkplaces } from '../enterprises/index.ts'
import { moveWithPlace } from './bulk.store.ts'
import { liesAt } from './shared.actions.ts'

export async function followWorkplace(system: Ctx, enterpriseId: string, workplaceId: string): Promise<void> {
  const place = (await selectWorkplaces(system, enterpriseId)).find((one) => one.id === workplaceId)
  if (place) await moveWithPlace(system, workplaceId, liesAt(place))
}
