// The intake: reports wait in one bounded queue and are stored in batches that clock themselves; each is answered after the commit, or told to come again.
import type { Receipt, SendReport } from '@fugong/contract/health'
import { shanghaiDay } from '../../base/clock.ts'
import { limitsOf } from '../../base/limits.ts'
import { loggable } from '../../base/log.ts'
import { Problem, problem } from '../../base/problem.ts'
import { asSystem, type Services } from '../../base/request.ts'
import { selfClocking, timelyOf } from '../../base/self-clocking.ts'
import { storeBatch } from './batch.actions.ts'
import { dayIsOpen, mayCorrect, roomFor } from './intake.rules.ts'
import { ensureDay } from './keys.store.ts'
import type { Answer, Given } from './receipts.actions.ts'
import { idOfToken } from './tokens.actions.ts'

/** `data/china/limits-health.json`: most reports in a batch, batches at once, seconds of waiting, least room, days a report may be late, hours after the beginning of a day in which it may be corrected, and how often; months in which a key for sealing opens; days that people see of their own reports. */
export interface HealthLimits { batch: number; flights: number; waitSeconds: number; room: number; deadlineSeconds: number; daysLate: number; correctHours: number; corrections: number; sealMonths: number; ownDays: number }
interface Waiting extends Given { since: number; settle(answer: Answer): void }
export interface Intake {
  /** Seconds to wait before coming again when there is no room, else 0. Asked before a request is read. */
  full(): number
  /** `answered`: when, for what waited on a phone. */
  submit(token: string | undefined, report: SendReport, answered?: Date): Promise<Receipt>
}

export function createIntake(services: Services, city: string): Intake {
  const limits = (now: Date) => limitsOf<HealthLimits>('health', city, now)
  const days = new Set<string>()
  let perSecond = 0
  let door = limits(services.clock.now())
  const hand = selfClocking<Waiting>(() => door, fly)

  async function fly(batch: Waiting[]): Promise<void> {
    const began = performance.now()
    const timely = timelyOf(batch, door.deadlineSeconds)
    if (timely.length) await store(timely)
    const rate = (timely.length / Math.max(1, performance.now() - began)) * 1000 * door.flights
    perSecond = perSecond ? perSecond * 0.8 + rate * 0.2 : rate
  }
  async function store(batch: Waiting[]): Promise<void> {
    try {
      await prepare(batch)
      const answers = await asSystem(services, (system) => storeBatch(system, batch))
      for (const [place, one] of batch.entries()) one.settle(answers[place]!)
    } catch (error) {
      // Nobody knows what became of a commit whose answer was lost: the same key asks again and receives the truth.
      if (error instanceof Problem) return batch.forEach((one) => one.settle(error))
      if (batch.length === 1) {
        services.log.error({ failure: loggable(error) }, 'report not stored')
        return batch[0]!.settle(problem('server.failed', { requestId: '' }))
      }
      // One bad row does not sink its batch: halves are tried until it stands alone.
      const half = batch.length >> 1
      await store(batch.slice(0, half))
      await store(batch.slice(half))
    }
  }
  async function prepare(batch: readonly Waiting[]): Promise<void> {
    for (const day of new Set(batch.map((one) => one.report.day))) {
      if (days.has(day)) continue
      await asSystem(services, (system) => ensureDay(system, day))
      days.add(day)
    }
  }

  return {
    full: () => (hand.waiting() < roomFor(perSecond, door.waitSeconds, door.room) ? 0 : 1 + Math.floor(Math.random() * 5)),
    async submit(token, report, answered) {
      const bindingId = token === undefined ? undefined : idOfToken(token, (text) => services.sealer.blind('binding', text))
      if (!bindingId) throw problem('health.binding_unknown')
      const now = services.clock.now()
      door = limits(now)
      const today = shanghaiDay(now)
      if (!dayIsOpen(report.day, today, door.daysLate)) throw problem('health.day_outside', { day: report.day, today, days: door.daysLate })
      if (report.version !== undefined) {
        if (!mayCorrect(report.day, answered ?? now, door.correctHours)) throw problem('health.correction_late', { day: report.day, hours: door.correctHours })
        if (report.version > door.corrections + 1) throw problem('health.corrections_full', { most: door.corrections })
      }
      if (this.full()) throw problem('server.busy', { seconds: 2 })
      const answer = await new Promise<Answer>((settle) => {
        hand.push({ bindingId, report, text: JSON.stringify(report.answers), since: performance.now(), settle })
      })
      if (answer instanceof Problem) throw answer
      return answer
    },
  }
}
