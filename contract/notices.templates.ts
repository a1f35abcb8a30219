// What a template of a notice is told and says: the values of each template by kind, the texts per channel, and the checks of both.
import { Type, type Static } from 'typebox'
import { AreaCode, Code, Day, Id, Line, Nullable, OptionalLine, Para, Strict, endpoint, type Bilingual, type Issue } from './base.ts'

/** `name` is the name of a record or unit, never of a third person; `day` 2020-02-24; `moment` an instant; `count` a whole number. */
export type ValueKind = 'name' | 'day' | 'moment' | 'count'
const place = { firm: 'name', workplace: 'name' } as const
/** Every template with the values that the sending room gives it: what a text may name between braces. */
export const templateValues = {
  'declaration.submitted': { ...place, unit: 'name', until: 'moment' },
  'declaration.arrived': { ...place, until: 'moment' },
  'declaration.effective': { ...place, number: 'name' },
  'declaration.returned': { ...place, unit: 'name', gaps: 'count' },
  'declaration.supplemented': { ...place, until: 'moment' },
  'declaration.accepted': { ...place, unit: 'name' },
  'declaration.rejected': { ...place, unit: 'name', until: 'day' },
  'declaration.filed_by_silence': { ...place, number: 'name', unit: 'name' },
  'declaration.site_check': { ...place, unit: 'name', at: 'moment' },
  'declaration.appeal_opened': { ...place, until: 'moment' },
  'declaration.appeal_decided': { ...place, unit: 'name', outcome: 'name' },
  'declaration.collective': { firm: 'name', complex: 'name', operator: 'name' },
  'declaration.superseded': { ...place, number: 'name' },
  'declaration.withdrawn': { ...place },
  'declaration.expired': { ...place, day: 'day' },
  'declaration.expiring': { ...place, day: 'day' },
  'declaration.suspended': { ...place, unit: 'name' },
  'declaration.resumed': { ...place, unit: 'name' },
  'declaration.corrected': { ...place, unit: 'name' },
  'stop_order.issued': { ...place, unit: 'name', until: 'day' },
  'stop_order.rectified': { ...place },
  'stop_order.lifted': { ...place, unit: 'name' },
  'spot_check.drawn': { count: 'count', day: 'day' },
  'spot_check.announced': { ...place, unit: 'name', day: 'day' },
  'spot_check.rectify': { ...place, unit: 'name', until: 'day' },
  'spot_check.reported': { ...place },
  'certificate.issued': { firm: 'name', number: 'name' },
  'certificate.suspended': { firm: 'name', number: 'name', unit: 'name' },
  'certificate.resumed': { firm: 'name', number: 'name', unit: 'name' },
  'certificate.revoked': { firm: 'name', number: 'name', unit: 'name' },
  'certificate.print_ready': { count: 'count', until: 'moment' },
  'case.assigned': { title: 'name' },
  'case.mentioned': { title: 'name' },
  'case.reminder': { title: 'name', until: 'moment' },
  'case.overdue': { title: 'name', until: 'moment' },
  'case.pressed': { title: 'name', unit: 'name' },
  'case.escalated': { title: 'name', unit: 'name' },
  'case.handed_on': { title: 'name', unit: 'name' },
  'case.handed_back': { title: 'name', unit: 'name' },
  'case.part_waiting': { title: 'name' },
  'batch.invited': { firm: 'name', batch: 'name', day: 'day' },
  'batch.moved': { firm: 'name', batch: 'name', day: 'day' },
  'batch.date_changed': { firm: 'name', batch: 'name', day: 'day' },
  'batch.reminder': { firm: 'name', batch: 'name', day: 'day' },
  'health.firm_reminder': { firm: 'name', count: 'count', until: 'moment' },
  'health.unit_reminder': { count: 'count', firms: 'count' },
  'health.matter': { firm: 'name', until: 'moment' },
  'health.alert': { firm: 'name', until: 'moment' },
  'health.outbreak': { firm: 'name', until: 'moment' },
  'export.asked': { number: 'name' },
  'export.approved': { number: 'name' },
  'export.refused': { number: 'name' },
  'export.ready': { number: 'name', count: 'count', until: 'moment' },
  'export.failed': { number: 'name' },
  'import.checked': { title: 'name', count: 'count' },
  'import.finished': { title: 'name', count: 'count', rejected: 'count' },
  'notice.robot_stopped': { robot: 'name', unit: 'name' },
  // One text message instead of many of the same template.
  'notice.bundle': { title: 'name', count: 'count' },
} as const satisfies Record<string, Record<string, ValueKind>>
export type TemplateCode = keyof typeof templateValues
export const templateCodes = Object.keys(templateValues) as TemplateCode[]
type ValueOf<K> = K extends 'count' ? number : K extends 'name' ? string | Bilingual : string
export type TemplateParams<T extends TemplateCode> = { [P in keyof (typeof templateValues)[T]]: ValueOf<(typeof templateValues)[T][P]> }

