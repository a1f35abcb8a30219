// Stop-work orders 责令停工整改: what a workplace must put right and by when, what it hands in for each point, and how the order ends.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Day, Id, Line, Nullable, OptionalLine, OptionalPara, Para, Paged, Strict, endpoint, pageQuery } from './base.ts'
import { CaseEntry } from './cases.ts'
import { FileInfo } from './files.ts'
import { Decision } from './rules.ts'

/** `rectifying` 整改中 waits for the firm, `handedIn` 待复查 and `revoking` 拟撤销 for offices; `lapsed` 已终止: the filing itself ended otherwise. */
export const orderStates = ['rectifying', 'handedIn', 'revoking', 'resumed', 'revoked', 'lapsed'] as const
export const OrderState = Code(orderStates)
export type OrderState = (typeof orderStates)[number]
export const itemStates = ['open', 'handedIn', 'accepted', 'returned'] as const
/** One point to put right: what it is, what the firm says and shows, what the office said to that. */
export const OrderItem = Type.Object({ position: Type.Integer(), text: Type.String(), state: Code(itemStates), note: Nullable(Type.String()), files: Type.Array(FileInfo), answer: Nullable(Type.String()) })
export type OrderItem = Static<typeof OrderItem>
/** `code` names an item of the checklist of the scene; without one the finding was written freely. */
export const Finding = Strict({ code: Type.Optional(Line(60)), text: Para(300) })
export const Order = Type.Object({
  id: Type.String(), revision: Type.Integer(), state: OrderState, documentNo: Type.String(), declarationId: Type.String(), certificateId: Type.String(), certificateNumber: Type.String(),
  enterpriseId: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(), address: Type.String(), districtCode: Type.String(),
  reason: Type.String(), findings: Type.Array(Type.Object({ code: Nullable(Type.String()), text: Type.String() })), items: Type.Array(OrderItem),
  deadline: Type.String(), overdue: Type.Boolean(), unit: Bilingual, /** The official, to offices. */ issuedBy: Nullable(Type.String()), issuedAt: Type.String(), handedInAt: Nullable(Type.String()), endedAt: Nullable(Type.String()), endReason: Nullable(Type.String()),
  /** Who wants it revoked and why, while another person has to agree. */
  proposal: Nullable(Type.Object({ by: Nullable(Type.String()), unit: Bilingual, at: Type.String(), reason: Type.String() })),
  /** The limits that it was issued under, and where and until when the firm can object. */
  decision: Decision, objectTo: Nullable(Bilingual), objectUntil: Nullable(Type.String()),
  caseId: Type.String(), dueAt: Nullable(Type.String()), timeline: Type.Array(CaseEntry), can: Type.Array(Type.String()),
})
export type Order = Static<typeof Order>
export const OrderRow = Type.Object({
  id: Type.String(), state: OrderState, documentNo: Type.String(), declarationId: Type.String(), certificateNumber: Type.String(), enterpriseId: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(), districtCode: Type.String(),
  reason: Type.String(), items: Type.Integer(), accepted: Type.Integer(), deadline: Type.String(), overdue: Type.Boolean(), unit: Bilingual, issuedAt: Type.String(), endedAt: Nullable(Type.String()),
})
export type OrderRow = Static<typeof OrderRow>

