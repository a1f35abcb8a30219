// Keeping a firm's entry right: its own facts, the events of its life, its history, flags, department and group.
import { Type, type Static } from 'typebox'
import { AreaCode, Code, Day, Done, Id, Line, Nullable, OptionalLine, Para, Strict, endpoint, type Issue } from './base.ts'
import { Doer, Enterprise, FirmName, Flag, checkFirmCode, ownFacts } from './enterprises.ts'

const params = Strict({ id: Id })
const revision = Type.Integer({ minimum: 1 })

export const ChangeFacts = Strict({
  revision, ...ownFacts,
  /** From which day on it is so; today when left out, never a later day. */
  effectiveOn: Type.Optional(Day), reason: Type.Optional(OptionalLine(300)),
})
export type ChangeFacts = Static<typeof ChangeFacts>
export const changeFacts = endpoint({
  method: 'POST', path: '/api/enterprises/:id/facts', verb: 'enterprise.change', summary: 'Change what a firm says of itself; the former answers stay in its history',
  params, body: ChangeFacts, returns: Enterprise, problems: ['not_found', 'conflict.changed', 'enterprises.not_active'],
  check: (body) => figureIssues(body),
})
/** A figure without its year says nothing, nor does a year without its figure; money has two decimals. */
export function figureIssues(body: Partial<ChangeFacts>): Issue[] {
  const issues: Issue[] = []
  for (const name of ['staff', 'insured', 'revenue', 'assets'] as const) {
    const [value, year] = [body[name], body[`${name}Year`]]
    if (typeof value === 'number' && typeof year !== 'number') issues.push({ path: `/${name}Year`, code: 'issue.required' })
    if (typeof year === 'number' && typeof value !== 'number') issues.push({ path: `/${name}`, code: 'issue.required' })
    if (typeof value === 'number' && Math.round(value * 100) / 100 !== value) issues.push({ path: `/${name}`, code: 'issue.decimals', params: { limit: 2 } })
  }
  return issues
}

// ── the events of a firm's life ─────────────────────────────────────────────
export const lifeEvents = ['founded', 'renamed', 'moved', 'recoded', 'merged', 'closed', 'reopened'] as const
export type LifeEvent = (typeof lifeEvents)[number]
export const RecordLifeEvent = Strict({
  revision, kind: Code(lifeEvents), effectiveOn: Day, reason: Para(300),
  name: Type.Optional(Line(100)),
  districtCode: Type.Optional(AreaCode), streetCode: Type.Optional(AreaCode), zoneCode: Type.Optional(Nullable(AreaCode)), address: Type.Optional(Line(120)),
  creditCode: Type.Optional(Type.String({ minLength: 1, maxLength: 18 })), creditCodeReason: Type.Optional(OptionalLine(200)),
  /** Code of the firm that goes on. */
  survivorCode: Type.Optional(Type.String({ minLength: 15, maxLength: 18, issue: 'credit_code_shape' })),
})
export type RecordLifeEvent = Static<typeof RecordLifeEvent>
/** Which entries an event takes; the others have no place in it. */
export const entriesOf: Readonly<Record<LifeEvent, { needs: readonly (keyof RecordLifeEvent)[]; takes: readonly (keyof RecordLifeEvent)[] }>> = {
  founded: { needs: [], takes: [] }, renamed: { needs: ['name'], takes: ['name'] },
  moved: { needs: ['districtCode', 'streetCode', 'address'], takes: ['districtCode', 'streetCode', 'zoneCode', 'address'] },
  recoded: { needs: ['creditCode'], takes: ['creditCode', 'creditCodeReason'] }, merged: { needs: ['survivorCode'], takes: ['survivorCode'] },
  closed: { needs: [], takes: [] }, reopened: { needs: [], takes: [] },
}
const special = ['name', 'districtCode', 'streetCode', 'zoneCode', 'address', 'creditCode', 'creditCodeReason', 'survivorCode'] as const
export function lifeEventIssues(body: RecordLifeEvent): Issue[] {
  const { needs, takes } = entriesOf[body.kind]
  const issues: Issue[] = [
    ...needs.filter((name) => body[name] === undefined).map((name) => ({ path: `/${name}`, code: 'issue.required' })),
    ...special.filter((name) => body[name] !== undefined && !takes.includes(name)).map((name) => ({ path: `/${name}`, code: 'issue.unknown', params: { name } })),
  ]
  if (body.kind !== 'recoded' || body.creditCode === undefined) return issues
  // Whether a registration number suits the firm is known with its kind only.
  const found = checkFirmCode(body.creditCode, 'trader')
  return [...issues, ...(found[0]?.code.endsWith('_check') && body.creditCodeReason?.trim() ? [] : found)]
}
export const recordLifeEvent = endpoint({
  method: 'POST', path: '/api/enterprises/:id/events', verb: 'enterprise.record_event', summary: 'Record that a firm was founded, renamed, moved, merged, closed or reopened; a later day waits until it comes',
  params, body: RecordLifeEvent, returns: Enterprise, check: lifeEventIssues,
  problems: ['not_found', 'conflict.changed', 'session.own_firm', 'enterprises.not_active', 'enterprises.not_closed', 'enterprises.code_taken', 'enterprises.code_needs_reviewer', 'enterprises.survivor_unfit'],
})
export const cancelLifeEvent = endpoint({
  method: 'POST', path: '/api/enterprises/:id/events/:changeId/cancel', verb: 'enterprise.record_event', summary: 'Take back an event whose day has not come', params: Strict({ id: Id, changeId: Id }), body: Strict({ reason: Para(300) }),
  returns: Done, problems: ['not_found', 'enterprises.not_planned'],
})

