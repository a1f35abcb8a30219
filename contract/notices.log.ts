// What became of notices: the log of a unit's own, counts for administrators, and which text messages a person wants.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Day, Nullable, Paged, SIGNED_IN, Strict, endpoint, pageQuery } from './base.ts'
import { noticeKinds, templateCodes } from './notices.templates.ts'

export const logStates = ['waiting', 'sent', 'failed', 'off'] as const
/** How many went which way; `deferred` are those of the waiting that wait for a stated moment. */
const SmsCounts = Type.Object({ sent: Type.Integer(), waiting: Type.Integer(), deferred: Type.Integer(), failed: Type.Integer(), off: Type.Integer() })
const PostCounts = Type.Object({ sent: Type.Integer(), waiting: Type.Integer(), failed: Type.Integer() })
export const Reason = Type.Object({ channel: Code(['sms', 'robot']), why: Type.String(), count: Type.Integer() })
export const LogEntry = Type.Object({
  id: Type.String(), sentAt: Type.String(), template: Nullable(Type.String()), title: Bilingual, link: Nullable(Type.String()), people: Type.Integer(), read: Type.Integer(),
  sms: SmsCounts, robots: PostCounts, deferredUntil: Nullable(Type.String()), reasons: Type.Array(Reason),
})
export type LogEntry = Static<typeof LogEntry>
export const logQuery = { template: Type.Optional(Code(templateCodes)), channel: Type.Optional(Code(['sms', 'robot'])), state: Type.Optional(Code(logStates)), from: Type.Optional(Day), to: Type.Optional(Day) }
export const listNoticeLog = endpoint({ method: 'GET', path: '/api/notices/log', verb: 'notice.log', summary: 'What my units told people, with what was delivered; counts, never names or numbers', query: Strict({ ...pageQuery, ...logQuery }), returns: Paged(LogEntry) })
/** Counts only: how a channel works, never what was told to whom. */
export const NoticeCount = Type.Object({ template: Nullable(Type.String()), channel: Code(['app', 'sms', 'robot']), state: Type.String(), why: Nullable(Type.String()), count: Type.Integer() })
export type NoticeCount = Static<typeof NoticeCount>
export const countNotices = endpoint({ method: 'GET', path: '/api/notices/counts', verb: 'notice.administer', summary: 'Notices of some days by template, channel and outcome', query: Strict({ from: Type.Optional(Day), to: Type.Optional(Day) }), returns: Type.Object({ from: Type.String(), to: Type.String(), items: Type.Array(NoticeCount) }) })

/** `choice`: the reader decides; `must`: always sent; `never`: there are no text messages of the kind. `some` of a choice are sent all the same. */
export const Preference = Type.Object({ kind: Code(noticeKinds), sms: Code(['choice', 'must', 'never']), some: Type.Boolean(), on: Type.Boolean() })
export type Preference = Static<typeof Preference>
export const getPreferences = endpoint({ method: 'GET', path: '/api/me/notices/preferences', verb: SIGNED_IN, summary: 'Which notices also reach me by text message', returns: Type.Object({ items: Type.Array(Preference), phone: Nullable(Type.String()) }) })
export const setPreferences = endpoint({
  method: 'PUT', path: '/api/me/notices/preferences', verb: SIGNED_IN, summary: 'Choose which notices also reach me by text message', problems: ['notices.must_stay'],
  body: Strict({ items: Type.Array(Strict({ kind: Code(noticeKinds), on: Type.Boolean() }), { minItems: 1, maxItems: noticeKinds.length }) }), returns: Type.Object({ items: Type.Array(Preference), phone: Nullable(Type.String()) }),
})
