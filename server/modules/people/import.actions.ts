// The roster as a target of imports: a firm's contact brings the firm's own people; a batch is sealed under one key and stored by a few statements.
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import type { CleanRow, ImportAbout, ImportTarget, Outcome, Value } from '../imports/index.ts'
import { applyFacts, moveOne } from './actions.ts'
import { insertEmployments, insertPersons, selectInFirm, selectPersons } from './bulk.store.ts'
import { divisionOf, originOf } from './divisions.actions.ts'
import { missingForNew, rosterColumns, sayOf, type Fault, type Said } from './import.rules.ts'
import type { PeopleOptions } from './ports.ts'
import { isSameState, moveFault } from './rules.ts'
import { blinds, initialsOfName, openSecrets, sealing, type Secrets } from './sealed.actions.ts'
import { limitsAt, liesAt, placesOf, today, type Place } from './shared.actions.ts'
import { countInFirm, type EmploymentRow, type NewEmployment } from './store.ts'

export function peopleImport(options: Pick<PeopleOptions, 'city'>): ImportTarget {
  return {
    code: 'people', name: { zh: '员工名册', en: 'Roster of staff' }, verb: 'roster.import', columns: rosterColumns, keys: [['idNumber']], listPath: '/portal/roster', forFirm: true,
    judge: async (ctx, rows, about) => (await plan(ctx, options, rows, about, false)).planned.map(({ outcome }) => outcome),
    store: (ctx, rows, about) => store(ctx, options, rows, about),
  }
}
interface Planned { outcome: Outcome; said?: Said; blind?: Buffer; row?: EmploymentRow }
interface Plan { planned: Planned[]; places: Place[]; persons: Map<string, string> }
const rejected = (issues: Fault[]): Planned => ({ outcome: { state: 'rejected', issues } })

async function plan(ctx: Ctx, options: Pick<PeopleOptions, 'city'>, rows: readonly CleanRow[], { enterpriseId }: ImportAbout, lock: boolean): Promise<Plan> {
  const limits = limitsAt(options, ctx.now)
  const places = await placesOf(ctx, enterpriseId!)
  const bounds = { today: today(ctx), leastAge: limits.leastAge, places, origin: originOf }
  const { person } = blinds(ctx)
  const said = rows.map((row): Planned => {
    const one = sayOf(row, bounds)
    return Array.isArray(one) ? rejected(one) : { outcome: { state: 'fresh' }, said: one, blind: person(one.identity.idType, one.identity.idNumber) }
  })
  const persons = await elevated(ctx, (system) => selectPersons(system, said.flatMap(({ blind }) => blind ?? [])))
  const known = new Map((await selectInFirm(ctx, enterpriseId!, [...persons.values()], lock)).map((row) => [row.personId, row]))
  let room = limits.mostPeople - (await countInFirm(ctx, enterpriseId!))
  const planned = said.map((one): Planned => {
    if (!one.said) return one
    const row = known.get(persons.get(one.blind!.toString('hex')) ?? '')
    if (row) return planChange(ctx, one, row)
    const missing = missingForNew(one.said, places)
    if (missing.length) return rejected(missing)
    return room-- > 0 ? one : rejected([{ column: null, code: 'issue.roster_full', params: { limit: limits.mostPeople } }])
  })
  return { planned, places, persons }
}
function planChange(ctx: Ctx, one: Planned, row: EmploymentRow): Planned {
  const { said } = one
  const changes: { column: string; from: Value; to: Value }[] = []
  const tell = (column: string, from: Value, to: Value | undefined) => { if (to !== undefined && to !== from) changes.push({ column, from, to }) }
  tell('name', row.name, said!.name)
  tell('sex', row.sex, said!.identity.sex === 'unknown' ? undefined : said!.identity.sex)
  for (const [name, value] of Object.entries(said!.open)) {
    if (name === 'originCode') { if (value !== row.originCode) changes.push({ column: 'origin', from: divisionOf(row.originCode)?.name.zh ?? null, to: divisionOf(value)!.name.zh }) }
    else tell(name, row[name as 'crew'], value)
  }
  if (said!.workplaceId && said!.workplaceId !== row.workplaceId) changes.push({ column: 'workplace', from: null, to: said!.workplaceId })
  const secrets = openSecrets(ctx, row)
  for (const name of ['phone', 'address', 'vehicleNo'] as const) tell(name, secrets[name], said!.sealed[name])
  if (said!.sealed.exposure && JSON.stringify(said!.sealed.exposure) !== JSON.stringify(secrets.exposure)) changes.push({ column: 'keyArea', from: null, to: null })
  const move = moveOf(ctx, said!)
  if (move && !isSameState(row, move)) {
    const fault = moveFault(row, move, today(ctx))
    if (fault) return rejected([{ column: 'state', code: fault.code, ...(fault.params ? { params: fault.params } : {}) }])
    changes.push({ column: 'state', from: row.state, to: move.to })
  }
  return { ...one, row, outcome: changes.length ? { state: 'changed', changes } : { state: 'unchanged' } }
}
const moveOf = (ctx: Ctx, said: Said) => said.state && { to: said.state, effectiveOn: today(ctx), until: said.observingUntil ?? null }

