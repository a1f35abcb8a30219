// Health alerts 健康预警: what follows from a colour other than green, for case officers, firms and the person.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Day, Done, Id, Nullable, PUBLIC, Paged, Para, Strict, endpoint, pageQuery } from './base.ts'
import { CaseEntry } from './cases.ts'
import { HealthLevel } from './health.ts'
import { PhoneToken } from './health.phones.ts'
import { HealthFacts } from './health.status.ts'

export const alertStates = ['open', 'following', 'observing', 'released', 'lifted', 'answered', 'lapsed'] as const
export const AlertState = Code(alertStates)
export type AlertState = (typeof alertStates)[number]
export const alertSteps = ['verify', 'isolate', 'report', 'clinic', 'trace', 'disinfect', 'result'] as const
export const AlertStepCode = Code(alertSteps)
export type AlertStepCode = (typeof alertSteps)[number]
export const alertResults = ['negative', 'suspected', 'confirmed'] as const
export const contactWays = ['crew', 'dormitory', 'shift', 'workplace'] as const
export type ContactWay = (typeof contactWays)[number]

export const AlertRow = Type.Object({
  id: Type.String(), kind: Code(['matter', 'alert']), level: HealthLevel, state: AlertState, name: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(), openedAt: Type.String(), endedAt: Nullable(Type.String()),
  /** The nearest step that is open. */
  nextStep: Nullable(AlertStepCode), dueAt: Nullable(Type.String()), overdue: Type.Boolean(), observeUntil: Nullable(Type.String()), handler: Nullable(Type.String()),
})
export type AlertRow = Static<typeof AlertRow>
/** `open`: not ended. */
export const listAlerts = endpoint({
  method: 'GET', path: '/api/alerts', verb: 'alert.follow', summary: 'Alerts of my district, the nearest limit first', logsRead: true,
  query: Strict({ ...pageQuery, state: Type.Optional(Code([...alertStates, 'running'])), level: Type.Optional(HealthLevel) }), returns: Paged(AlertRow),
})
export const AlertStep = Type.Object({ id: Type.String(), step: AlertStepCode, side: Code(['firm', 'office']), dueAt: Type.String(), doneAt: Nullable(Type.String()), doneBy: Nullable(Type.String()), note: Nullable(Type.String()), overdue: Type.Boolean(), dropped: Type.Boolean() })
export type AlertStep = Static<typeof AlertStep>
export const AlertContact = Type.Object({ employmentId: Type.String(), name: Type.String(), ways: Type.Array(Code(contactWays)), level: HealthLevel, observeUntil: Nullable(Type.String()) })
export type AlertContact = Static<typeof AlertContact>
export const Alert = Type.Object({
  id: Type.String(), revision: Type.Integer(), kind: Code(['matter', 'alert']), level: HealthLevel, colourNow: HealthLevel, state: AlertState, employmentId: Type.String(), name: Type.String(), enterpriseId: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(),
  crew: Nullable(Type.String()), dormitory: Nullable(Type.String()), shift: Nullable(Type.String()), openedAt: Type.String(), endedAt: Nullable(Type.String()), endReason: Nullable(Type.String()), result: Nullable(Code(alertResults)), observeUntil: Nullable(Type.String()), observeDays: Type.Integer(),
  steps: Type.Array(AlertStep), contacts: Type.Array(AlertContact), caseId: Type.String(), dueAt: Nullable(Type.String()), timeline: Type.Array(CaseEntry),
  /** Why it cannot be released yet; empty when it can. */
  holds: Type.Array(Code(['result', 'observation', 'state'])), change: Nullable(Type.Object({ id: Type.String(), level: HealthLevel, until: Type.String(), reason: Type.String(), by: Type.String(), at: Type.String(), mine: Type.Boolean() })), can: Type.Array(Type.String()),
})
export type Alert = Static<typeof Alert>
const one = Strict({ id: Id })
const changed = ['not_found', 'conflict.changed', 'alerts.state_refused', 'cases.not_yours', 'cases.taken'] as const
const revision = Type.Integer({ minimum: 1 })
export const getAlert = endpoint({ method: 'GET', path: '/api/alerts/:id', verb: 'alert.follow', summary: 'One alert: steps, people met, timeline', params: one, returns: Alert, problems: ['not_found'], logsRead: true })
/** Written down with its reason where the person sees it. */
export const readAlertFacts = endpoint({ method: 'POST', path: '/api/alerts/:id/facts', verb: 'alert.follow', summary: 'What the person reported, and why they have this colour', params: one, body: Strict({ reason: Para(200) }), returns: HealthFacts, problems: ['not_found'], logsRead: true, perMinute: 30 })
export const respondAlert = endpoint({ method: 'POST', path: '/api/alerts/:id/respond', verb: 'alert.follow', summary: 'Take an alert and begin', params: one, body: Strict({ revision }), returns: Alert, problems: changed })
export const doAlertStep = endpoint({
  method: 'POST', path: '/api/alerts/:id/steps/:step', verb: 'alert.follow', summary: 'Note a step of an alert as done', params: Strict({ id: Id, step: AlertStepCode }),
  body: Strict({ revision, note: Type.Optional(Para(500)), /** Of the step `result`. */ result: Type.Optional(Code(alertResults)) }), returns: Alert, problems: changed,
})
export const traceAlert = endpoint({ method: 'POST', path: '/api/alerts/:id/contacts', verb: 'alert.follow', summary: 'List people met, from the roster', params: one, body: Strict({ revision, ways: Type.Array(Code(contactWays), { minItems: 1, maxItems: 4, uniqueItems: true }) }), returns: Alert, problems: changed })
/** The end is computed from the day and the days of the table, for the person of the alert or for people met. */
export const observeAlert = endpoint({ method: 'POST', path: '/api/alerts/:id/observe', verb: 'alert.follow', summary: 'Put the person, or people met, under observation', params: one, body: Strict({ revision, from: Day, contacts: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true })) }), returns: Alert, problems: changed })
export const releaseAlert = endpoint({ method: 'POST', path: '/api/alerts/:id/release', verb: 'alert.follow', summary: 'Release: green again, in the name of the caller and with a reason', params: one, body: Strict({ revision, reason: Para(500) }), returns: Alert, problems: [...changed, 'alerts.held'] })

