// What is known of the slots of a day: received, waiting on this phone, or neither.
import type { DaySlot, HealthDay } from '@fugong/contract/health.phones'
import type { Waiting } from './report-kept.ts'

/** A slot with what of it waits; `last`: the highest version there is, received or waiting. */
export interface Shown extends DaySlot { waits: boolean; last: number }
/** What is known of the slots of today and of days before, the waiting ones among it. Without a network that is what was known last. */
export function slotsOf(day: HealthDay, today: string, waits: readonly Waiting[]): { slots: Shown[]; earlier: Shown[] } {
  const shown = (one: DaySlot): Shown => {
    const own = waits.filter((item) => (item.meant || item.day) === one.day && item.slot === one.slot)
    return { ...one, waits: own.length > 0, last: Math.max.apply(null, [one.version].concat(own.map(({ version }) => version))) }
  }
  const fresh = day.slots.map((one): DaySlot => ({ day: today, slot: one.slot, number: null, version: 0, acceptedAt: null, by: null, correctable: false }))
  return { slots: (day.today === today ? day.slots : fresh).map(shown), earlier: day.today === today ? day.earlier.map(shown) : [] }
}
