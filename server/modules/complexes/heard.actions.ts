// Follows the register: a tenant that has just been registered.
import type { Ctx } from '../../base/context.ts'
import { firmById } from '../enterprises/index.ts'
import { askRegistered } from './ask.actions.ts'

export async function heardOfFirm(system: Ctx, enterpriseId: string): Promise<void> {
  const firm = await firmById(system, enterpriseId)
  if (firm) await askRegistered(system, firm)
}
