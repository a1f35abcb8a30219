// Notices: a message of an office to the contacts of firms, in the inbox of the portal and by text message when chosen.
import { Type, type Static } from 'typebox'
import { Bilingual, Done, Id, Line, Nullable, Para, Paged, Strict, endpoint, pageQuery, type Issue } from './base.ts'

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

/** A message as a firm reads it. */
export const Notice = Type.Object({
  id: Type.String(), enterpriseId: Type.String(), enterpriseName: Type.String(), from: Bilingual, title: Type.String(), text: Type.String(), sentAt: Type.String(), readAt: Nullable(Type.String()),
})
export type Notice = Static<typeof Notice>
export const listNotices = endpoint({
  method: 'GET', path: '/api/me/notices', verb: 'notice.read', summary: 'Messages to me as a contact of firms, newest first', query: Strict({ ...pageQuery, unread: Type.Optional(Type.Boolean()) }), 
  returns: Type.Object({ items: Type.Array(Notice), next: Nullable(Type.String()), total: Type.Integer(), totalIsMore: Type.Boolean(), unread: Type.Integer() }),
})
export const readNotice = endpoint({ method: 'POST', path: '/api/me/notices/:id/read', verb: 'notice.read', summary: 'Mark a message as read', params: Strict({ id: Id }), body: Strict({}), returns: Done, problems: ['not_found'] })

/** What a unit sent, and what became of it: counts of contacts, never their names or numbers. */
export const SentNotice = Type.Object({
  id: Type.String(), title: Type.String(), text: Type.String(), sms: Type.Boolean(), by: Type.String(), unit: Nullable(Bilingual), sentAt: Type.String(),
  firms: Type.Integer(), firmsWithoutContact: Type.Integer(), people: Type.Integer(), read: Type.Integer(),
  smsSent: Type.Integer(), smsWaiting: Type.Integer(), smsFailed: Type.Integer(),
})
export type SentNotice = Static<typeof SentNotice>
export const listSentNotices = endpoint({ method: 'GET', path: '/api/notices', verb: 'notice.send', summary: 'Messages that my units sent, with what was delivered and read', query: Strict({ ...pageQuery }), returns: Paged(SentNotice) })
