// What upper rooms (health above all) ask of rosters: who belongs to a firm or a poster, who is meant by name and last four, and what places people near each other.
import type { RosterState } from '@fugong/contract/people'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { sameBytes } from '../../base/crypto.ts'
import { problem } from '../../base/problem.ts'
import { moveOne } from './actions.ts'
import { divisionOf } from './divisions.actions.ts'
import { posterOf } from './entries.actions.ts'
import { MOST_ALIKE, selectAllIds, selectAtWorkplace, selectByStaffNo, selectByTail, selectCountsOf, selectFacts, type RosterEntry } from './face.store.ts'
import { noteReads } from './reading.actions.ts'
import { countedFrom, exposureOf } from './return.rules.ts'
import { heldOn, moveFault } from './rules.ts'
import { blinds, maskedOf, openSecrets } from './sealed.actions.ts'
import { today } from './shared.actions.ts'
import { findPerson, selectChanges, selectEmployments, selectOfPerson, selectReadsOf } from './store.ts'

export type { RosterEntry } from './face.store.ts'
/** People of a firm or one of its workplaces who have not left, by id after `after`; runs as the system, the caller answers for the reader's right. */
export function rosterOf(ctx: Ctx, of: { enterpriseId: string; workplaceId?: string; after?: string | null; limit?: number }): Promise<RosterEntry[]> {
  return elevated(ctx, (system) => selectAtWorkplace(system, { workplaceId: null, after: null, limit: 5000, ...of }))
}
/** Ids of everybody on the rosters of the city, by id after `after`. */
export function everyEmployment(ctx: Ctx, after: string | null, limit: number): Promise<string[]> {
  return elevated(ctx, (system) => selectAllIds(system, after, limit))
}
/** The workplace whose poster bears this secret, with how many are on its roster; undefined for a secret that is not in force. */
export async function employmentsByWorkplaceToken(ctx: Ctx, token: string): Promise<{ enterpriseId: string; workplaceId: string; enterpriseName: string; workplaceName: string; districtCode: string; people: number } | undefined> {
  const found = await posterOf(ctx, token)
  if (!found) return undefined
  const { posterId: _, ...place } = found
  const people = await elevated(ctx, (system) => selectCountsOf(system, found.workplaceId))
  return { ...place, people }
}
/**
 * The one person of a workplace with this name and these last four of the ID number; null for nobody, for a wrong name and
 * for several alike. The work is the same in each case: one look by a keyed hash, as many comparisons of equal length, nothing opened.
 */
export function matchByNameAndTail(ctx: Ctx, { enterpriseId, workplaceId, name, tail }: { enterpriseId: string; workplaceId: string; name: string; tail: string }): Promise<string | null> {
  return elevated(ctx, async (system) => {
    const wanted = fixed(name.trim().normalize('NFC'))
    const rows = await selectByTail(system, { enterpriseId, workplaceId, tail: blinds(ctx).tail(enterpriseId, tail.trim().toUpperCase()) })
    let found: string | null = null
    let matches = 0
    for (let at = 0; at < MOST_ALIKE; at++) {
      const row = rows[at]
      if (!sameBytes(fixed(row?.name ?? ''), wanted) || row === undefined) continue
      found = row.employmentId
      matches += 1
    }
    return matches === 1 ? found : null
  })
}
/** The one person of a workplace with this staff number; null for nobody and for several. */
export function matchByStaffNo(ctx: Ctx, { enterpriseId, workplaceId, staffNo }: { enterpriseId: string; workplaceId: string; staffNo: string }): Promise<string | null> {
  return elevated(ctx, async (system) => {
    const found = await selectByStaffNo(system, { enterpriseId, workplaceId, staffNo: staffNo.trim() })
    return found.length === 1 ? found[0]!.employmentId : null
  })
}
/** A text as 160 bytes: how long it is takes no time to find out. */
const fixed = (text: string): Buffer => Buffer.alloc(160, 0).fill(Buffer.concat([Buffer.from(text, 'utf8'), Buffer.alloc(160)]).subarray(0, 160))

