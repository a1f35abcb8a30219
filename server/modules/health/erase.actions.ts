// Erasing days whose time is over: the key destroyed, the parts dropped, looked at afterwards, and a proof kept in the sealed audit.
import type { Returns } from '@fugong/contract/base'
import type { listErasures } from '@fugong/contract/health.signals'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { sha256 } from '../../base/crypto.ts'
import { retentionFor } from '../emergencies/index.ts'
import { forgetKey } from './envelopes.actions.ts'
import { dropDay, insertErasure, partsOfDay, selectErasures, selectKeptDays, eraseReasons } from './erase.store.ts'
import { dayLimits } from './hours.actions.ts'
import { eraseBefore } from './erase.rules.ts'

/** Days that one run erases: each drops two parts, which no report may be waiting for. */
const PER_RUN = 10
export const eraseDays = (city: string) => async (system: Ctx): Promise<void> => {
  const today = shanghaiDay(system.now)
  const { keepDays } = dayLimits(city, system.now)
  const after = await retentionFor(system, city, 'health')
  const due = eraseBefore({ today, keepDays, endedOn: after.endedAt === null ? null : shanghaiDay(new Date(after.endedAt)), daysAfterEnd: after.days })
  for (const day of (await selectKeptDays(system, due.before)).slice(0, PER_RUN)) {
    const { reports, envelopes, keySealed } = await dropDay(system, day)
    forgetKey(system, day)
    const left = await partsOfDay(system, day)
    const keyHash = keySealed ? sha256(keySealed) : null
    const proof = sha256(['fugong-erased-1', day, reports, envelopes, keyHash?.toString('hex') ?? '-', system.now.toISOString()].join('\n'))
    await insertErasure(system, { day, why: due.why, keepDays: due.days, reports, envelopes, keyHash, proof, verified: !left.reports && !left.envelopes && !left.key })
    system.announce('health.day_erased', { kind: 'day', id: day }, { reports, envelopes, proof: proof.toString('hex') })
  }
  // What people wrote about a colour goes when the answers behind it have gone.
  await eraseReasons(system, due.before)
}
export function listErased(ctx: Ctx): Promise<Returns<typeof listErasures>> {
  return elevated(ctx, async (system) => ({
    items: (await selectErasures(system, 400)).map(({ keyHash, proof, ...row }) => ({ ...row, keyHash: keyHash?.toString('hex') ?? null, proof: proof.toString('hex') })),
    kept: (await selectKeptDays(system, '9999-12-31')).length,
  }))
}
