// What is done with cases: take, assign, hand on and back, close a part, decide, comment, press, many at once.
import { Type, type Static } from 'typebox'
import { Id, Line, Nullable, OptionalPara, Para, Strict, endpoint, type Issue } from './base.ts'
import { Case, deedCode } from './cases.ts'

const onPart = { params: Strict({ id: Id }), returns: Case } as const
const revision = { revision: Type.Integer({ minimum: 1 }) }
const partProblems = ['not_found', 'conflict.changed', 'cases.part_refused', 'session.own_firm'] as const
export const takePart = endpoint({ method: 'POST', path: '/api/case-parts/:id/take', verb: 'case.work', summary: 'Take a part of one of my units', ...onPart, body: Strict(revision), problems: [...partProblems, 'cases.taken'] })
export const assignPart = endpoint({ method: 'POST', path: '/api/case-parts/:id/assign', verb: 'case.assign', summary: 'Assign a part to a person of its unit, or back to the unit', ...onPart, body: Strict({ ...revision, personId: Nullable(Id) }), problems: [...partProblems, 'cases.person_outside'] })
/** The clocks go on; the unit that hands on keeps reading. */
export const handOnPart = endpoint({ method: 'POST', path: '/api/case-parts/:id/hand-on', verb: 'case.work', summary: 'Hand a part on to another unit', ...onPart, body: Strict({ ...revision, unitId: Id, reason: Para(300) }), problems: [...partProblems, 'cases.unit_refused'] })
/** `sender`: the unit it came from; `unit`: from the person back to the unit. */
export const handBackPart = endpoint({ method: 'POST', path: '/api/case-parts/:id/hand-back', verb: 'case.work', summary: 'Hand a part back, with a reason', ...onPart, body: Strict({ ...revision, to: Type.Union([Type.Literal('unit'), Type.Literal('sender')]), reason: Para(300) }), problems: [...partProblems, 'cases.nowhere_back', 'cases.unit_refused'] })
export const closeCasePart = endpoint({ method: 'POST', path: '/api/case-parts/:id/close', verb: 'case.work', summary: 'Report a helping part as done', ...onPart, body: Strict({ ...revision, note: Para(1000) }), problems: [...partProblems] })
export const addHelper = endpoint({ method: 'POST', path: '/api/cases/:id/helpers', verb: 'case.work', summary: 'Ask another unit for help', ...onPart, body: Strict({ unitId: Id, reason: Para(300) }), problems: ['not_found', 'cases.part_refused', 'cases.unit_refused', 'session.own_firm'] })

export const Given = { outcome: Type.Optional(Line(40)), reason: Type.Optional(Para(1000)), note: Type.Optional(OptionalPara(1000)), fileIds: Type.Optional(Type.Array(Id, { maxItems: 20 })) }
export const commentCase = endpoint({ method: 'POST', path: '/api/cases/:id/comments', verb: 'case.work', summary: 'Comment, mentioning people of the units involved', ...onPart, body: Strict({ text: Para(2000), mentioned: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })), fileIds: Type.Optional(Type.Array(Id, { maxItems: 20 })) }), problems: ['not_found', 'cases.person_outside'] })
export const pressCase = endpoint({ method: 'POST', path: '/api/cases/:id/press', verb: 'case.press', summary: 'Press whoever has it now, with a word', ...onPart, body: Strict({ word: Para(300) }), problems: ['not_found', 'cases.part_refused', 'cases.pressed_just_now'] })

export const BulkItem = Strict({ partId: Id, ...revision })
const items = Type.Array(BulkItem, { minItems: 1, maxItems: 200 })
export const BulkOutcome = Type.Object({
  done: Type.Integer(), failed: Type.Array(Type.Object({ partId: Type.String(), title: Type.String(), code: Type.String(), params: Type.Record(Type.String(), Type.Any()) })),
  /** What `undoBulk` takes back; empty where a deed cannot be undone. */
  undo: Type.Array(Type.Object({ partId: Type.String(), revision: Type.Integer(), personId: Nullable(Type.String()) })),
})
export type BulkOutcome = Static<typeof BulkOutcome>
export const takeMany = endpoint({ method: 'POST', path: '/api/case-bulk/take', verb: 'case.work', summary: 'Take several parts; what cannot be taken is told one by one', body: Strict({ items }), returns: BulkOutcome })
export const assignMany = endpoint({ method: 'POST', path: '/api/case-bulk/assign', verb: 'case.assign', summary: 'Assign several parts to one person', body: Strict({ items, personId: Nullable(Id) }), returns: BulkOutcome })
export const decideMany = endpoint({ method: 'POST', path: '/api/case-bulk/decide', verb: 'case.work', summary: 'Do one deed of a kind on several cases, where the kind allows it', body: Strict({ items, deed: deedCode, ...Given }), returns: BulkOutcome })
export const undoBulk = endpoint({ method: 'POST', path: '/api/case-bulk/undo', verb: 'case.work', summary: 'Undo taking or assigning, where nobody has changed it since', body: Strict({ items: Type.Array(Strict({ partId: Id, ...revision, personId: Nullable(Id) }), { minItems: 1, maxItems: 200 }) }), returns: BulkOutcome })
/** Presses whoever has each of these parts now, with one word. */
export const pressMany = endpoint({ method: 'POST', path: '/api/case-bulk/press', verb: 'case.press', summary: 'Press several that are late, with a word', body: Strict({ items, word: Para(300) }), returns: BulkOutcome })
/** Everything open that one person of a unit has, to another, or to the unit when `to` is null. */
export const handOver = endpoint({
  method: 'POST', path: '/api/case-handover', verb: 'case.assign', summary: 'Move all open parts of one person to another person of the unit', body: Strict({ unitId: Id, from: Id, to: Nullable(Id), reason: Para(300) }),
  returns: Type.Object({ moved: Type.Integer() }), problems: ['not_found', 'cases.person_outside'], check: (body): Issue[] => (body.from === body.to ? [{ path: '/to', code: 'issue.choice' }] : []),
})
export const CaseColleague = Type.Object({ id: Type.String(), name: Type.String(), unitId: Type.String(), open: Type.Integer() })
export type CaseColleague = Static<typeof CaseColleague>
/** Who can be given work or be mentioned: people of my units, or of the units involved in one case; with how much each has. */
export const listColleagues = endpoint({ method: 'GET', path: '/api/case-people', verb: 'case.read', summary: 'People of my units or of the units of one case', query: Strict({ case: Type.Optional(Id) }), returns: Type.Object({ units: Type.Array(Type.Object({ id: Type.String(), name: Type.Object({ zh: Type.String(), en: Type.String() }) })), items: Type.Array(CaseColleague) }), problems: ['not_found'] })
