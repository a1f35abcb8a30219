// Use cases of self-entry: posters with their codes, what an employee enters of themselves, and the firm's confirmation.
import { randomBytes } from 'node:crypto'
import { toString as toQr } from 'qrcode'
import type { Input, Returns } from '@fugong/contract/base'
import { treesOf } from '@fugong/contract/forms.engine'
import type { decideEntry, EnteredSelf, enterSelf, listEntries, listPosters, makePoster, Poster, readPoster, PosterPlace, revokePoster, SelfEntry } from '@fugong/contract/people.entries'
import { elevated, type Ctx } from '../../base/context.ts'
import { sha256 } from '../../base/crypto.ts'
import { newId } from '../../base/ids.ts'
import { noticeOf } from '../../base/limits.ts'
import { invalid, problem } from '../../base/problem.ts'
import { selectFirms, selectWorkplaces } from '../enterprises/index.ts'
import { enter } from './actions.ts'
import { divisionOf, isDivision } from './divisions.actions.ts'
import { entryForm, readEntered } from './entry-form.actions.ts'
import { countWaitingAt, findPosterByToken, insertPoster, lapseEntries, lockEntry, markRevoked, putEntry, selectPosters, selectWaiting, settleEntry, type EntryRow, type PosterRow } from './entries.store.ts'
import { requireOwnFirm } from './policy.ts'
import type { PeopleOptions } from './ports.ts'
import { asIssues, dateFaults, readIdentity, type Identity } from './rules.ts'
import { blinds, labelOf, maskedOf } from './sealed.actions.ts'
import { limitsAt, placeOf, placesOf, today } from './shared.actions.ts'
import { selectInFirm, selectPersons } from './bulk.store.ts'

/** Entries that one look at the queue shows. */
const MOST_SHOWN = 200
const DAY_MS = 86_400_000

// ── posters ─────────────────────────────────────────────────────────────────
export function listPostersOf(options: PeopleOptions) {
  return async (ctx: Ctx, { params }: Input<typeof listPosters>): Promise<Returns<typeof listPosters>> => {
    requireOwnFirm(ctx, params.id)
    const names = new Map((await placesOf(ctx, params.id)).map((place) => [place.id, place.name]))
    return { items: await Promise.all((await selectPosters(ctx, params.id)).map((row) => toPoster(ctx, options, row, names))) }
  }
}
async function toPoster(ctx: Ctx, { publicUrl }: PeopleOptions, row: PosterRow & { entries: number }, names: ReadonlyMap<string, string>): Promise<Poster> {
  const { id, workplaceId, createdAt, revokedAt, entries } = row
  // The secret stands behind the sign #: it reaches no server log on its way.
  const url = revokedAt === null ? `${publicUrl}/join#${ctx.sealer.open('people.poster', row.tokenSealed)}` : null
  return { id, workplaceId, workplaceName: names.get(workplaceId) ?? '–', createdAt, revokedAt, entries, url, qr: url && (await toQr(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })), can: url && ctx.may('roster.change') ? ['revoke'] : [] }
}
export function makePosterOf(options: PeopleOptions) {
  return async (ctx: Ctx, { params, body }: Input<typeof makePoster>): Promise<Poster> => {
    requireOwnFirm(ctx, params.id)
    const place = await placeOf(ctx, params.id, body.workplaceId)
    await markRevoked(ctx, params.id, { workplaceId: place.id })
    const token = randomBytes(24).toString('base64url')
    const row = { id: newId(), enterpriseId: params.id, workplaceId: place.id, tokenHash: sha256(token), tokenSealed: ctx.sealer.seal('people.poster', token), madeBy: ctx.actor.personId }
    await insertPoster(ctx, row)
    ctx.announce('poster.made', { kind: 'poster', id: row.id }, { workplaceId: place.id })
    return toPoster(ctx, options, { ...row, createdAt: ctx.now.toISOString(), revokedAt: null, entries: 0 }, new Map([[place.id, place.name]]))
  }
}
export function revokePosterOf(options: PeopleOptions) {
  return async (ctx: Ctx, { params }: Input<typeof revokePoster>): Promise<Poster> => {
    requireOwnFirm(ctx, params.id)
    if (await markRevoked(ctx, params.id, { id: params.posterId })) ctx.announce('poster.revoked', { kind: 'poster', id: params.posterId }, {})
    const row = (await selectPosters(ctx, params.id)).find((one) => one.id === params.posterId)
    if (!row) throw problem('not_found')
    return toPoster(ctx, options, row, new Map((await placesOf(ctx, params.id)).map((place) => [place.id, place.name])))
  }
}

