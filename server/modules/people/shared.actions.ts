// What the deeds of the roster share: limits, workplaces of a firm, an entry as the firm sees it, its history.
import type { Issue } from '@fugong/contract/base'
import type { RosterChange, RosterPerson, RosterRow } from '@fugong/contract/people'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { limitsOf } from '../../base/limits.ts'
import { invalid, problem } from '../../base/problem.ts'
import { selectWorkplaces } from '../enterprises/index.ts'
import { personNames } from '../identity/index.ts'
import { divisionOf } from './divisions.actions.ts'
import type { PeopleLimits, PeopleOptions } from './ports.ts'
import { machine } from './rules.ts'
import { maskedOf, openSecrets } from './sealed.actions.ts'
import { findEmployment, selectChanges, type ChangeRow, type EmploymentRow, type Lies } from './store.ts'

export const limitsAt = (options: Pick<PeopleOptions, 'city'>, at: Date): PeopleLimits => limitsOf<PeopleLimits>('people', options.city, at)
export const today = (ctx: Ctx): string => shanghaiDay(ctx.now)

export interface Place extends Lies { id: string; name: string; open: boolean }
/** Workplaces of a firm within the caller's scope, closed ones too. */
export const placesOf = (ctx: Ctx, enterpriseId: string): Promise<Place[]> => selectWorkplaces(ctx, enterpriseId)
/** The open workplace of a firm, or the fault of naming another. */
export async function placeOf(ctx: Ctx, enterpriseId: string, workplaceId: string): Promise<Place> {
  const place = (await placesOf(ctx, enterpriseId)).find((one) => one.id === workplaceId)
  const issue = (code: string): Issue => ({ path: '/workplaceId', code, params: { name: '' } })
  if (!place) throw invalid([issue('issue.workplace_choose')])
  if (!place.open) throw invalid([issue('issue.workplace_closed')])
  return place
}
export const liesAt = ({ districtCode, streetCode, zoneCode }: Lies): Lies => ({ districtCode, streetCode, zoneCode })

export async function getEmployment(ctx: Ctx, { id, employmentId }: { id: string; employmentId: string }, lock = false): Promise<EmploymentRow> {
  const row = await findEmployment(ctx, id, employmentId, lock)
  if (!row) throw problem('not_found')
  return row
}
/** Throws `conflict.changed` with who and when, unless the entry is the one that was looked at. */
export async function requireRevision(ctx: Ctx, row: EmploymentRow, revision: number): Promise<void> {
  if (row.revision === revision) return
  const who = row.changedBy ? (await personNames(ctx, [row.changedBy])).get(row.changedBy) : undefined
  throw problem('conflict.changed', { who: who ?? { zh: '系统', en: 'the system' }, at: row.changedAt })
}

export function toRow(ctx: Ctx, row: EmploymentRow): RosterRow {
  const { id, name, sex, idType, workplaceId, staffNo, crew, dormitory, shift, state, stateSince, observingUntil, expectedOn, returnedOn, source, revision, changedAt } = row
  const { idMasked, phoneMasked } = maskedOf(openSecrets(ctx, row))
  return { id, name, sex, idType, idMasked, phoneMasked, workplaceId, staffNo, crew, dormitory, shift, state, stateSince, observingUntil, origin: divisionOf(row.originCode), expectedOn, returnedOn, source, revision, changedAt }
}
export async function toPerson(ctx: Ctx, row: EmploymentRow): Promise<RosterPerson> {
  const secrets = openSecrets(ctx, row)
  const { addressMasked, vehicleNoMasked } = maskedOf(secrets)
  const history = await selectChanges(ctx, [row.id])
  return {
    ...toRow(ctx, row), leftOn: row.leftOn, vehicle: row.vehicle, addressMasked, vehicleNoMasked, exposureAnswered: secrets.exposure !== null,
    history: await toHistory(ctx, row, history), moves: [...machine[row.state]],
    can: [...(ctx.may('roster.change') ? ['change', 'move'] : []), ...(ctx.may('roster.unmask') ? ['unmask'] : [])],
  }
}
/** Newest first, down to how the entry was made; before the first change that is its own row. */
async function toHistory(ctx: Ctx, row: EmploymentRow, changes: readonly ChangeRow[]): Promise<RosterChange[]> {
  const first = changes.reduce<Partial<EmploymentRow>>((earliest, { before }) => ({ ...before, ...earliest }), {})
  const state = first.state ?? row.state
  const entered = { id: row.id, kind: 'entered' as const, effectiveOn: first.stateSince ?? row.stateSince, recordedAt: row.enteredAt, by: null, note: null, from: null, to: state, until: first.state ? (first.observingUntil ?? null) : row.observingUntil, fields: [] }
  const names = await personNames(ctx, [...new Set(changes.flatMap(({ byPerson }) => byPerson ?? []))])
  const told = changes.map(({ id, kind, effectiveOn, recordedAt, byPerson, note, before, after, fields }): RosterChange => ({
    id, kind, effectiveOn, recordedAt, by: byPerson ? (names.get(byPerson) ?? null) : null, note, from: before.state ?? null, to: after.state ?? null, until: after.observingUntil ?? null, fields,
  }))
  return [entered, ...told].reverse()
}
