// Binding a phone 绑定手机: by the poster of a workplace, name and last four, and a code sent to the phone on the roster; what a bound phone is shown.
import { Type, type Static } from 'typebox'
import { Code, Day, Done, Id, Line, Nullable, PUBLIC, Strict, endpoint } from './base.ts'
import type { FormTrees } from './forms.work.ts'
import { Slot } from './health.ts'
import { Notice, PosterToken } from './people.entries.ts'

/** A token as a phone keeps it: 38 characters of URL-safe base64. It travels in bodies and heads, never in an address. */
export const PhoneToken = Type.String({ pattern: '^[A-Za-z0-9_-]{38}$', issue: 'format' })

export const HealthPoster = Type.Object({ enterpriseName: Type.String(), workplaceName: Type.String(), notice: Notice })
export type HealthPoster = Static<typeof HealthPoster>
export const readHealthPoster = endpoint({ method: 'POST', path: '/api/health/posters/read', verb: PUBLIC, summary: 'Whose poster this is, and the notice on daily reports', body: Strict({ poster: PosterToken }), returns: HealthPoster, problems: ['people.poster_over'] })

export const AskBinding = Strict({
  poster: PosterToken, /** A random id that the phone made for itself. */ device: Id, noticeVersion: Type.Integer({ minimum: 1 }), agreed: Type.Literal(true),
  name: Line(40), tail: Type.String({ pattern: '^\\s*[0-9A-Za-z]{4}\\s*$', issue: 'id_tail' }),
})
export type AskBinding = Static<typeof AskBinding>
/** `sentTo`: the last two digits of the phone on the roster. */
export const BindingAsked = Type.Object({ ask: PhoneToken, sentTo: Type.String() })
export type BindingAsked = Static<typeof BindingAsked>
/** Nobody of that name, another's last four and several alike get one and the same refusal. */
export const askBinding = endpoint({
  method: 'POST', path: '/api/health/binding-asks', verb: PUBLIC, summary: 'Say who I am on the roster of a workplace; a code goes to the phone that the roster has', body: AskBinding, returns: BindingAsked,
  problems: ['people.poster_over', 'health.notice_changed', 'health.not_matched', 'health.match_slowed', 'health.no_phone', 'identity.sign_in_slowed', 'forms.none_in_force'],
})
export const bindPhone = endpoint({
  method: 'POST', path: '/api/health/bindings', verb: PUBLIC, summary: 'Bind this phone with the code that was sent', body: Strict({ ask: PhoneToken, code: Type.String({ pattern: '^\\d{6}$', issue: 'code_six' }) }),
  returns: Type.Object({ token: PhoneToken }), problems: ['health.ask_over', 'identity.code_wrong', 'forms.none_in_force'],
})
export const unbindPhone = endpoint({ method: 'POST', path: '/api/health/bindings/end', verb: PUBLIC, summary: 'Take the binding off this phone', body: Strict({ token: PhoneToken }), returns: Done, problems: ['health.binding_unknown'] })

/** `number`: the receipt of what was reported for the slot. */
export const DaySlot = Type.Object({ day: Day, slot: Slot, number: Nullable(Type.String()) })
/** The day is the server's: a phone's clock may be a year off. `form` is what is asked that day, with its conditions read: a phone works it out. */
export const HealthDay = Type.Object({ name: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(), employmentId: Type.String(), today: Day, slots: Type.Array(DaySlot), form: Type.Unsafe<FormTrees>(Type.Unknown()) })
export type HealthDay = Static<typeof HealthDay>
export const readHealthDay = endpoint({ method: 'POST', path: '/api/health/day', verb: PUBLIC, summary: 'For whom a bound phone reports, and what of today is received', body: Strict({ token: PhoneToken }), returns: HealthDay, problems: ['health.binding_unknown', 'health.not_on_roster', 'forms.none_in_force'] })

// ── for the firm ────────────────────────────────────────────────────────────
export const relations = ['self', 'family', 'clerk', 'gate'] as const
export const BoundPhone = Type.Object({ id: Type.String(), relation: Code(relations), boundAt: Type.String(), can: Type.Array(Type.String()) })
export type BoundPhone = Static<typeof BoundPhone>
const employee = { id: Id, employmentId: Id }
export const listBoundPhones = endpoint({ method: 'GET', path: '/api/enterprises/:id/roster/:employmentId/phones', verb: 'health.phones', summary: 'Phones that report for a person of my firm, the newest first', params: Strict(employee), returns: Type.Object({ items: Type.Array(BoundPhone) }), problems: ['not_found'] })
export const revokePhone = endpoint({ method: 'POST', path: '/api/enterprises/:id/roster/:employmentId/phones/:bindingId/revoke', verb: 'health.phones', summary: 'Take the binding off a phone that was lost, say', params: Strict({ ...employee, bindingId: Id }), body: Strict({}), returns: Done, problems: ['not_found'] })