async function store(ctx: Ctx, options: Pick<PeopleOptions, 'city'>, rows: readonly CleanRow[], about: ImportAbout): Promise<Outcome[]> {
  const acting: Ctx = { ...ctx, actor: { ...ctx.actor, personId: about.personId } }
  const { planned, places, persons } = await plan(acting, options, rows, about, true)
  const fresh = planned.filter(({ outcome }) => outcome.state === 'fresh')
  const missing = fresh.filter(({ blind }) => !persons.has(blind!.toString('hex'))).map(({ blind }) => ({ id: newId(), blind: blind!.toString('hex') }))
  if (missing.length) for (const [blind, id] of await elevated(acting, (system) => insertPersons(system, missing))) persons.set(blind, id)
  const made = new Map(fresh.map((one) => [one, newRow(acting, one, { about, places, personId: persons.get(one.blind!.toString('hex'))! })]))
  const added = await insertEmployments(acting, [...made.values()])
  const byId = new Map(places.map((place) => [place.id, place]))
  let changed = 0
  for (const { outcome, said, row } of planned) {
    if (outcome.state !== 'changed') continue
    changed += 1
    const { name, identity, workplaceId, open, sealed } = said!
    const now = await applyFacts(acting, row!, { ...open, ...sealed, ...(name ? { name } : {}), ...(identity.sex === 'unknown' ? {} : { sex: identity.sex }) }, { place: workplaceId ? byId.get(workplaceId) : undefined, effectiveOn: today(acting) })
    const move = moveOf(acting, said!)
    if (move && !isSameState(now, move)) await moveOne(acting, now, move, { moveId: null, note: null })
  }
  if (added.size || changed) ctx.announce('people.imported', { kind: 'enterprise', id: about.enterpriseId! }, { importId: about.importId, fresh: added.size, changed })
  // Entered by somebody else between the look and the insert: what that one wrote is looked at once more.
  const late = rows.filter((_, at) => made.has(planned[at]!) && !added.has(made.get(planned[at]!)!.id))
  const again = late.length ? await store(ctx, options, late, about) : []
  return planned.map((one, at) => (made.has(one) && !added.has(made.get(one)!.id) ? again[late.indexOf(rows[at]!)]! : one.outcome))
}
type Keys = Map<string, ReturnType<typeof sealing>>
const batchKeys = new WeakMap<ImportAbout, Keys>()
function newRow(ctx: Ctx, { said }: Planned, { about, places, personId }: { about: ImportAbout; places: readonly Place[]; personId: string }): NewEmployment {
  const { identity, name, workplaceId, state, observingUntil = null, open, sealed } = said!
  const place = places.find((one) => (workplaceId ? one.id === workplaceId : one.open))!
  const id = newId()
  const keys = batchKeys.get(about) ?? batchKeys.set(about, new Map()).get(about)!
  let under = keys.get(place.districtCode)
  if (!under) keys.set(place.districtCode, (under = sealing(ctx, place.districtCode)))
  const secrets: Secrets = { idNumber: identity.idNumber, phone: sealed.phone ?? null, address: sealed.address ?? null, vehicleNo: sealed.vehicleNo ?? null, exposure: sealed.exposure ?? null }
  const { tail } = blinds(ctx)
  return {
    id, personId, enterpriseId: about.enterpriseId!, workplaceId: place.id, ...liesAt(place), name: name!, initials: initialsOfName(name!), sex: identity.sex, idType: identity.idType, staffNo: null, crew: null, dormitory: null, shift: null, originCode: null, leftOn: null, returnedOn: null, expectedOn: null, vehicle: null,
    ...open, state: state!, stateSince: today(ctx), observingUntil, idTail: tail(about.enterpriseId!, identity.idNumber), phoneTail: secrets.phone ? tail(about.enterpriseId!, secrets.phone) : null, sealed: under.seal(id, secrets), keyId: under.keyId,
    source: 'import', enteredAt: ctx.now, changedBy: about.personId, changedAt: ctx.now,
  }
}
