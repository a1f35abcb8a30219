// Use cases of the roster by hand: list, seek, look at one, enter, correct, place elsewhere.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import type { addPerson, changePerson, findInRoster, getPersonOfRoster, listRoster, rosterSummary, RosterPerson } from '@fugong/contract/people'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { PAGE_SIZE, cutPage, readMark, totalOf } from '../../base/paging.ts'
import { invalid, problem } from '../../base/problem.ts'
import { divisionOf, isDivision } from './divisions.actions.ts'
import { countRoster, countWaiting, selectFirmCounts, selectOrigins, selectRoster, selectSought, selectWords, type Seek } from './list.store.ts'
import { requireOwnFirm } from './policy.ts'
import type { PeopleOptions } from './ports.ts'
import { asIssues, dateFaults, moveFault, placedFields, readIdentity, readSought, type Identity, type Placed, type Standing } from './rules.ts'
import { blinds, initialsOfName, openSecrets, sealing, type Secrets } from './sealed.actions.ts'
import { getEmployment, liesAt, limitsAt, placeOf, placesOf, requireRevision, toPerson, toRow, today, type Place } from './shared.actions.ts'
import { countInFirm, ensurePerson, findInFirm, insertChanges, insertEmployment, updateEmployment, type EmploymentRow, type NewChange, type NewEmployment } from './store.ts'

const ORDER = 'roster'
/** Rows that one search shows; who has more writes more of the name. */
const MOST_FOUND = 100

export async function listRosterOf(ctx: Ctx, { params, query }: Input<typeof listRoster>): Promise<Returns<typeof listRoster>> {
  requireOwnFirm(ctx, params.id)
  const { limit = PAGE_SIZE, cursor, ...filters } = query
  const rows = await selectRoster(ctx, params.id, filters, limit + 1, readMark(ORDER, cursor))
  const page = cutPage(rows, limit, ORDER, (row) => ({ moment: row.enteredAt, id: row.id }))
  return { items: page.items.map((row) => toRow(ctx, row)), next: page.next, ...totalOf(await countRoster(ctx, params.id, filters)) }
}
export async function findInRosterOf(ctx: Ctx, { params, body }: Input<typeof findInRoster>): Promise<Returns<typeof findInRoster>> {
  requireOwnFirm(ctx, params.id)
  const { text, ...filters } = body
  const rows = await selectSought(ctx, params.id, filters, seekOf(ctx, params.id, text), MOST_FOUND + 1)
  return { items: rows.slice(0, MOST_FOUND).map((row) => toRow(ctx, row)), more: rows.length > MOST_FOUND }
}
function seekOf(ctx: Ctx, enterpriseId: string, text: string): Seek {
  const sought = readSought(text)
  if (sought.kind === 'tail') return { tail: blinds(ctx).tail(enterpriseId, sought.tail) }
  return sought.kind === 'initials' ? { initials: sought.text } : { name: sought.text }
}
export async function summaryOf(ctx: Ctx, { params }: Input<typeof rosterSummary>): Promise<Returns<typeof rosterSummary>> {
  requireOwnFirm(ctx, params.id)
  const [counted, words, origins, places, waiting] = [await selectFirmCounts(ctx, params.id), await selectWords(ctx, params.id), await selectOrigins(ctx, params.id), await placesOf(ctx, params.id), await countWaiting(ctx, params.id)]
  const states = new Map<string, number>()
  for (const { state, people } of counted) states.set(state, (states.get(state) ?? 0) + people)
  const at = (id: string) => counted.reduce((sum, row) => (row.workplaceId === id && row.state !== 'left' ? sum + row.people : sum), 0)
  return {
    states: [...states].map(([state, people]) => ({ state: state as EmploymentRow['state'], people })), ...words, waiting, can: ctx.may('roster.change') ? ['enter', 'import', 'poster'] : [],
    workplaces: places.map(({ id, name, open }) => ({ id, name, open, people: at(id) })).filter((place) => place.open || place.people > 0),
    origins: origins.map(({ originCode, people }) => ({ ...divisionOf(originCode)!, people })),
  }
}
export async function getPersonOf(ctx: Ctx, { params }: Input<typeof getPersonOfRoster>): Promise<RosterPerson> {
  requireOwnFirm(ctx, params.id)
  return toPerson(ctx, await getEmployment(ctx, params))
}