// ── changes by hand, by two people ──────────────────────────────────────────
export const proposeChange = endpoint({ method: 'POST', path: '/api/alerts/:id/changes', verb: 'alert.follow', summary: 'Propose another colour until a day; a second person agrees', params: one, body: Strict({ level: HealthLevel, until: Day, reason: Para(500) }), returns: Alert, problems: ['not_found', 'alerts.change_open', 'alerts.until_outside'] })
export const decideChange = endpoint({ method: 'POST', path: '/api/alerts/:id/changes/:changeId', verb: 'alert.follow', summary: 'Agree to a change as the second person, or refuse it', params: Strict({ id: Id, changeId: Id }), body: Strict({ agree: Type.Boolean() }), returns: Alert, problems: ['not_found', 'alerts.second_person'] })

// ── appeals ─────────────────────────────────────────────────────────────────
export const appealStates = ['waiting', 'upheld', 'changed', 'relieved'] as const
export const MyAppeal = Type.Object({ id: Type.String(), state: Code(appealStates), openedAt: Type.String(), dueAt: Nullable(Type.String()), decidedAt: Nullable(Type.String()), reason: Nullable(Type.String()) })
export type MyAppeal = Static<typeof MyAppeal>
export const openColourAppeal = endpoint({ method: 'POST', path: '/api/health/appeals', verb: PUBLIC, summary: 'Contest my colour from a bound phone; another person decides', body: Strict({ token: PhoneToken, text: Para(500) }), returns: MyAppeal, problems: ['health.binding_unknown', 'health.not_on_roster', 'alerts.nothing_to_appeal', 'alerts.appeal_open'], perMinute: 10 })
export const readColourAppeals = endpoint({ method: 'POST', path: '/api/health/appeals/read', verb: PUBLIC, summary: 'My appeals, the newest first', body: Strict({ token: PhoneToken }), returns: Type.Object({ items: Type.Array(MyAppeal) }), problems: ['health.binding_unknown'], perMinute: 60 })
export const Appeal = Type.Object({ id: Type.String(), state: Code(appealStates), level: HealthLevel, colourNow: HealthLevel, employmentId: Type.String(), name: Type.String(), enterpriseName: Type.String(), alertId: Nullable(Type.String()), text: Type.String(), openedAt: Type.String(), dueAt: Nullable(Type.String()), decidedAt: Nullable(Type.String()), decidedBy: Nullable(Type.String()), reason: Nullable(Type.String()), can: Type.Array(Type.String()) })
export type Appeal = Static<typeof Appeal>
export const listAppeals = endpoint({ method: 'GET', path: '/api/health-appeals', verb: 'alert.follow', summary: 'Appeals of my district, those that wait first', query: Strict({ open: Type.Optional(Type.Boolean()) }), returns: Type.Object({ items: Type.Array(Appeal) }), logsRead: true })
export const decideAppeal = endpoint({
  method: 'POST', path: '/api/health-appeals/:id', verb: 'alert.follow', summary: 'Decide an appeal as somebody who had no hand in the colour', params: one, body: Strict({ uphold: Type.Boolean(), level: Type.Optional(HealthLevel), reason: Para(500) }), returns: Appeal,
  problems: ['not_found', 'alerts.another_reviewer', 'alerts.state_refused', 'alerts.level_lower', 'cases.not_yours', 'cases.taken'],
})

