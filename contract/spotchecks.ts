// Spot checks 抽查: draws that anyone can draw again, the checks that come of them, and what they found.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Day, Id, Instant, Nullable, OptionalLine, OptionalPara, PUBLIC, Para, Line, Paged, Strict, endpoint, pageQuery } from './base.ts'
import { CaseEntry } from './cases.ts'
import { FileInfo } from './files.ts'
import { Answers, Form } from './forms.ts'

/** `committed` 已承诺种子, `freezing` and `frozen` 名单已封存, `opening` and `drawn` 已抽取; `empty`: nothing was there to be drawn. */
export const drawStates = ['committed', 'freezing', 'frozen', 'opening', 'drawn', 'empty'] as const
export const DrawState = Code(drawStates)
export type DrawState = (typeof drawStates)[number]
/** A stratum with how many are in it, the rate in percent that the table gave, how many are drawn, and until when each is due. */
export const Stratum = Type.Object({ stratum: Type.String(), count: Type.Integer(), percent: Type.Number(), take: Type.Integer(), hours: Type.Number(), inspectors: Type.Integer(), sentence: Bilingual })
export type Stratum = Static<typeof Stratum>
const Public = {
  id: Type.String(), procedure: Type.String(), areaCode: Type.String(), unit: Bilingual, state: DrawState, committedAt: Type.String(), commitment: Type.String(), drawAt: Type.String(),
  frozenAt: Nullable(Type.String()), listHash: Nullable(Type.String()), listCount: Nullable(Type.Integer()), blockNo: Nullable(Type.Integer()), blockHash: Nullable(Type.String()), seed: Nullable(Type.String()), drawnAt: Nullable(Type.String()), strata: Type.Array(Stratum),
} as const
/** Everything that is needed to draw again: `list` is the frozen list, `drawn` the result, `pool` the inspectors under codes that tell nothing of them. */
export const PublicDraw = Type.Object({
  ...Public, list: Type.Array(Type.Object({ id: Type.String(), stratum: Type.String() })), drawn: Type.Array(Type.Object({ id: Type.String(), rank: Type.String(), inspectors: Type.Array(Type.String()), pool: Type.Array(Type.String()) })),
})
export type PublicDraw = Static<typeof PublicDraw>
export const Draw = Type.Object({ ...Public, checks: Type.Integer(), ended: Type.Integer() })
export type Draw = Static<typeof Draw>

export const checkStates = ['open', 'rectifying', 'rechecking', 'passed', 'stopped', 'lapsed'] as const
export const CheckState = Code(checkStates)
export type CheckState = (typeof checkStates)[number]
export const CheckRow = Type.Object({
  id: Type.String(), revision: Type.Integer(), state: CheckState, drawId: Type.String(), declarationId: Type.String(), certificateNumber: Type.String(), enterpriseId: Type.String(), enterpriseName: Type.String(), workplaceName: Type.String(), districtCode: Type.String(),
  unit: Bilingual, dueOn: Type.String(), overdue: Type.Boolean(), deadline: Nullable(Type.String()), drawnAt: Type.String(), checkedAt: Nullable(Type.String()),
})
export type CheckRow = Static<typeof CheckRow>
/** One visit: what was seen, with photos. `by` is told to offices only. */
export const Visit = Type.Object({ at: Type.String(), result: Code(['pass', 'rectify', 'stopWork']), findings: Type.String(), answers: Answers, files: Type.Array(FileInfo), by: Nullable(Type.String()), unit: Bilingual })
export const SpotCheck = Type.Object({
  ...CheckRow.properties, address: Type.String(), /** What the conditions of the checklist look at. */ facts: Type.Record(Type.String(), Type.String()), inspectors: Type.Array(Type.String()), form: Nullable(Form), visits: Type.Array(Visit), report: Nullable(Type.Object({ at: Type.String(), note: Type.String(), files: Type.Array(FileInfo) })), orderId: Nullable(Type.String()),
  timeline: Type.Array(CaseEntry), can: Type.Array(Type.String()),
})
export type SpotCheck = Static<typeof SpotCheck>

const params = Strict({ id: Id })
const revision = Type.Integer({ minimum: 1 })
export const planDraw = endpoint({
  method: 'POST', path: '/api/draws', verb: 'spotcheck.plan', summary: 'Commit to a seed and announce when it will be drawn', body: Strict({ areaCode: AreaCode, drawAt: Instant }), returns: Draw,
  problems: ['not_found', 'session.forbidden', 'spotchecks.too_soon', 'emergencies.none_open', 'rules.no_table'],
})
export const listDraws = endpoint({ method: 'GET', path: '/api/draws', verb: 'spotcheck.plan', summary: 'Draws within my scope, newest first', query: Strict({ ...pageQuery }), returns: Paged(Draw) })
export const listPublicDraws = endpoint({ method: 'GET', path: '/api/public/draws', verb: PUBLIC, summary: 'Draws announced and done', query: Strict({ ...pageQuery }), returns: Paged(Type.Object({ id: Type.String(), areaCode: Type.String(), unit: Bilingual, state: DrawState, committedAt: Type.String(), drawAt: Type.String(), listCount: Nullable(Type.Integer()) })), perMinute: 60 })
export const getPublicDraw = endpoint({ method: 'GET', path: '/api/public/draws/:id', verb: PUBLIC, summary: 'Everything needed to draw again', params, returns: PublicDraw, problems: ['not_found'], perMinute: 30 })
export const listChecks = endpoint({
  method: 'GET', path: '/api/spotchecks', verb: 'spotcheck.read', summary: 'Spot checks within my scope, due first',
  query: Strict({ ...pageQuery, state: Type.Optional(CheckState), draw: Type.Optional(Id), enterprise: Type.Optional(Id), declaration: Type.Optional(Id), overdue: Type.Optional(Type.Boolean()), q: Type.Optional(OptionalLine(60)) }), returns: Paged(CheckRow),
})
export const getCheck = endpoint({ method: 'GET', path: '/api/spotchecks/:id', verb: 'spotcheck.read', summary: 'One spot check', params, returns: SpotCheck, problems: ['not_found'] })
export const recordVisit = endpoint({
  method: 'POST', path: '/api/spotchecks/:id/visits', verb: 'spotcheck.inspect', summary: 'What was seen: pass, rectify by a day, or stop work', params,
  body: Strict({
    revision, result: Code(['pass', 'rectify', 'stopWork']), findings: OptionalPara(1000), answers: Answers, fileIds: Type.Array(Id, { maxItems: 20 }), deadline: Type.Optional(Day),
    order: Type.Optional(Strict({ documentNo: Line(60), reason: Para(500), items: Type.Array(Para(300), { minItems: 1, maxItems: 30 }), deadline: Day })),
  }),
  returns: SpotCheck, problems: ['not_found', 'conflict.changed', 'spotchecks.state_refused', 'spotchecks.not_drawn', 'session.own_firm', 'session.forbidden', 'cases.taken', 'cases.not_yours', 'orders.open_exists', 'orders.number_taken', 'orders.not_operating', 'rules.no_table', 'rules.no_row', 'certificates.state_refused'],
})
export const reportRectified = endpoint({ method: 'POST', path: '/api/spotchecks/:id/report', verb: 'spotcheck.answer', summary: 'As the firm, report that everything is put right', params, body: Strict({ revision, note: Para(1000), fileIds: Type.Array(Id, { minItems: 1, maxItems: 20 }) }), returns: SpotCheck, problems: ['not_found', 'conflict.changed', 'spotchecks.state_refused'] })
