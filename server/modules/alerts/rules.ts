// Pure decisions of following up: what a table asks and by when, what holds a release, and when clean days are over.
import type { AlertState, AlertStepCode } from '@fugong/contract/alerts'
import { alertSteps } from '@fugong/contract/alerts'

/** Who does a step: the firm what concerns its people and rooms, the office the rest. */
export const sideOf = (step: AlertStepCode): 'firm' | 'office' => (step === 'verify' || step === 'isolate' || step === 'disinfect' ? 'firm' : 'office')
const HOUR = 3_600_000
const DAY = 86_400_000
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

export interface Plan { steps: { step: AlertStepCode; dueAt: Date }[]; respond: number | undefined; resolve: number | undefined; observeDays: number; cleanDays: number }
/** What a row of `health.followUp` asks from a moment on; a column that it leaves empty is not asked. */
export function planOf(outputs: Readonly<Record<string, unknown>>, from: Date): Plan {
  const hours = (name: string) => (typeof outputs[name] === 'number' ? outputs[name] : undefined)
  const days = (name: string) => (typeof outputs[name] === 'number' ? outputs[name] : 0)
  return {
    steps: alertSteps.flatMap((step) => { const limit = hours(step); return limit === undefined ? [] : [{ step, dueAt: new Date(from.getTime() + limit * HOUR) }] }),
    respond: hours('respond'), resolve: hours('resolve'), observeDays: days('observeDays'), cleanDays: days('cleanDays'),
  }
}

export interface Held { state: AlertState; result: string | null; observeUntil: string | null; kind: 'matter' | 'alert' }
/** Why a release must wait: no negative result yet, an observation that runs, or a state that has nothing to release. */
export function holdsOf({ state, result, observeUntil, kind }: Held, today: string): ('result' | 'observation' | 'state')[] {
  return [
    ...(state === 'following' || state === 'observing' ? [] : ['state' as const]),
    ...(kind === 'matter' || result === 'negative' ? [] : ['result' as const]),
    ...(observeUntil === null || observeUntil <= today ? [] : ['observation' as const]),
  ]
}
/** Which of the things that two people share place them near each other. A crew or shift of another workplace only bears the same name. */
export interface Near { workplaceId: string; crew: string | null; dormitory: string | null; shift: string | null }
export function waysBetween(one: Near, other: Near): ('crew' | 'dormitory' | 'shift' | 'workplace')[] {
  const here = one.workplaceId === other.workplaceId
  return [
    ...(here && one.crew !== null && one.crew === other.crew ? ['crew' as const] : []), ...(one.dormitory !== null && one.dormitory === other.dormitory ? ['dormitory' as const] : []),
    ...(here && one.shift !== null && one.shift === other.shift ? ['shift' as const] : []), ...(here ? ['workplace' as const] : []),
  ]
}
/** The last of the clean days, counted from the day after the last infection or unexplained fever. */
export const cleanUntil = (lastOn: string, cleanDays: number): string => addDays(lastOn, cleanDays)
/** What being late means for an appeal, by the table; where it does not say, it goes up. */
export const lateMeans = (outputs: Readonly<Record<string, unknown>> | undefined): 'lift' | 'up' => (outputs?.['late'] === 'lift' ? 'lift' : 'up')