// ── for the firm ────────────────────────────────────────────────────────────
/** What to do about one employee and by when; what was found is not the firm's to know. */
export const FirmMatter = Type.Object({ stepId: Type.String(), step: AlertStepCode, employmentId: Type.String(), name: Type.String(), workplaceName: Type.String(), crew: Nullable(Type.String()), dueAt: Type.String(), doneAt: Nullable(Type.String()), note: Nullable(Type.String()), overdue: Type.Boolean(), can: Type.Array(Type.String()) })
export type FirmMatter = Static<typeof FirmMatter>
export const listFirmMatters = endpoint({ method: 'GET', path: '/api/enterprises/:id/health-matters', verb: 'alert.answer', summary: 'What my firm has to do about employees, the nearest limit first', params: one, query: Strict({ open: Type.Optional(Type.Boolean()) }), returns: Type.Object({ items: Type.Array(FirmMatter) }), problems: ['not_found'] })
export const answerFirmMatter = endpoint({ method: 'POST', path: '/api/enterprises/:id/health-matters/:stepId', verb: 'alert.answer', summary: 'Say what was done', params: Strict({ id: Id, stepId: Id }), body: Strict({ note: Para(500) }), returns: Done, problems: ['not_found', 'alerts.state_refused'] })

// ── outbreaks ───────────────────────────────────────────────────────────────
/** Nothing of a person. `cleanUntil`: the last of the clean days; the stop-work order is given and ended in its own room. */
export const Outbreak = Type.Object({ id: Type.String(), enterpriseId: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(), districtCode: Type.String(), stage: Code(['confirmed', 'controlled', 'resumed']), confirmedOn: Type.String(), lastOn: Type.String(), cleanDays: Type.Integer(), cleanUntil: Type.String(), orderId: Nullable(Type.String()), declarationId: Nullable(Type.String()), controlledAt: Nullable(Type.String()), resumedAt: Nullable(Type.String()), name: Bilingual, can: Type.Array(Type.String()) })
export type Outbreak = Static<typeof Outbreak>
export const listOutbreaks = endpoint({ method: 'GET', path: '/api/outbreaks', verb: 'outbreak.read', summary: 'Workplaces with a confirmed infection, in their stages', query: Strict({}), returns: Type.Object({ items: Type.Array(Outbreak) }) })
export const stopForOutbreak = endpoint({ method: 'POST', path: '/api/outbreaks/:id/stop', verb: 'order.issue', summary: 'Order the workplace to stop: the certificate is suspended by a stop-work order', params: one, body: Strict({ declarationId: Id, documentNo: Para(60), deadline: Day }), returns: Outbreak, problems: ['not_found', 'alerts.state_refused', 'orders.open_exists', 'orders.not_operating', 'orders.number_taken', 'session.forbidden', 'session.own_firm'] })
