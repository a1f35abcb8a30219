// Workplaces of a firm: adding, changing, closing; what was there on a day can always be asked.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import type { addWorkplace, Enterprise, RegisterEnterprise } from '@fugong/contract/enterprises'
import type { changeWorkplace, closeWorkplace, listWorkplaces, WorkplaceDetail } from '@fugong/contract/enterprises.places'
import { isOwnFirm } from '../../base/auth.ts'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { findArea } from '../areas/index.ts'
import { dayIssues } from './change.actions.ts'
import { changedMeanwhile, stampOf } from './doers.actions.ts'
import { changedIn, fold, pickFacts, placeFactNames, versionOn, type Patch, type PlaceFacts } from './facts.rules.ts'
import { insertChange, replaceVersions, selectDone, selectPlaceVersions, type ChangeRow, type NewChange, type Side } from './history.store.ts'
import { lockPlace, updatePlace, type PlaceRow } from './places.store.ts'
import { lengthIssues, placeIssues, tidy, type AreaFact } from './rules.ts'
import { toEnterprise, toWorkplace } from './show.actions.ts'
import { findEnterprise, indexFirm, insertWorkplace, selectWorkplaces, type EnterpriseRow, type NewWorkplace, type WorkplaceRow } from './store.ts'

type Place = RegisterEnterprise['workplace']

export async function listWorkplacesOf(ctx: Ctx, { params, query }: Input<typeof listWorkplaces>): Promise<Returns<typeof listWorkplaces>> {
  const firm = await visibleFirm(ctx, params.id)
  const at = query.at
  if (at !== undefined && at > shanghaiDay(ctx.now)) throw invalid([{ path: '/at', code: 'issue.future' }])
  const places = await selectWorkplaces(ctx, firm.id)
  const former = at === undefined ? new Map<string, PlaceFacts>() : await selectPlaceVersions(ctx, firm.id, at)
  const own = isOwnFirm(ctx.actor, firm.id) && firm.state === 'active' && at === undefined
  const shown = at === undefined ? places : places.filter((place) => place.openedOn <= at)
  return { at: at ?? null, items: shown.map((place) => toDetail(ctx, { ...place, ...former.get(place.id) }, at)), can: own && ctx.may('enterprise.change') ? ['add'] : [] }
}
export async function addWorkplaceTo(ctx: Ctx, { params, body }: Input<typeof addWorkplace>): Promise<Enterprise> {
  const firm = await visibleFirm(ctx, params.id)
  if (firm.state !== 'active') throw problem('enterprises.not_active')
  const place = tidyPlace(body)
  const issues = await issuesOfPlace(ctx, place, '')
  if (issues.length) throw invalid(issues)
  const row = newWorkplace(ctx, firm.id, place, firm.department, shanghaiDay(ctx.now))
  await addFurtherWorkplace(ctx, firm, row)
  ctx.announce('enterprise.workplace_added', { kind: 'enterprise', id: firm.id }, { workplaceId: row.id })
  return toEnterprise(ctx, firm)
}
/** Beyond the first one, which lies where the firm is registered. */
export async function addFurtherWorkplace(ctx: Ctx, firm: EnterpriseRow, row: NewWorkplace): Promise<void> {
  await insertWorkplace(ctx, row)
  await elevated(ctx, async (system) => {
    await insertChange(system, { ...entryOf(ctx, row, 'workplaceAdded', row.openedOn, ctx.actor.kind === 'system' ? 'system' : 'firm'), patch: pickFacts<PlaceFacts>(row, placeFactNames) }, row)
    await indexFirm(system, firm)
  })
}
export function newWorkplace(ctx: Ctx, enterpriseId: string, { zoneCode, building, park, ...place }: Place, department: string | null, openedOn: string): NewWorkplace {
  return { id: newId(), enterpriseId, ...place, zoneCode: zoneCode ?? null, building: building ?? null, park: park ?? null, department, openedOn, addedAt: ctx.now }
}