type Facts = Omit<Input<typeof addPerson>['body'], 'idNumber'>
const line = (text: string | null | undefined): string | null => text?.trim().normalize('NFC') || null
/** Faults of what was typed, all at once. */
function issuesOf(body: Partial<Facts>, day: string): Issue[] {
  return [...dateFaults(body, day).map(({ field, code }) => ({ path: `/${field}`, code })), ...(body.originCode && !isDivision(body.originCode) ? [{ path: '/originCode', code: 'issue.origin_unknown' }] : [])]
}
export function addPersonTo(options: PeopleOptions) {
  return async (ctx: Ctx, { params, body }: Input<typeof addPerson>): Promise<RosterPerson> => {
    requireOwnFirm(ctx, params.id)
    const day = today(ctx)
    const identity = readIdentity(body, { today: day, leastAge: limitsAt(options, ctx.now).leastAge })
    const until = body.observingUntil ?? null
    const observing = (body.state === 'observing') !== (until !== null) || (until !== null && until < day) ? [{ path: '/observingUntil', code: 'issue.observing_until' }] : []
    const issues = [...(Array.isArray(identity) ? asIssues(identity) : []), ...issuesOf(body, day), ...observing]
    if (issues.length) throw invalid(issues)
    const place = await placeOf(ctx, params.id, body.workplaceId)
    return toPerson(ctx, await enter(ctx, options, params.id, { place, identity: identity as Identity, source: 'hand', facts: body, known: 'refuse' }))
  }
}
export interface Entering { place: Place; identity: Identity; source: EmploymentRow['source']; facts: Facts; /** What to do with somebody who is on the roster already. */ known: 'refuse' | 'renew' }
/** Puts a person on the roster of a firm; one who left is taken on again with their history. */
export async function enter(ctx: Ctx, options: Pick<PeopleOptions, 'city'>, enterpriseId: string, { place, identity, source, facts, known }: Entering): Promise<EmploymentRow> {
  const { most } = { most: limitsAt(options, ctx.now).mostPeople }
  const blind = blinds(ctx).person(identity.idType, identity.idNumber)
  const personId = await elevated(ctx, (system) => ensurePerson(system, newId(), blind))
  const before = await findInFirm(ctx, enterpriseId, personId, true)
  if (before) {
    if (before.state !== 'left' && known === 'refuse') throw problem('people.already_there')
    return renew(ctx, before, { place, facts, identity })
  }
  if ((await countInFirm(ctx, enterpriseId)) >= most) throw problem('people.too_many', { limit: most })
  const row = newEmployment(ctx, { enterpriseId, personId, place, identity, source, facts })
  await insertEmployment(ctx, row)
  ctx.announce('person.entered', { kind: 'employment', id: row.id }, { enterpriseId, workplaceId: place.id, source })
  return getEmployment(ctx, { id: enterpriseId, employmentId: row.id })
}
export function secretsOf(identity: Pick<Identity, 'idNumber'>, facts: Partial<Facts>): Secrets {
  return { idNumber: identity.idNumber, phone: facts.phone ?? null, address: line(facts.address), vehicleNo: line(facts.vehicleNo), exposure: facts.exposure ?? null }
}
/** A row of the roster as it will be inserted; pure but for ids, time and keys. */
function newEmployment(ctx: Ctx, { enterpriseId, personId, place, identity, source, facts }: Omit<Entering, 'known'> & { enterpriseId: string; personId: string }): NewEmployment {
  const id = newId()
  const name = line(facts.name)!
  const { keyId, seal } = sealing(ctx, place.districtCode)
  const secrets = secretsOf(identity, facts)
  const { tail } = blinds(ctx)
  return {
    id, personId, enterpriseId, workplaceId: place.id, ...liesAt(place), name, initials: initialsOfName(name), sex: identity.sex, idType: identity.idType, staffNo: line(facts.staffNo), crew: line(facts.crew), dormitory: line(facts.dormitory), shift: line(facts.shift),
    state: facts.state, stateSince: today(ctx), observingUntil: facts.observingUntil ?? null, originCode: facts.originCode ?? null, leftOn: facts.leftOn ?? null, returnedOn: facts.returnedOn ?? null, expectedOn: facts.expectedOn ?? null, vehicle: facts.vehicle ?? null,
    idTail: tail(enterpriseId, identity.idNumber), phoneTail: secrets.phone ? tail(enterpriseId, secrets.phone) : null, sealed: seal(id, secrets), keyId, source, enteredAt: ctx.now, changedBy: ctx.actor.personId, changedAt: ctx.now,
  }
}
/** Whoever is known gets what was entered now; a state that the present one does not lead to stays as it is. */
async function renew(ctx: Ctx, row: EmploymentRow, { place, facts, identity }: Pick<Entering, 'place' | 'facts' | 'identity'>): Promise<EmploymentRow> {
  const changed = await applyFacts(ctx, row, { ...facts, workplaceId: place.id, sex: identity.sex }, { place, effectiveOn: today(ctx) })
  const move = { to: facts.state, effectiveOn: today(ctx), until: facts.observingUntil ?? null }
  if (changed.state === move.to || moveFault(changed, move, today(ctx))) return changed
  return moveOne(ctx, changed, move, { moveId: null, note: null })
}
export async function moveOne(ctx: Ctx, row: EmploymentRow, { to, effectiveOn, until }: { to: EmploymentRow['state']; effectiveOn: string; until: string | null }, { moveId, note }: { moveId: string | null; note: string | null }): Promise<EmploymentRow> {
  const after: Standing = { state: to, stateSince: effectiveOn, observingUntil: until }
  const moved = await updateEmployment(ctx, row, after)
  await insertChanges(ctx, [changeOf(ctx, row, { kind: 'moved', effectiveOn, after, fields: ['state'], moveId, note })])
  ctx.announce('person.moved', { kind: 'employment', id: row.id }, { from: row.state, to, effectiveOn })
  return moved
}
/** An entry of the history of a row as it stands before the change. */
export function changeOf(ctx: Ctx, row: EmploymentRow, { kind, effectiveOn, after, fields, moveId = null, note = null }: Pick<NewChange, 'kind' | 'effectiveOn' | 'after' | 'fields'> & Partial<Pick<NewChange, 'moveId' | 'note'>>): NewChange {
  const before = Object.fromEntries(Object.keys(after).map((name) => [name, row[name as keyof EmploymentRow]]))
  return { id: newId(), employmentId: row.id, enterpriseId: row.enterpriseId, caseKey: row.caseKey, kind, effectiveOn, before, after, fields: [...fields], note, moveId, revision: row.revision + 1, byPerson: ctx.actor.personId }
}