// ── what an employee does ───────────────────────────────────────────────────
export interface PosterOf { posterId: string; enterpriseId: string; workplaceId: string; enterpriseName: string; workplaceName: string; districtCode: string }
/** The open workplace whose poster bears this secret; undefined for one that was revoked or never was. */
export function posterOf(ctx: Ctx, token: string): Promise<PosterOf | undefined> {
  return elevated(ctx, async (system) => {
    const row = await findPosterByToken(system, sha256(token))
    const place = row && (await selectWorkplaces(system, row.enterpriseId)).find((one) => one.id === row.workplaceId && one.open)
    const [firm] = place ? await selectFirms(system, [place.enterpriseId]) : []
    return row && place && firm && { posterId: row.id, enterpriseId: firm.id, workplaceId: place.id, enterpriseName: firm.name, workplaceName: place.name, districtCode: place.districtCode }
  })
}
async function requirePoster(ctx: Ctx, token: string): Promise<PosterOf> {
  const found = await posterOf(ctx, token)
  if (!found) throw problem('people.poster_over')
  return found
}
export async function readPosterOf(ctx: Ctx, { body }: Input<typeof readPoster>): Promise<PosterPlace> {
  const poster = await requirePoster(ctx, body.token)
  const { enterpriseName, workplaceName } = poster
  return { enterpriseName, workplaceName, notice: noticeOf('people', ctx.now), today: today(ctx), form: treesOf(await entryForm(ctx, poster)) }
}
type Entered = EnteredSelf & Identity
export function enterSelfOf(options: PeopleOptions) {
  return async (ctx: Ctx, { body }: Input<typeof enterSelf>): Promise<Returns<typeof enterSelf>> => {
    const poster = await requirePoster(ctx, body.token)
    if (body.noticeVersion !== noticeOf('people', ctx.now).version) throw problem('people.notice_changed')
    const limits = limitsAt(options, ctx.now)
    const form = await entryForm(ctx, poster)
    if (body.formVersion !== form.version) throw problem('people.form_changed')
    const facts = readEntered(form, body.answers, poster, today(ctx))
    const identity = readIdentity(facts, { today: today(ctx), leastAge: limits.leastAge })
    const issues = [
      ...(Array.isArray(identity) ? asIssues(identity) : []), ...dateFaults(facts, today(ctx)).map(({ field, code }) => ({ path: `/${field}`, code })),
      ...(facts.originCode && !isDivision(facts.originCode) ? [{ path: '/originCode', code: 'issue.origin_unknown' }] : []),
    ]
    if (issues.length) throw invalid(issues.map((issue) => ({ ...issue, path: `/answers${issue.path}` })))
    const { noticeVersion } = body
    return elevated(ctx, async (system) => {
      if ((await countWaitingAt(system, poster.workplaceId)) >= limits.mostWaiting) throw problem('people.entries_full')
      const id = newId()
      const { keyId, seal } = system.sealer.envelope.under(labelOf(poster.districtCode))
      const { idType, idNumber } = identity as Identity
      await putEntry(system, { id, posterId: poster.posterId, enterpriseId: poster.enterpriseId, workplaceId: poster.workplaceId, idBlind: blinds(system).person(idType, idNumber), noticeVersion, keyId, sealed: seal(`entry ${id}`, JSON.stringify({ ...facts, ...(identity as Identity) } satisfies Entered)) })
      ctx.announce('person.entered_self', { kind: 'entry', id }, { workplaceId: poster.workplaceId, noticeVersion })
      return { done: true as const }
    })
  }
}