export async function changeWorkplaceOf(ctx: Ctx, { params, body }: Input<typeof changeWorkplace>): Promise<WorkplaceDetail> {
  const { place, side } = await loadPlace(ctx, params, body.revision)
  const { revision: _revision, effectiveOn = shanghaiDay(ctx.now), ...given } = body
  const patch: Partial<PlaceFacts> = { ...given }
  for (const name of ['name', 'address', 'building', 'park'] as const) if (typeof patch[name] === 'string') patch[name] = tidy(patch[name])
  const texts = (['name', 'address', 'building', 'park'] as const).flatMap((name) => (patch[name] ? [{ path: `/${name}`, text: patch[name], limit: name === 'address' ? 120 : 60 }] : []))
  const issues = [...lengthIssues(texts), ...dayIssues(effectiveOn, { from: place.openedOn, until: shanghaiDay(ctx.now) })]
  if (issues.length) throw invalid(issues)
  const fields = changedIn<PlaceFacts>(place, patch)
  if (!fields.length) return toDetail(ctx, place)
  return elevated(ctx, async (system) => {
    const done = await selectDone(system, place.enterpriseId, place.id)
    // A workplace that came with the registration has no entry of its own until it changes.
    if (!done.length) await insertChange(system, { ...entryOf(ctx, place, 'workplaceAdded', place.openedOn, 'system'), patch: pickFacts<PlaceFacts>(place, placeFactNames) }, place)
    const change = { ...entryOf(ctx, place, 'workplaceChanged', effectiveOn, side), patch: pickFacts(patch as PlaceFacts, fields) }
    await insertChange(system, change, place)
    const told = (await selectDone(system, place.enterpriseId, place.id)).filter((one) => one.kind !== 'workplaceClosed' && one.kind !== 'workplaceReopened')
    const versions = fold(told as Patch<PlaceFacts>[])
    await replaceVersions(system, { enterpriseId: place.enterpriseId, workplaceId: place.id }, versions, () => place)
    const present = versionOn(versions, shanghaiDay(ctx.now))!.facts
    ctx.announce('enterprise.changed', { kind: 'enterprise', id: place.enterpriseId }, { changeId: change.id, kind: change.kind, fields, effectiveOn, workplaceId: place.id })
    return toDetail(ctx, await updatePlace(system, place, { ...present, ...stampOf(ctx, side) }))
  })
}
export async function closeWorkplaceOf(ctx: Ctx, { params, body }: Input<typeof closeWorkplace>): Promise<WorkplaceDetail> {
  const { place, side } = await loadPlace(ctx, params, body.revision)
  const reason = tidy(body.reason)
  const issues = [...lengthIssues([{ path: '/reason', text: reason, limit: 300 }]), ...dayIssues(body.closedOn, { from: place.openedOn, until: shanghaiDay(ctx.now) }, '/closedOn')]
  if (issues.length) throw invalid(issues)
  return elevated(ctx, async (system) => {
    const closed = await setClosed(system, place, { closedOn: body.closedOn, reason, side, as: ctx })
    await indexFirm(system, (await findEnterprise(system, place.enterpriseId))!)
    return toDetail(ctx, closed)
  })
}
/** Closes a workplace, or with a null day opens it again; the caller's right was checked. */
export async function setClosed(system: Ctx, place: PlaceRow, { closedOn, reason, side, as, closedWith = null }: { closedOn: string | null; reason: string; side: Side; as: Ctx; closedWith?: string | null }): Promise<PlaceRow> {
  const kind = closedOn === null ? 'workplaceReopened' : 'workplaceClosed'
  const change = { ...entryOf(as, place, kind, closedOn ?? shanghaiDay(as.now), side), reason, patch: { closedOn } }
  await insertChange(system, change, place)
  as.announce('enterprise.changed', { kind: 'enterprise', id: place.enterpriseId }, { changeId: change.id, kind, fields: ['closedOn'], effectiveOn: change.effectiveOn, workplaceId: place.id })
  return updatePlace(system, place, { closedOn, closeReason: closedOn === null ? null : reason, closedWith, open: closedOn === null, ...stampOf(as, side) })
}
async function loadPlace(ctx: Ctx, { id, workplaceId }: { id: string; workplaceId: string }, revision: number): Promise<{ place: PlaceRow; side: Side }> {
  await visibleFirm(ctx, id)
  const place = await lockPlace(ctx, id, workplaceId)
  if (!place) throw problem('not_found')
  if (place.revision !== revision) throw await changedMeanwhile(ctx, place)
  if (!place.open) throw problem('enterprises.workplace_closed')
  return { place, side: 'firm' }
}
function entryOf(ctx: Ctx, place: { id: string; enterpriseId: string }, kind: ChangeRow['kind'], effectiveOn: string, side: Side): NewChange {
  const { changedBy, changedUnit, changedAt } = stampOf(ctx, side)
  return { id: newId(), enterpriseId: place.enterpriseId, workplaceId: place.id, kind, effectiveOn, reason: null, patch: {}, state: 'done', side, byPerson: changedBy, byUnit: changedUnit, recordedAt: changedAt! }
}
async function visibleFirm(ctx: Ctx, id: string): Promise<EnterpriseRow> {
  const found = await findEnterprise(ctx, id)
  if (!found) throw problem('not_found')
  return found
}
function toDetail(ctx: Ctx, place: WorkplaceRow, at?: string): WorkplaceDetail {
  const { building, park, openedOn, closedOn, closeReason, revision } = place
  const own = isOwnFirm(ctx.actor, place.enterpriseId) && ctx.may('enterprise.change') && place.open && at === undefined
  return { ...toWorkplace(place), building, park, openedOn, closedOn, closeReason, revision, can: own ? ['change', 'close'] : [] }
}
export function tidyPlace(place: Place): Place {
  const line = (text: string | null | undefined) => (text ? tidy(text) : text)
  return { ...place, name: tidy(place.name), address: tidy(place.address), ...(place.building === undefined ? {} : { building: line(place.building) ?? null }), ...(place.park === undefined ? {} : { park: line(place.park) ?? null }) }
}
export interface Area { districtCode: string; streetCode: string; zoneCode?: string | null | undefined }
export async function issuesOfPlace(ctx: Ctx, place: Place, path: string): Promise<Issue[]> {
  return [...lengthIssues([{ path: `${path}/name`, text: place.name, limit: 60 }, { path: `${path}/address`, text: place.address, limit: 120 }]), ...(await issuesOfArea(ctx, place, path))]
}
export async function issuesOfArea(ctx: Ctx, { districtCode, streetCode, zoneCode = null }: Area, path: string): Promise<Issue[]> {
  const found = new Map<string, AreaFact>()
  for (const code of [districtCode, streetCode, zoneCode]) {
    const area = code ? await findArea(ctx, code) : undefined
    if (area) found.set(area.code, area)
  }
  return placeIssues({ districtCode, streetCode, zoneCode }, found, path)
}