/** What a person may choose about: the first word of a template's code. */
export const noticeKinds = ['declaration', 'stop_order', 'spot_check', 'certificate', 'case', 'batch', 'health', 'export', 'import', 'notice'] as const
export type NoticeKind = (typeof noticeKinds)[number]
export const kindOf = (code: string): NoticeKind => code.split('.')[0] as NoticeKind

/** `must` goes out whatever the reader chose, `on` and `off` are what holds until they choose, `never` has no text message. */
export const smsModes = ['must', 'on', 'off', 'never'] as const
/** Texts of one template: title and text for the inbox, one text message, markdown for robots where it differs from title and text. */
export const TemplateTexts = Strict({
  title: Strict({ zh: Line(60), en: Line(120) }), text: Strict({ zh: Para(500), en: Para(1000) }),
  sms: Nullable(Strict({ zh: Line(300), en: Line(600) })), robot: Nullable(Strict({ zh: Para(1000), en: Para(2000) })),
})
export type TemplateTexts = Static<typeof TemplateTexts>
export const TemplateBody = Strict({
  ...TemplateTexts.properties,
  smsMode: Code(smsModes),
  /** Passes the quiet hours. */
  urgent: Type.Boolean(),
  /** Also posted to the robots of the unit that is told. */
  robots: Type.Boolean(),
})
export type TemplateBody = Static<typeof TemplateBody>

/** Characters of a text message up to which it costs one: 70 with Chinese in it, the sign of the sender counted. */
export const SMS_LENGTH = 70
export const smsSign: Bilingual = { zh: '【复工】', en: '[Fugong] ' }
export const smsLength = (text: string): number => [...smsSign.zh].length + [...text].length

