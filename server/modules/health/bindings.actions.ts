// Makes a binding of what was asked: the person is monitored from now on, and phones beyond the limit are taken off.
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { insertBinding, revokeBeyond, type AskRow } from './phones.store.ts'
import { bindingLimits, monitor } from './subjects.actions.ts'
import { lockSubject } from './subjects.store.ts'

/** The id of the binding; older phones of the same relation beyond the limit are taken off. */
export async function bindAsked(system: Ctx, city: string, asked: Omit<AskRow, 'askedAt' | 'expiresAt'>, { personId }: { personId: string }): Promise<string> {
  const { deviceId, employmentId, enterpriseId, workplaceId, relation, noticeVersion } = asked
  await monitor(system, city, [employmentId])
  await lockSubject(system, employmentId)
  const { mostPhones, mostFamily } = bindingLimits(city, system.now)
  for (const id of await revokeBeyond(system, asked, relation === 'family' ? mostFamily : mostPhones)) system.announce('health.phone_unbound', { kind: 'binding', id }, { employmentId, why: 'newer' })
  const id = newId()
  await insertBinding(system, { id, deviceId, employmentId, enterpriseId, personId, relation, noticeVersion })
  system.announce('health.phone_bound', { kind: 'binding', id }, { employmentId, workplaceId, relation, noticeVersion })
  return id
}