export async function changePersonOf(ctx: Ctx, { params, body }: Input<typeof changePerson>): Promise<RosterPerson> {
  requireOwnFirm(ctx, params.id)
  const row = await getEmployment(ctx, params, true)
  await requireRevision(ctx, row, body.revision)
  const { revision: _, effectiveOn = today(ctx), ...facts } = body
  const both = { leftOn: facts.leftOn === undefined ? row.leftOn : facts.leftOn, returnedOn: facts.returnedOn === undefined ? row.returnedOn : facts.returnedOn }
  const issues = [...issuesOf({ ...facts, ...both }, today(ctx)), ...(effectiveOn > today(ctx) ? [{ path: '/effectiveOn', code: 'issue.future' }] : [])]
  if (issues.length) throw invalid(issues)
  const place = facts.workplaceId && facts.workplaceId !== row.workplaceId ? await placeOf(ctx, params.id, facts.workplaceId) : undefined
  return toPerson(ctx, await applyFacts(ctx, row, facts, { place, effectiveOn }))
}
const OPEN = ['staffNo', 'crew', 'dormitory', 'shift'] as const
const PLAIN = ['sex', 'originCode', 'leftOn', 'returnedOn', 'expectedOn', 'vehicle'] as const
/** Sets what differs, keeps the history of it, and seals anew what is sealed; answers the row as it is then. */
export async function applyFacts(ctx: Ctx, row: EmploymentRow, facts: Omit<Partial<Facts>, 'idType' | 'state' | 'observingUntil'>, { place, effectiveOn }: { place: Place | undefined; effectiveOn: string }): Promise<EmploymentRow> {
  const set: Partial<EmploymentRow> = {}
  const take = <K extends keyof EmploymentRow>(name: K, value: EmploymentRow[K] | undefined) => { if (value !== undefined && row[name] !== value) set[name] = value }
  for (const name of OPEN) if (facts[name] !== undefined) take(name, line(facts[name]))
  for (const name of PLAIN) take(name, facts[name] as never)
  const name = line(facts.name)
  if (name && name !== row.name) Object.assign(set, { name, initials: initialsOfName(name) })
  if (place && place.id !== row.workplaceId) Object.assign(set, { workplaceId: place.id, ...liesAt(place) })
  const fields = Object.keys(set).filter((one) => !['initials', 'districtCode', 'streetCode', 'zoneCode'].includes(one))
  const known = openSecrets(ctx, row)
  const next = nextSecrets(known, facts)
  const sealedFields = (Object.keys(next) as (keyof Secrets)[]).filter((one) => JSON.stringify(next[one]) !== JSON.stringify(known[one]))
  if (sealedFields.length) {
    const { keyId, seal } = sealing(ctx, set.districtCode ?? row.districtCode)
    Object.assign(set, { sealed: seal(row.id, next), keyId, phoneTail: next.phone ? blinds(ctx).tail(row.enterpriseId, next.phone) : null })
  }
  if (!fields.length && !sealedFields.length) return row
  const placed = placedFields.filter((one) => one in set)
  const after: Partial<Placed> = Object.fromEntries(placed.map((one) => [one, set[one]]))
  const changed = await updateEmployment(ctx, row, set)
  await insertChanges(ctx, [changeOf(ctx, row, { kind: placed.length ? 'placed' : 'corrected', effectiveOn, after, fields: [...fields, ...sealedFields] })])
  ctx.announce('person.changed', { kind: 'employment', id: row.id }, { fields: [...fields, ...sealedFields], effectiveOn })
  return changed
}
function nextSecrets(known: Secrets, facts: Partial<Facts>): Secrets {
  const given = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value)
  return {
    idNumber: known.idNumber, phone: given(facts.phone, known.phone), address: facts.address === undefined ? known.address : line(facts.address),
    vehicleNo: facts.vehicleNo === undefined ? known.vehicleNo : line(facts.vehicleNo), exposure: given(facts.exposure, known.exposure),
  }
}
