// Notices: what people are told in their inbox and by text message, and the log of what an office sent in its own words.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Done, Id, Line, Nullable, Para, Paged, SIGNED_IN, Strict, endpoint, pageQuery, type Issue } from './base.ts'

/** What may stand in a message between braces and is filled in for each firm. */
export const placeholders = ['企业名称', '单位'] as const
/** Faults of a text: braces around anything that cannot be filled in. */
export function placeholderIssues(text: string, path: string): Issue[] {
  const unknown = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!).filter((name) => !(placeholders as readonly string[]).includes(name))
  return unknown.length ? [{ path, code: 'issue.placeholder', params: { name: unknown[0]!.slice(0, 20), known: placeholders.map((name) => `{${name}}`).join('、') } }] : []
}
/** A text with its places filled in. */
export function fillMessage(text: string, values: Record<(typeof placeholders)[number], string>): string {
  return text.replace(/\{([^{}]*)\}/g, (whole, name: string) => (name in values ? values[name as keyof typeof values] : whole))
}
/** Plain text with `{企业名称}` and `{单位}`; `sms` also sends it to the contacts' phones. */
export const NoticeText = Strict({ title: Line(60), text: Para(1000), sms: Type.Boolean() })
export type NoticeText = Static<typeof NoticeText>
export const noticeIssues = ({ title, text }: NoticeText, path = ''): Issue[] => [...placeholderIssues(title, `${path}/title`), ...placeholderIssues(text, `${path}/text`)]

/** What became of the text message of a notice, as its reader may know it. */
export const SmsOutcome = Type.Object({ state: Code(['waiting', 'sent', 'failed', 'bundled', 'off']), why: Nullable(Code(['quiet', 'bundle', 'gateway', 'no_phone', 'unwanted'])), at: Nullable(Type.String()) })
export type SmsOutcome = Static<typeof SmsOutcome>
/** A message as its reader sees it; what an office wrote itself is the same in both languages. `from` is empty when the system speaks. */
export const Notice = Type.Object({
  id: Type.String(), enterpriseId: Nullable(Type.String()), enterpriseName: Nullable(Type.String()), from: Nullable(Bilingual), kind: Nullable(Type.String()), title: Bilingual, text: Bilingual, link: Nullable(Type.String()), urgent: Type.Boolean(),
  sms: Nullable(SmsOutcome), sentAt: Type.String(), readAt: Nullable(Type.String()),
})
export type Notice = Static<typeof Notice>
export const listNotices = endpoint({
  method: 'GET', path: '/api/me/notices', verb: SIGNED_IN, summary: 'Messages to me, in my post or as a contact of firms, newest first', query: Strict({ ...pageQuery, unread: Type.Optional(Type.Boolean()) }),
  returns: Type.Object({ items: Type.Array(Notice), next: Nullable(Type.String()), total: Type.Integer(), totalIsMore: Type.Boolean(), unread: Type.Integer() }),
})
export const readNotice = endpoint({ method: 'POST', path: '/api/me/notices/:id/read', verb: SIGNED_IN, summary: 'Mark a message as read', params: Strict({ id: Id }), body: Strict({}), returns: Done, problems: ['not_found'] })
export const readAllNotices = endpoint({ method: 'POST', path: '/api/me/notices/read-all', verb: SIGNED_IN, summary: 'Mark all my messages as read', body: Strict({}), returns: Type.Object({ read: Type.Integer() }) })

/** What a unit sent, and what became of it: counts of contacts, never their names or numbers. */
export const SentNotice = Type.Object({
  id: Type.String(), title: Type.String(), text: Type.String(), sms: Type.Boolean(), by: Type.String(), unit: Nullable(Bilingual), sentAt: Type.String(),
  firms: Type.Integer(), firmsWithoutContact: Type.Integer(), people: Type.Integer(), read: Type.Integer(),
  smsSent: Type.Integer(), smsWaiting: Type.Integer(), smsFailed: Type.Integer(),
})
export type SentNotice = Static<typeof SentNotice>
export const listSentNotices = endpoint({ method: 'GET', path: '/api/notices', verb: 'notice.send', summary: 'Messages that my units sent, with what was delivered and read', query: Strict({ ...pageQuery }), returns: Paged(SentNotice) })