// ── history ─────────────────────────────────────────────────────────────────
export const changeKinds = ['registered', 'updated', ...lifeEvents, 'sized', 'departmentSet', 'workplaceAdded', 'workplaceChanged', 'workplaceClosed', 'workplaceReopened'] as const
/** One change: from which day it holds and when it was written down; `fields` give former and new values in plain form, personal values masked. */
export const Change = Type.Object({
  id: Type.String(), kind: Code(changeKinds), effectiveOn: Day, recordedAt: Type.String(), by: Doer, reason: Nullable(Type.String()), workplace: Nullable(Type.String()),
  state: Code(['done', 'planned', 'cancelled', 'failed']), failure: Nullable(Type.String()),
  fields: Type.Array(Type.Object({ name: Type.String(), before: Nullable(Type.Union([Type.String(), Type.Number(), Type.Boolean()])), after: Nullable(Type.Union([Type.String(), Type.Number(), Type.Boolean()])) })),
  can: Type.Array(Type.String()),
})
export type Change = Static<typeof Change>
export const listChanges = endpoint({ method: 'GET', path: '/api/enterprises/:id/changes', verb: 'enterprise.read', summary: 'What changed in a firm’s entry, newest first', params, returns: Type.Object({ knownFrom: Day, items: Type.Array(Change) }), problems: ['not_found'] })

// ── flags and department ────────────────────────────────────────────────────
export const listFlags = endpoint({ method: 'GET', path: '/api/enterprises/:id/flags', verb: 'enterprise.read', summary: 'Flags of a firm, ended ones too', params, returns: Type.Object({ items: Type.Array(Flag), can: Type.Array(Type.String()) }), problems: ['not_found'] })
export const setFlag = endpoint({
  method: 'POST', path: '/api/enterprises/:id/flags', verb: 'enterprise.classify', summary: 'Put a flag on a firm', params,
  body: Strict({ code: Type.String({ pattern: '^[a-z][A-Za-z0-9]{1,39}$', issue: 'choice' }), from: Type.Optional(Day), reason: Para(300) }), returns: Flag, problems: ['not_found', 'session.own_firm', 'enterprises.flag_set'],
})
export const endFlag = endpoint({
  method: 'POST', path: '/api/enterprises/:id/flags/:flagId/end', verb: 'enterprise.classify', summary: 'Take a flag off a firm', params: Strict({ id: Id, flagId: Id }),
  body: Strict({ until: Type.Optional(Day), reason: Para(300) }), returns: Flag, problems: ['not_found', 'session.own_firm', 'enterprises.flag_ended'],
})
export const setDepartment = endpoint({
  method: 'POST', path: '/api/enterprises/:id/department', verb: 'enterprise.classify', summary: 'Name another competent department than the table does; null returns to the table', params,
  body: Strict({ revision, department: Nullable(Type.String({ pattern: '^[a-z][A-Za-z]{1,39}$', issue: 'choice' })), reason: Para(300) }), returns: Enterprise, problems: ['not_found', 'session.own_firm', 'conflict.changed'],
})

// ── groups ──────────────────────────────────────────────────────────────────
export const relationKinds = ['subsidiary', 'branch'] as const
/** The other firm of a relation: `parent` stands above this firm, `child` below it. */
export const Relation = Type.Object({
  id: Type.String(), other: FirmName, side: Code(['parent', 'child']), kind: Code(relationKinds), from: Day, until: Nullable(Day), reason: Nullable(Type.String()), setBy: Doer, can: Type.Array(Type.String()),
})
export type Relation = Static<typeof Relation>
export const listRelations = endpoint({ method: 'GET', path: '/api/enterprises/:id/relations', verb: 'enterprise.read', summary: 'Parents, subsidiaries and branches of a firm', params, returns: Type.Object({ items: Type.Array(Relation), can: Type.Array(Type.String()) }), problems: ['not_found'] })
export const addParent = endpoint({
  method: 'POST', path: '/api/enterprises/:id/parents', verb: 'enterprise.relate', summary: 'State the firm above this one, by its code', params,
  body: Strict({ parentCode: Type.String({ minLength: 15, maxLength: 18, issue: 'credit_code_shape' }), kind: Code(relationKinds), from: Day, reason: Type.Optional(OptionalLine(300)) }),
  returns: Relation, problems: ['not_found', 'enterprises.parent_unknown', 'enterprises.relation_cycle', 'enterprises.relation_exists'], perMinute: 30,
})
export const endRelation = endpoint({
  method: 'POST', path: '/api/enterprises/:id/relations/:relationId/end', verb: 'enterprise.relate', summary: 'End a relation of a group', params: Strict({ id: Id, relationId: Id }),
  body: Strict({ until: Day, reason: Para(300) }), returns: Relation, problems: ['not_found', 'enterprises.relation_ended'],
})
