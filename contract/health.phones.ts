// Binding a phone 绑定手机: by the poster of a workplace, name and last four, and a code sent to the phone on the roster; what a bound phone is shown.
import { Type, type Static } from 'typebox'
import { Code, Day, Done, Id, Line, Nullable, PUBLIC, Para, Strict, endpoint } from './base.ts'
import { Answers } from './forms.ts'
import type { FormTrees } from './forms.work.ts'
import { Slot } from './health.ts'
import { Notice, PosterToken } from './people.entries.ts'

/** A token as a phone keeps it: 38 characters of URL-safe base64. It travels in bodies and heads, never in an address. */
export const PhoneToken = Type.String({ pattern: '^[A-Za-z0-9_-]{38}$', issue: 'format' })

export const HealthPoster = Type.Object({ enterpriseName: Type.String(), workplaceName: Type.String(), notice: Notice })
export type HealthPoster = Static<typeof HealthPoster>
export const readHealthPoster = endpoint({ method: 'POST', path: '/api/health/posters/read', verb: PUBLIC, summary: 'Whose poster this is, and the notice on daily reports', body: Strict({ poster: PosterToken }), returns: HealthPoster, problems: ['people.poster_over'] })

/** Who reports for somebody: the person, a family member, a clerk of the firm, the thermometer at the gate. */
export const relations = ['self', 'family', 'clerk', 'gate'] as const
/** Whose phone it is: the person's own, or a family member's who reports for them. */
export const AskBinding = Strict({
  relation: Type.Optional(Code(['self', 'family'])),
  poster: PosterToken, /** A random id that the phone made for itself. */ device: Id, noticeVersion: Type.Integer({ minimum: 1 }), agreed: Type.Literal(true),
  name: Line(40), tail: Type.String({ pattern: '^\\s*[0-9A-Za-z]{4}\\s*$', issue: 'id_tail' }),
})
export type AskBinding = Static<typeof AskBinding>
/** `sentTo`: the last two digits of the phone on the roster; null when it has none, then the firm's clerk approves. */
export const BindingAsked = Type.Object({ ask: PhoneToken, sentTo: Nullable(Type.String()) })
export type BindingAsked = Static<typeof BindingAsked>
/** Nobody of that name, another's last four and several alike get one and the same refusal. */
export const askBinding = endpoint({
  method: 'POST', path: '/api/health/binding-asks', verb: PUBLIC, summary: 'Say who I am on the roster of a workplace; a code goes to the phone that the roster has', body: AskBinding, returns: BindingAsked,
  problems: ['people.poster_over', 'health.notice_changed', 'health.not_matched', 'health.match_slowed', 'health.asks_full', 'identity.sign_in_slowed', 'forms.none_in_force'],
})
export const bindPhone = endpoint({
  method: 'POST', path: '/api/health/bindings', verb: PUBLIC, summary: 'Bind this phone with the code that was sent', body: Strict({ ask: PhoneToken, code: Type.String({ pattern: '^\\d{6}$', issue: 'code_six' }) }),
  returns: Type.Object({ token: PhoneToken }), problems: ['health.ask_over', 'identity.code_wrong', 'forms.none_in_force'],
})
/** What became of a claim that waits for the firm; once approved, the phone that asked receives its token. */
export const AskState = Type.Object({ state: Code(['waiting', 'approved', 'refused', 'over']), reason: Nullable(Type.String()), token: Nullable(PhoneToken) })
export type AskState = Static<typeof AskState>
export const readBindingAsk = endpoint({ method: 'POST', path: '/api/health/binding-asks/state', verb: PUBLIC, summary: 'Whether the firm has approved what this phone asked', body: Strict({ ask: PhoneToken }), returns: AskState, problems: ['health.ask_over'] })
export const unbindPhone = endpoint({ method: 'POST', path: '/api/health/bindings/end', verb: PUBLIC, summary: 'Take the binding off this phone', body: Strict({ token: PhoneToken }), returns: Done, problems: ['health.binding_unknown'] })