const params = Strict({ id: Id })
const revision = Type.Integer({ minimum: 1 })
const late = ['not_found', 'conflict.changed', 'orders.state_refused', 'session.own_firm', 'session.forbidden', 'cases.taken'] as const
/** What an order would stand on: the limits by the table, before it is written. */
export const previewOrder = endpoint({
  method: 'GET', path: '/api/order-terms', verb: 'order.issue', summary: 'Latest deadline and limits by the table, and the certificate that would be suspended', query: Strict({ declaration: Id }),
  returns: Type.Object({ latest: Type.String(), usual: Type.String(), decision: Decision, enterpriseName: Type.String(), workplaceName: Type.String(), scene: Type.String(), certificateNumber: Type.String(), unit: Bilingual }), problems: ['not_found', 'orders.not_operating', 'orders.open_exists', 'session.own_firm', 'session.forbidden', 'rules.no_table', 'rules.no_row'],
})
export const issueOrder = endpoint({
  method: 'POST', path: '/api/orders', verb: 'order.issue', summary: 'Order a workplace to stop work; its certificate is suspended at once',
  body: Strict({
    declarationId: Id, documentNo: Line(60), reason: Para(500), findings: Type.Array(Finding, { minItems: 1, maxItems: 50 }), items: Type.Array(Para(300), { minItems: 1, maxItems: 30 }),
    /** The last day for the firm. */
    deadline: Day,
  }),
  returns: Order, problems: ['not_found', 'orders.not_operating', 'orders.open_exists', 'orders.number_taken', 'session.own_firm', 'session.forbidden', 'certificates.state_refused', 'rules.no_table', 'rules.no_row'],
})
export const listOrders = endpoint({
  method: 'GET', path: '/api/orders', verb: 'order.read', summary: 'Stop-work orders within my scope, newest first',
  query: Strict({ ...pageQuery, state: Type.Optional(OrderState), district: Type.Optional(AreaCode), enterprise: Type.Optional(Id), declaration: Type.Optional(Id), overdue: Type.Optional(Type.Boolean()), q: Type.Optional(OptionalLine(60)) }), returns: Paged(OrderRow),
})
export const getOrder = endpoint({ method: 'GET', path: '/api/orders/:id', verb: 'order.read', summary: 'One stop-work order with its points and timeline', params, returns: Order, problems: ['not_found'] })
export const answerItem = endpoint({
  method: 'PUT', path: '/api/orders/:id/items/:position', verb: 'order.answer', summary: 'As the firm, say and show how one point was put right; it can be changed until it is handed in', params: Strict({ id: Id, position: Type.String({ pattern: '^[1-9]\\d?$', issue: 'format' }) }),
  body: Strict({ revision, note: OptionalPara(500), fileIds: Type.Array(Id, { maxItems: 10 }) }), returns: Order, problems: ['not_found', 'conflict.changed', 'orders.state_refused'],
})
export const handInOrder = endpoint({ method: 'POST', path: '/api/orders/:id/hand-in', verb: 'order.answer', summary: 'Hand in for recheck; every point needs its evidence', params, body: Strict({ revision }), returns: Order, problems: ['not_found', 'conflict.changed', 'orders.state_refused'] })
export const recheckOrder = endpoint({
  method: 'POST', path: '/api/orders/:id/recheck', verb: 'order.issue', summary: 'Judge every point handed in: all accepted, work resumes; any returned, with its reason and a new deadline, goes back to the firm', params,
  body: Strict({ revision, items: Type.Array(Strict({ position: Type.Integer({ minimum: 1 }), accept: Type.Boolean(), answer: Type.Optional(OptionalPara(300)) }), { minItems: 1, maxItems: 30 }), deadline: Type.Optional(Day), note: Type.Optional(OptionalPara(500)) }),
  returns: Order, problems: [...late, 'certificates.state_refused'],
})
export const proposeRevocation = endpoint({ method: 'POST', path: '/api/orders/:id/revocation', verb: 'order.issue', summary: 'Propose to revoke the certificate for good; another person must agree', params, body: Strict({ revision, reason: Para(500) }), returns: Order, problems: [...late] })
export const decideRevocation = endpoint({ method: 'POST', path: '/api/orders/:id/revocation/decision', verb: 'order.issue', summary: 'As another person, agree to a revocation or turn it down', params, body: Strict({ revision, agree: Type.Boolean(), reason: Para(500) }), returns: Order, problems: [...late, 'orders.second_person', 'certificates.state_refused'] })
