// Pure decisions of rosters: which state leads where, what of an entry is at fault, initials, and what held on a day.
import type { Issue } from '@fugong/contract/base'
import type { RosterState } from '@fugong/contract/people'
import { ageOn, idFault, saidById, tidyId, type IdType, type Sex } from '@fugong/contract/people.ids'

/** State → states that it leads to. Whoever has left may be taken on again; an observation may be made longer. */
export const machine: Readonly<Record<RosterState, readonly RosterState[]>> = {
  notReturned: ['onTheWay', 'observing', 'onDuty', 'left'],
  onTheWay: ['notReturned', 'observing', 'onDuty', 'left'],
  observing: ['observing', 'onDuty', 'absent', 'left'],
  onDuty: ['absent', 'observing', 'notReturned', 'left'],
  absent: ['onDuty', 'observing', 'notReturned', 'left'],
  left: ['notReturned', 'onTheWay', 'observing', 'onDuty'],
}
export interface Standing { state: RosterState; stateSince: string; observingUntil: string | null }
export interface Move { to: RosterState; effectiveOn: string; until: string | null }
export type MoveFault = { code: 'issue.move_unknown' | 'issue.future' | 'issue.before_last' | 'issue.observing_until' | 'issue.observation_runs'; params?: Record<string, unknown> }

/** Why somebody cannot be moved, or undefined. An observation is not cut short by the firm: it runs until its day. */
export function moveFault(standing: Standing, move: Move, today: string): MoveFault | undefined {
  if (!machine[standing.state].includes(move.to)) return { code: 'issue.move_unknown' }
  if (move.effectiveOn > today) return { code: 'issue.future' }
  if (move.effectiveOn < standing.stateSince) return { code: 'issue.before_last', params: { day: standing.stateSince } }
  if (move.to === 'observing' && (move.until === null || move.until < move.effectiveOn || (standing.observingUntil !== null && move.until < standing.observingUntil))) return { code: 'issue.observing_until' }
  if (standing.observingUntil !== null && (move.to === 'onDuty' || move.to === 'absent') && move.effectiveOn < standing.observingUntil) return { code: 'issue.observation_runs', params: { until: standing.observingUntil } }
  return undefined
}
export const isSameState = (standing: Standing, move: Move): boolean => standing.state === move.to && standing.observingUntil === move.until

/** What a person says of themselves before it is kept; null where nothing was said. */
export interface Identity { idType: IdType; idNumber: string; sex: Sex }
export interface IdentityFault { field: 'idNumber' | 'sex' | 'birth'; code: string; params?: Record<string, unknown> }
/** The document's number in its kept form with the sex that it says, or its faults; `sex` and `birth` are held against it. */
export function readIdentity({ idType, idNumber, sex, birth }: { idType: IdType; idNumber: string; sex?: Sex | undefined; birth?: string | undefined }, { today, leastAge }: { today: string; leastAge: number }): Identity | IdentityFault[] {
  const number = tidyId(idNumber)
  const fault = idFault(idType, number, today)
  if (fault) return [{ field: 'idNumber', code: fault.code, ...(fault.params ? { params: fault.params } : {}) }]
  const said = saidById(idType, number)
  if (!said) return { idType, idNumber: number, sex: sex ?? 'unknown' }
  const faults: IdentityFault[] = []
  if (sex && sex !== 'unknown' && sex !== said.sex) faults.push({ field: 'sex', code: 'issue.id_sex' })
  if (birth && birth !== said.birth) faults.push({ field: 'birth', code: 'issue.id_day' })
  if (ageOn(said.birth, today) < leastAge) faults.push({ field: 'idNumber', code: 'issue.id_young' })
  return faults.length ? faults : { idType, idNumber: number, sex: said.sex }
}
export const asIssues = (faults: readonly IdentityFault[]): Issue[] => faults.map(({ field, code, params }) => ({ path: `/${field}`, code, ...(params ? { params } : {}) }))

/** Days of a return in order, and none in the future but the expected one. */
export function dateFaults(days: { leftOn?: string | null | undefined; returnedOn?: string | null | undefined }, today: string): { field: 'leftOn' | 'returnedOn'; code: string }[] {
  const { leftOn, returnedOn } = days
  return [
    ...(leftOn && leftOn > today ? [{ field: 'leftOn' as const, code: 'issue.future' }] : []),
    ...(returnedOn && returnedOn > today ? [{ field: 'returnedOn' as const, code: 'issue.future' }] : []),
    ...(leftOn && returnedOn && returnedOn < leftOn ? [{ field: 'returnedOn' as const, code: 'issue.end_before_begin' }] : []),
  ]
}

/** What of an employment has a history: everything that says who was near whom, and the state. */
export const placedFields = ['workplaceId', 'crew', 'dormitory', 'shift', 'originCode'] as const
export interface Placed { workplaceId: string; crew: string | null; dormitory: string | null; shift: string | null; originCode: string | null }
export interface Past { effectiveOn: string; before: Partial<Placed & Standing> }
/** What held on a day: later changes are taken back, the newest first. `later` in the order in which they were recorded. */
export function heldOn<T extends Partial<Placed & Standing>>(present: T, later: readonly Past[], day: string): T {
  let held = present
  for (const { effectiveOn, before } of [...later].reverse()) if (effectiveOn > day) held = { ...held, ...before }
  return held
}

/** Ways of reading a name in initials, from those of its characters; a person's name is short, so eight suffice. */
export function joinInitials(letters: readonly (readonly string[])[]): string {
  let ways = ['']
  for (const choices of letters) {
    if (!choices.length) continue
    const room = Math.floor(8 / ways.length)
    ways = choices.slice(0, Math.max(1, room)).flatMap((letter) => ways.map((way) => way + letter))
  }
  return [...new Set(ways)].filter(Boolean).join(' ')
}

export type Sought = { kind: 'tail'; tail: string } | { kind: 'initials'; text: string } | { kind: 'name'; text: string }
/** What a search text means: four digits (the last may be X) are the end of a phone or an ID number, letters are initials, the rest is a name. */
export function readSought(typed: string): Sought {
  const text = typed.normalize('NFKC').trim()
  if (/^\d{3}[\dXx]$/.test(text)) return { kind: 'tail', tail: text.toUpperCase() }
  if (/^[A-Za-z]{2,12}$/.test(text)) return { kind: 'initials', text: text.toLowerCase() }
  return { kind: 'name', text }
}
