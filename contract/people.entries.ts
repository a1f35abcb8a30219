// Self-entry: the poster of a workplace whose code employees scan, what they enter of themselves, and the firm's confirmation.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Day, Done, Id, Line, Nullable, OptionalLine, PUBLIC, Para, Phone, Strict, endpoint } from './base.ts'
import { Answers } from './forms.ts'
import type { FormTrees } from './forms.work.ts'
import { Exposure, Division, Vehicle, exposures } from './people.ts'
import { idTypes } from './people.ids.ts'

/** The poster's secret as it stands in the address behind the sign #. */
export const PosterToken = Type.String({ pattern: '^[A-Za-z0-9_-]{32}$', issue: 'format' })
export const Poster = Type.Object({ id: Type.String(), workplaceId: Type.String(), workplaceName: Type.String(), createdAt: Type.String(), revokedAt: Nullable(Type.String()), entries: Type.Integer(), url: Nullable(Type.String()), qr: Nullable(Type.String()), can: Type.Array(Type.String()) })
export type Poster = Static<typeof Poster>
const firm = Strict({ id: Id })
export const listPosters = endpoint({ method: 'GET', path: '/api/enterprises/:id/posters', verb: 'roster.change', summary: 'Posters of my workplaces, those in force first', params: firm, returns: Type.Object({ items: Type.Array(Poster) }), problems: ['not_found'] })
export const makePoster = endpoint({ method: 'POST', path: '/api/enterprises/:id/posters', verb: 'roster.change', summary: 'Make the poster of a workplace; an older one of it is revoked', params: firm, body: Strict({ workplaceId: Id }), returns: Poster, problems: ['not_found', 'people.workplace_closed'] })
export const revokePoster = endpoint({ method: 'POST', path: '/api/enterprises/:id/posters/:posterId/revoke', verb: 'roster.change', summary: 'Revoke a poster: its code opens nothing any more', params: Strict({ id: Id, posterId: Id }), body: Strict({}), returns: Poster, problems: ['not_found'] })

/** The notice under which people enter their data; a new wording is a new version. */
export const Notice = Type.Object({ version: Type.Integer(), text: Bilingual })
/** `form` is what the city asks of whoever enters themselves, with its conditions read: a phone works it out. */
export const PosterPlace = Type.Object({ enterpriseName: Type.String(), workplaceName: Type.String(), notice: Notice, today: Type.String(), form: Type.Unsafe<FormTrees>(Type.Unknown()) })
export type PosterPlace = Static<typeof PosterPlace>
export const readPoster = endpoint({ method: 'POST', path: '/api/posters/read', verb: PUBLIC, summary: 'Whose poster this is, and what it asks', body: Strict({ token: PosterToken }), returns: PosterPlace, problems: ['people.poster_over', 'forms.none_in_force'], perMinute: 30 })

const short = (max: number) => Type.Optional(Nullable(OptionalLine(max)))
/** What the roster takes of a self-entry: the answers of the form `person.selfEntry` with these codes. Not asked is not known. */
export const EnteredSelf = Strict({
  name: Line(40), idType: Code(idTypes), idNumber: Type.String({ minLength: 4, maxLength: 40, pattern: '^[\\p{Script=Han}A-Za-z0-9() （）-]+$', issue: 'id_letters' }), phone: Phone,
  address: short(120), crew: short(40), dormitory: short(40), originCode: Type.Optional(Nullable(Type.String({ pattern: '^\\d{6}$', issue: 'area' }))), leftOn: Type.Optional(Nullable(Day)), returnedOn: Type.Optional(Nullable(Day)),
  vehicle: Type.Optional(Nullable(Vehicle)), vehicleNo: short(40), exposure: Type.Optional(Nullable(Type.Array(Exposure, { maxItems: exposures.length, uniqueItems: true }))),
})
export type EnteredSelf = Static<typeof EnteredSelf>
export const EnterSelf = Strict({ token: PosterToken, noticeVersion: Type.Integer({ minimum: 1 }), agreed: Type.Literal(true), formVersion: Type.Integer({ minimum: 1 }), answers: Answers })
export type EnterSelf = Static<typeof EnterSelf>
/** Always the same answer, whether the person is on the roster already or not: nobody learns from it who works here. */
export const enterSelf = endpoint({
  method: 'POST', path: '/api/roster-entries', verb: PUBLIC, summary: 'Enter myself on the roster of a workplace; the firm confirms', body: EnterSelf, returns: Done,
  problems: ['people.poster_over', 'people.notice_changed', 'people.form_changed', 'people.entries_full', 'forms.none_in_force'], perMinute: 10,
})
export const SelfEntry = Type.Object({
  id: Type.String(), workplaceId: Type.String(), workplaceName: Type.String(), name: Type.String(), idType: Code(idTypes), idMasked: Type.String(), phoneMasked: Type.String(), crew: Nullable(Type.String()), dormitory: Nullable(Type.String()),
  origin: Nullable(Division), returnedOn: Nullable(Type.String()), enteredAt: Type.String(),
  /** Whether this ID number is on the firm's roster already: then confirming brings that entry up to date. */
  known: Type.Boolean(),
})
export type SelfEntry = Static<typeof SelfEntry>
export const listEntries = endpoint({ method: 'GET', path: '/api/enterprises/:id/roster-entries', verb: 'roster.change', summary: 'Self-entries that wait for my firm’s confirmation, oldest first', params: firm, returns: Type.Object({ items: Type.Array(SelfEntry), more: Type.Boolean() }), problems: ['not_found'] })
export const decideEntry = endpoint({
  method: 'POST', path: '/api/enterprises/:id/roster-entries/:entryId', verb: 'roster.change', summary: 'Confirm a self-entry, or refuse it', params: Strict({ id: Id, entryId: Id }),
  body: Strict({ confirm: Type.Boolean(), reason: Type.Optional(Para(200)) }), returns: Done, problems: ['not_found', 'people.entry_decided', 'people.too_many'],
})