/** `number`: the receipt of what stands for the slot, in its version (0 when nothing was reported), and who said it. */
export const DaySlot = Type.Object({ day: Day, slot: Slot, number: Nullable(Type.String()), version: Type.Integer(), acceptedAt: Nullable(Type.String()), by: Nullable(Code(relations)), correctable: Type.Boolean() })
export type DaySlot = Static<typeof DaySlot>
/**
 * The day is the server's: a phone's clock may be a year off. `form` is what is asked that day, with its conditions read: a phone works it out.
 * `earlier`: slots of days before that may still be reported or corrected, the newest first. `seal`: the key to which answers are sealed before a phone stores them.
 */
export const HealthDay = Type.Object({
  name: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(), employmentId: Type.String(), relation: Code(relations), today: Day, /** The server's moment. */ now: Type.String(), daysLate: Type.Integer(),
  slots: Type.Array(DaySlot), earlier: Type.Array(DaySlot), /** The latest that was reported before today, to say the same again. */ last: Nullable(Type.Object({ day: Day, slot: Slot })), seal: Type.Object({ id: Type.String(), key: Type.String() }), form: Type.Unsafe<FormTrees>(Type.Unknown()),
})
export type HealthDay = Static<typeof HealthDay>
export const readHealthDay = endpoint({ method: 'POST', path: '/api/health/day', verb: PUBLIC, summary: 'For whom a bound phone reports, and what of today is received', body: Strict({ token: PhoneToken }), returns: HealthDay, problems: ['health.binding_unknown', 'health.not_on_roster', 'forms.none_in_force'] })
/** What stands for a slot, to correct it or to say the same again; null when nothing does. The phone shows it and keeps none of it. */
export const OwnAnswers = Type.Object({ answers: Nullable(Answers), version: Type.Integer() })
export const readOwnAnswers = endpoint({ method: 'POST', path: '/api/health/answers', verb: PUBLIC, summary: 'What a bound phone’s person said for a day and slot', body: Strict({ token: PhoneToken, day: Day, slot: Slot }), returns: OwnAnswers, problems: ['health.binding_unknown', 'health.not_on_roster'], perMinute: 30 })

// ── for the firm ────────────────────────────────────────────────────────────
export const BoundPhone = Type.Object({ id: Type.String(), relation: Code(relations), boundAt: Type.String(), can: Type.Array(Type.String()) })
export type BoundPhone = Static<typeof BoundPhone>
const employee = { id: Id, employmentId: Id }
/** A claim from the poster of somebody whose number the roster lacks. */
export const WaitingAsk = Type.Object({ id: Type.String(), employmentId: Type.String(), name: Type.String(), workplaceName: Type.String(), crew: Nullable(Type.String()), dormitory: Nullable(Type.String()), relation: Code(relations), /** Phones that are bound for the person already. */ phones: Type.Integer(), askedAt: Type.String(), expiresAt: Type.String(), can: Type.Array(Type.String()) })
export type WaitingAsk = Static<typeof WaitingAsk>
export const listWaitingAsks = endpoint({ method: 'GET', path: '/api/enterprises/:id/binding-asks', verb: 'health.phones', summary: 'Phones that wait for my firm to approve them, the oldest first', params: Strict({ id: Id }), returns: Type.Object({ items: Type.Array(WaitingAsk), more: Type.Boolean() }), problems: ['not_found'] })
export const decideAsk = endpoint({
  method: 'POST', path: '/api/enterprises/:id/binding-asks/:askId', verb: 'health.phones', summary: 'Approve the phone that asked, or refuse it with a reason that the person reads', params: Strict({ id: Id, askId: Id }),
  body: Strict({ approve: Type.Boolean(), reason: Type.Optional(Para(200)) }), returns: Done, problems: ['not_found', 'health.ask_decided', 'health.ask_over', 'health.not_on_roster', 'forms.none_in_force'],
})
export const listBoundPhones = endpoint({ method: 'GET', path: '/api/enterprises/:id/roster/:employmentId/phones', verb: 'health.phones', summary: 'Phones that report for a person of my firm, the newest first', params: Strict(employee), returns: Type.Object({ items: Type.Array(BoundPhone) }), problems: ['not_found'] })
export const revokePhone = endpoint({ method: 'POST', path: '/api/enterprises/:id/roster/:employmentId/phones/:bindingId/revoke', verb: 'health.phones', summary: 'Take the binding off a phone that was lost, say', params: Strict({ ...employee, bindingId: Id }), body: Strict({}), returns: Done, problems: ['not_found'] })