// ── the firm's confirmation ─────────────────────────────────────────────────
const openEntry = (ctx: Ctx, row: EntryRow): Entered => JSON.parse(ctx.sealer.envelope.open(`entry ${row.id}`, row.sealed!)) as Entered
export async function listEntriesOf(ctx: Ctx, { params }: Input<typeof listEntries>): Promise<Returns<typeof listEntries>> {
  requireOwnFirm(ctx, params.id)
  const rows = await selectWaiting(ctx, params.id, MOST_SHOWN + 1)
  const page = rows.slice(0, MOST_SHOWN)
  const persons = await elevated(ctx, (system) => selectPersons(system, page.map((row) => row.idBlind)))
  const known = new Set((await selectInFirm(ctx, params.id, [...persons.values()], false)).map((row) => row.personId))
  const names = new Map((await placesOf(ctx, params.id)).map((place) => [place.id, place.name]))
  return { items: page.map((row) => toEntry(ctx, row, { names, known: known.has(persons.get(row.idBlind.toString('hex')) ?? '') })), more: rows.length > MOST_SHOWN }
}
function toEntry(ctx: Ctx, row: EntryRow, { names, known }: { names: ReadonlyMap<string, string>; known: boolean }): SelfEntry {
  const { name, idType, idNumber, phone, crew = null, dormitory = null, originCode = null, returnedOn = null } = openEntry(ctx, row)
  const { idMasked, phoneMasked } = maskedOf({ idNumber, phone, address: null, vehicleNo: null, exposure: null })
  return { id: row.id, workplaceId: row.workplaceId, workplaceName: names.get(row.workplaceId) ?? '–', name, idType, idMasked, phoneMasked: phoneMasked!, crew, dormitory, origin: divisionOf(originCode), returnedOn, enteredAt: row.enteredAt, known }
}
export function decideEntryOf(options: PeopleOptions) {
  return async (ctx: Ctx, { params, body }: Input<typeof decideEntry>): Promise<Returns<typeof decideEntry>> => {
    requireOwnFirm(ctx, params.id)
    const row = await lockEntry(ctx, params.id, params.entryId)
    if (!row) throw problem('not_found')
    if (row.state !== 'waiting') throw problem('people.entry_decided')
    const reason = body.reason?.trim() || null
    if (!body.confirm && !reason) throw invalid([{ path: '/reason', code: 'issue.required' }])
    if (body.confirm) {
      const { idType, idNumber, sex, ...facts } = openEntry(ctx, row)
      const place = await placeOf(ctx, params.id, row.workplaceId)
      const state = facts.returnedOn ? 'absent' : 'notReturned'
      await enter(ctx, options, params.id, { place, identity: { idType, idNumber, sex }, source: 'self', facts: { ...facts, idType, workplaceId: place.id, state }, known: 'renew' })
    }
    await settleEntry(ctx, row.id, { state: body.confirm ? 'confirmed' : 'refused', reason })
    ctx.announce(body.confirm ? 'person.entry_confirmed' : 'person.entry_refused', { kind: 'entry', id: row.id }, { workplaceId: row.workplaceId })
    return { done: true }
  }
}
/** What nobody decided in time is forgotten. */
export async function forgetEntries(system: Ctx, options: Pick<PeopleOptions, 'city'>): Promise<void> {
  const lapsed = await lapseEntries(system, new Date(system.now.getTime() - limitsAt(options, system.now).entryDays * DAY_MS))
  if (lapsed) system.announce('people.erased', { kind: 'entries', id: 'waiting' }, { why: 'entry', employments: 0, persons: 0, entries: lapsed, proof: '' })
}