/** Example values of each kind, for the preview and for measuring a text message. */
const examples: Record<ValueKind, { zh: string; en: string }> = { name: { zh: '贵阳样例电子有限公司', en: 'Guiyang Sample Electronics' }, day: { zh: '2020-02-26', en: '2020-02-26' }, moment: { zh: '2020-02-26 17:30', en: '2020-02-26 17:30' }, count: { zh: '3', en: '3' } }
const exampleNames: Record<string, Bilingual> = { workplace: { zh: '一车间', en: 'Workshop 1' }, unit: { zh: '云岩区专班', en: 'Yunyan task force' }, number: { zh: 'FG20200226000017', en: 'FG20200226000017' }, batch: { zh: '第二批', en: 'Batch 2' }, title: { zh: '复工备案审核', en: 'Review of a declaration' }, outcome: { zh: '维持原决定', en: 'Decision upheld' }, robot: { zh: '值班群', en: 'Duty group' }, complex: { zh: '湖畔购物中心', en: 'Lakeside Mall' } }
export function exampleValues(code: TemplateCode, language: 'zh' | 'en'): Record<string, string> {
  return Object.fromEntries(Object.entries(templateValues[code]).map(([name, kind]) => [name, kind === 'name' ? (exampleNames[name] ?? examples.name)[language] : examples[kind][language]]))
}
/** A text with its braces filled in; what no value is given for stays as it is. Values are not looked into again. */
export function fillTemplate(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? values[name]! : whole))
}
/** Faults of the texts of a template: braces around anything that the sending room does not give, a text message missing where one is sent. */
export function templateIssues(code: TemplateCode, body: TemplateBody, path = ''): Issue[] {
  const known = Object.keys(templateValues[code])
  const issues: Issue[] = []
  for (const part of ['title', 'text', 'sms', 'robot'] as const) {
    for (const language of ['zh', 'en'] as const) {
      const text = body[part]?.[language] ?? ''
      const rest = text.replace(/\{(\w+)\}/g, (whole, name: string) => (known.includes(name) ? '' : whole))
      const wrong = /\{([^{}]*)\}/.exec(rest)?.[1] ?? (/[{}]/.exec(rest)?.[0])
      if (wrong !== undefined) issues.push({ path: `${path}/${part}/${language}`, code: 'issue.placeholder', params: { name: wrong.slice(0, 20), known: known.map((name) => `{${name}}`).join('、') } })
    }
  }
  if (body.smsMode !== 'never' && body.sms === null) issues.push({ path: `${path}/sms/zh`, code: 'issue.required' })
  return issues
}
/** What is not wrong but costs: a text message that is two, with the example values filled in. */
export function templateWarnings(code: TemplateCode, body: Pick<TemplateBody, 'sms'>): { length: number } | null {
  const length = body.sms ? smsLength(fillTemplate(body.sms.zh, exampleValues(code, 'zh'))) : 0
  return length > SMS_LENGTH ? { length } : null
}

/** A version of a template as administrators read it; `from` is the day it holds from, in one area or, when empty, everywhere. */
export const Template = Type.Object({
  id: Type.String(), code: Code(templateCodes), version: Type.Integer(), areaCode: Nullable(Type.String()), from: Type.String(), state: Code(['proposed', 'confirmed', 'rejected']),
  inForce: Type.Boolean(), ...TemplateBody.properties, proposedBy: Nullable(Type.String()), proposedAt: Type.String(), decidedBy: Nullable(Type.String()), reason: Nullable(Type.String()), can: Type.Array(Type.String()),
})
export type Template = Static<typeof Template>
export const listTemplates = endpoint({ method: 'GET', path: '/api/notices/templates', verb: 'notice.administer', summary: 'Templates of notices: what holds now, what is planned and what waits for a second person', returns: Type.Object({ items: Type.Array(Template) }) })
export const templateHistory = endpoint({ method: 'GET', path: '/api/notices/templates/:code', verb: 'notice.administer', summary: 'Every version of one template, newest first', params: Strict({ code: Code(templateCodes) }), returns: Type.Object({ items: Type.Array(Template) }) })
export const ProposeTemplate = Strict({ ...TemplateBody.properties, code: Code(templateCodes), areaCode: Nullable(AreaCode), from: Day, basedOn: Type.Integer({ minimum: 0 }) })
export const proposeTemplate = endpoint({
  method: 'POST', path: '/api/notices/templates', verb: 'notice.administer', summary: 'Propose a new version of a template, to be confirmed by another administrator', body: ProposeTemplate, returns: Template, problems: ['notices.template_changed', 'notices.template_waiting'],
  check: (body) => templateIssues(body.code, body),
})
export const decideTemplate = endpoint({ method: 'POST', path: '/api/notices/templates/:id/decide', verb: 'notice.administer', summary: 'Confirm or reject a proposed template of somebody else', params: Strict({ id: Id }), body: Strict({ confirm: Type.Boolean(), reason: OptionalLine(300) }), returns: Template, problems: ['not_found', 'notices.template_own', 'notices.template_decided'] })