export interface EmploymentFacts { employmentId: string; personId: string; enterpriseId: string; workplaceId: string; districtCode: string; streetCode: string; zoneCode: string | null; name: string; state: RosterState; observingUntil: string | null; crew: string | null; dormitory: string | null; shift: string | null; originCode: string | null; enteredAt: string }
/** What places people near each other, now or as it was on a day; for tracing. The caller answers for the reader's right. */
export function employmentFacts(ctx: Ctx, ids: readonly string[], on?: string): Promise<EmploymentFacts[]> {
  return elevated(ctx, async (system) => {
    const rows = await selectEmployments(system, ids)
    const changes = on ? await selectChanges(system, ids) : []
    return rows.map((row) => {
      const { workplaceId, crew, dormitory, shift, originCode, state, observingUntil } = on ? heldOn(row, changes.filter((change) => change.employmentId === row.id), on) : row
      return { employmentId: row.id, personId: row.personId, enterpriseId: row.enterpriseId, districtCode: row.districtCode, streetCode: row.streetCode, zoneCode: row.zoneCode, name: row.name, workplaceId, crew, dormitory, shift, originCode, state, observingUntil, enteredAt: row.enteredAt }
    })
  })
}
export interface MonitoredFacts { employmentId: string; personId: string; enterpriseId: string; workplaceId: string; name: string; state: RosterState; observingUntil: string | null; dormitory: string | null; originCode: string | null; /** Day from which origin and contact count. */ from: string; /** Whether the answers on exposure tell of a close contact. */ contact: boolean }
/** What the judgement of daily reports needs of people; whoever is erased is missing. Contact is opened for this and goes no further than yes or no. */
export function monitoredFacts(ctx: Ctx, ids: readonly string[]): Promise<MonitoredFacts[]> {
  return elevated(ctx, async (system) => (await selectEmployments(system, ids)).map((row) => {
    const { id, personId, enterpriseId, workplaceId, name, state, observingUntil, dormitory, originCode } = row
    return { employmentId: id, personId, enterpriseId, workplaceId, name, state, observingUntil, dormitory, originCode, from: countedFrom(row) ?? shanghaiDay(new Date(row.enteredAt)), contact: exposureOf(openSecrets(system, row).exposure) === 'contact' }
  }))
}
/** Those who share crew, dormitory or shift with somebody in the same firm, or their workplace when `workplace` is asked for. */
export function peopleNear(ctx: Ctx, employmentId: string, by: readonly ('crew' | 'dormitory' | 'shift' | 'workplace')[]): Promise<RosterEntry[]> {
  return elevated(ctx, async (system) => {
    const [row] = await selectEmployments(system, [employmentId])
    return row ? selectFacts(system, row, by) : []
  })
}
/** Employments of one person in every firm; for whoever follows up their health. */
export function employmentsOfPerson(ctx: Ctx, personId: string): Promise<string[]> {
  return elevated(ctx, async (system) => (await selectOfPerson(system, personId, system.scope)).map((row) => row.id))
}
export function personByIdNumber(ctx: Ctx, idType: string, idNumber: string): Promise<string | undefined> {
  return elevated(ctx, (system) => findPerson(system, blinds(ctx).person(idType, idNumber)))
}
/** A phone in clear, for sending and nothing else. */
export function phoneOfEmployment(ctx: Ctx, employmentId: string): Promise<string | null> {
  return elevated(ctx, async (system) => {
    const [row] = await selectEmployments(system, [employmentId])
    return row ? openSecrets(system, row).phone : null
  })
}
/** What is held of somebody as they are shown it themselves: sealed values masked. */
export function heldOf(ctx: Ctx, employmentId: string) {
  return elevated(ctx, async (system) => {
    const [row] = await selectEmployments(system, [employmentId])
    if (!row) return undefined
    const secrets = openSecrets(system, row)
    const { idMasked, phoneMasked, addressMasked, vehicleNoMasked } = maskedOf(secrets)
    const { name, state, enteredAt: since, leftOn, returnedOn, crew, dormitory, shift, staffNo } = row
    return { name, state, since, idNumber: idMasked, phone: phoneMasked, address: addressMasked, vehicleNo: vehicleNoMasked, exposure: secrets.exposure !== null, origin: divisionOf(row.originCode)?.name ?? null, leftOn, returnedOn, crew, dormitory, shift, staffNo }
  })
}
/** Everything that was read of a person, in every firm and office: for the person's own page. */
export function readsOfPerson(ctx: Ctx, personId: string, limit = 100) {
  return elevated(ctx, (system) => selectReadsOf(system, personId, limit))
}
/** Moves somebody's state on behalf of their follow-up; the firm's own bounds (an observation that runs) do not hold here. Throws `not_found`. */
export function moveEmployment(ctx: Ctx, employmentId: string, { to, until, note }: { to: RosterState; until: string | null; note: string | null }): Promise<void> {
  return elevated(ctx, async (system) => {
    const [row] = await selectEmployments(system, [employmentId])
    if (!row) throw problem('not_found')
    const move = { to, effectiveOn: today(ctx), until }
    const fault = moveFault(row, move, today(ctx))
    if (fault && fault.code !== 'issue.observation_runs' && !(to === 'observing' && until !== null)) return
    if (row.state === to && row.observingUntil === until) return
    await moveOne({ ...system, announce: ctx.announce }, row, move, { moveId: null, note })
  })
}
/** Writes down that an office looked at something of somebody, committed before it is opened; the person sees it among what was read of them. */
export async function noteReading(ctx: Ctx, employmentId: string, { field, reason }: { field: string; reason: string }): Promise<void> {
  const rows = await elevated(ctx, (system) => selectEmployments(system, [employmentId]))
  if (!rows.length) throw problem('not_found')
  await noteReads(ctx, rows, { field, reason, office: true })
}
