// Batches: a unit plans on which day which firms resume, invites them, and sees who is ready, has declared, is filed.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Day, Id, Line, Nullable, OptionalLine, OptionalPara, Paged, Para, Strict, endpoint, pageQuery, type Issue } from './base.ts'
import { EnterpriseClass, enterpriseFilters } from './enterprises.ts'
import { RiskLevel } from './levels.ts'

export const planStates = ['open', 'ended'] as const
/** What a firm says to an invitation. */
export const batchAnswers = ['ready', 'notReady', 'otherDay'] as const
export type BatchAnswer = (typeof batchAnswers)[number]
/** Where a firm of a plan stands: told nothing yet, told another day than it has now, invited, answered; and out of the plan. */
export const memberStates = ['planned', 'changed', 'invited', 'ready', 'notReady', 'otherDay', 'out'] as const
export type MemberState = (typeof memberStates)[number]
/** By its newest declaration under the plan's emergency: none, submitted, filed. */
export const declaredStates = ['none', 'declared', 'filed'] as const
export type DeclaredState = (typeof declaredStates)[number]

/** How many firms, and of how many the headcount is known and what it adds up to. */
export const BatchCounts = Type.Object({
  firms: Type.Integer(), heads: Type.Integer(), headsKnown: Type.Integer(), invited: Type.Integer(), ready: Type.Integer(), notReady: Type.Integer(), otherDay: Type.Integer(), unanswered: Type.Integer(), declared: Type.Integer(), filed: Type.Integer(),
})
export type BatchCounts = Static<typeof BatchCounts>
export const Batch = Type.Object({
  id: Type.String(), position: Type.Integer(), day: Day, firmsLimit: Nullable(Type.Integer()), headsLimit: Nullable(Type.Integer()), locked: Type.Boolean(), counts: BatchCounts,
  /** Over what was set: how many firms, how many people; 0 when within. */
  firmsOver: Type.Integer(), headsOver: Type.Integer(),
  /** The day has passed and these firms have neither declared nor been filed: the unit moves them or lets them fall out. */
  missed: Type.Integer(),
})
export type Batch = Static<typeof Batch>
/** What the day of a batch means in a district at its level, in words; it holds no firm. */
export const BatchMeaning = Type.Object({ districtCode: Type.String(), level: Nullable(RiskLevel), meaning: Code(['free', 'ordered']), sentence: Bilingual })
export type BatchMeaning = Static<typeof BatchMeaning>
export const BatchPlanRow = Type.Object({
  id: Type.String(), name: Type.String(), state: Code(planStates), unit: Bilingual, areaCode: Type.String(), emergencyId: Type.String(), batches: Type.Integer(), firstDay: Nullable(Day), lastDay: Nullable(Day), counts: BatchCounts, openedAt: Type.String(), sample: Type.Boolean(),
})
export type BatchPlanRow = Static<typeof BatchPlanRow>
export const BatchPlan = Type.Object({
  id: Type.String(), revision: Type.Integer(), name: Type.String(), note: Nullable(Type.String()), state: Code(planStates), unit: Bilingual, unitId: Type.String(), areaCode: Type.String(), emergencyId: Type.String(),
  openedAt: Type.String(), endedAt: Nullable(Type.String()), endReason: Nullable(Type.String()), sample: Type.Boolean(),
  batches: Type.Array(Batch),
  /** All firms of the plan; those that stand in no batch; those that fell out. */
  counts: BatchCounts, unplaced: Type.Integer(), out: Type.Integer(),
  meanings: Type.Array(BatchMeaning),
  /** The last deed that may still be undone. */
  undo: Nullable(Type.Object({ deedId: Type.String(), deed: Type.String(), count: Type.Integer(), until: Type.String() })),
  mostFirms: Type.Integer(), can: Type.Array(Type.String()),
})
export type BatchPlan = Static<typeof BatchPlan>
export const BatchMember = Type.Object({
  id: Type.String(), enterpriseId: Type.String(), enterpriseName: Type.String(), creditCode: Type.String(), industryCode: Type.String(), class: EnterpriseClass, workplaceId: Type.String(), workplaceName: Type.String(), districtCode: Type.String(), streetCode: Type.String(), zoneCode: Nullable(Type.String()),
  heads: Nullable(Type.Integer()), batchId: Nullable(Type.String()), state: Code(memberStates), byHand: Type.Boolean(),
  /** The row of the table of priorities that put it where it is; null where the pack has none. */
  rank: Type.Integer(), priority: Nullable(Type.Object({ code: Type.String(), sentence: Bilingual, table: Type.String(), version: Type.Integer(), row: Type.String() })),
  invitedDay: Nullable(Day), invitedAt: Nullable(Type.String()), answeredAt: Nullable(Type.String()), reason: Nullable(Type.String()), wishedDay: Nullable(Day), outReason: Nullable(Type.String()),
  declared: Code(declaredStates), declarationId: Nullable(Type.String()),
})
export type BatchMember = Static<typeof BatchMember>

const Limit = Nullable(Type.Integer({ minimum: 1, maximum: 1_000_000 }))
const onRevision = { revision: Type.Integer({ minimum: 1 }) }
const Slot = { day: Day, firmsLimit: Limit, headsLimit: Limit }
const plan = { params: Strict({ id: Id }), returns: BatchPlan } as const
const batch = { params: Strict({ id: Id, batchId: Id }), returns: BatchPlan } as const
const planProblems = ['not_found', 'conflict.changed', 'batches.ended', 'emergencies.already_ended'] as const

export const listBatchPlans = endpoint({
  method: 'GET', path: '/api/batch-plans', verb: 'batch.read', summary: 'Plans of batches that concern my areas, newest first', query: Strict({ ...pageQuery, state: Type.Optional(Code(planStates)), q: Type.Optional(OptionalLine(60)) }), returns: Paged(BatchPlanRow),
})
/** The units in whose name I can plan, each for its area. */
export const batchChoices = endpoint({
  method: 'GET', path: '/api/batch-choices', verb: 'batch.plan', summary: 'Units in whose name I can plan batches, and how much one plan holds',
  returns: Type.Object({ units: Type.Array(Type.Object({ unitId: Type.String(), name: Bilingual, areaCode: Type.String() })), mostFirms: Type.Integer(), mostBatches: Type.Integer() }),
})
export const openBatchPlan = endpoint({
  method: 'POST', path: '/api/batch-plans', verb: 'batch.plan', summary: 'Open a plan for the area of my unit, with its first batches',
  body: Strict({ unitId: Id, name: Line(60), note: Type.Optional(OptionalPara(500)), batches: Type.Array(Strict(Slot), { maxItems: 60 }) }), returns: BatchPlan, problems: ['emergencies.none_open', 'batches.unit_foreign'],
  check: (body) => body.batches.flatMap(({ day }, i): Issue[] => (body.batches.findIndex((other) => other.day === day) < i ? [{ path: `/batches/${i}/day`, code: 'issue.duplicate' }] : [])),
})
export const getBatchPlan = endpoint({ method: 'GET', path: '/api/batch-plans/:id', verb: 'batch.read', summary: 'One plan with its batches and counts', params: plan.params, returns: BatchPlan, problems: ['not_found'] })
export const changeBatchPlan = endpoint({ method: 'PATCH', path: '/api/batch-plans/:id', verb: 'batch.plan', summary: 'Rename a plan or change its note', ...plan, body: Strict({ ...onRevision, name: Line(60), note: OptionalPara(500) }), problems: planProblems })
export const endBatchPlan = endpoint({ method: 'POST', path: '/api/batch-plans/:id/end', verb: 'batch.plan', summary: 'End a plan, with a reason; its firms may be planned elsewhere', ...plan, body: Strict({ ...onRevision, reason: Para(300) }), problems: planProblems })
export const addBatch = endpoint({ method: 'POST', path: '/api/batch-plans/:id/batches', verb: 'batch.plan', summary: 'Add a batch on a day of its own', ...plan, body: Strict({ ...onRevision, ...Slot }), problems: [...planProblems, 'batches.too_many_batches'] })
export const changeBatch = endpoint({ method: 'PATCH', path: '/api/batch-plans/:id/batches/:batchId', verb: 'batch.plan', summary: 'Change day and capacity of a batch, lock or unlock it', ...batch, body: Strict({ ...onRevision, ...Slot, locked: Type.Boolean() }), problems: [...planProblems, 'batches.locked'] })
export const removeBatch = endpoint({ method: 'POST', path: '/api/batch-plans/:id/batches/:batchId/remove', verb: 'batch.plan', summary: 'Remove a batch that holds no firm', ...batch, body: Strict(onRevision), problems: [...planProblems, 'batches.not_empty', 'batches.locked'] })

const ids = Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true })
const chosen = (body: { ids?: unknown; filter?: unknown; codes?: unknown }): Issue[] => ([body.ids, body.filter, body.codes].filter((one) => one !== undefined).length === 1 ? [] : [{ path: '/ids', code: 'issue.required' }])
/** What became of the firms that were chosen: places added; already in an open plan; outside of the unit's area; one's own firm; codes that nobody in the area has. */
export const AddedFirms = Type.Object({ plan: BatchPlan, added: Type.Integer(), taken: Type.Integer(), outside: Type.Integer(), own: Type.Integer(), unknown: Type.Array(Type.String()) })
export type AddedFirms = Static<typeof AddedFirms>
export const addFirms = endpoint({
  method: 'POST', path: '/api/batch-plans/:id/firms', verb: 'batch.plan', summary: 'Add firms by id, by the filters of the register, or by codes', params: plan.params, returns: AddedFirms, check: chosen, problems: [...planProblems, 'batches.too_many_firms', 'batches.already_planned'],
  body: Strict({ ...onRevision, ids: Type.Optional(ids), filter: Type.Optional(Strict(enterpriseFilters)), codes: Type.Optional(Type.Array(OptionalLine(40), { minItems: 1, maxItems: 500 })) }),
})
export const listBatchMembers = endpoint({
  method: 'GET', path: '/api/batch-plans/:id/members', verb: 'batch.read', summary: 'Firms of a plan by priority, within my scope', params: plan.params, problems: ['not_found'], returns: Paged(BatchMember),
  /** `none`: in no batch yet; `out`: fell out. */
  query: Strict({ ...pageQuery, batch: Type.Optional(Type.String({ pattern: '^(none|out|[0-9a-f-]{36})$', issue: 'choice' })), state: Type.Optional(Code(memberStates)), declared: Type.Optional(Code(declaredStates)), missed: Type.Optional(Type.Boolean()), q: Type.Optional(OptionalLine(60)) }),
})
export const moveFirms = endpoint({ method: 'POST', path: '/api/batch-plans/:id/moves', verb: 'batch.plan', summary: 'Move firms into a batch, or out of any into none', ...plan, body: Strict({ ...onRevision, ids, to: Nullable(Id) }), problems: [...planProblems, 'batches.locked', 'session.own_firm'] })
export const dropFirms = endpoint({ method: 'POST', path: '/api/batch-plans/:id/drops', verb: 'batch.plan', summary: 'Let firms fall out of the plan, with a reason', ...plan, body: Strict({ ...onRevision, ids, reason: Para(300) }), problems: [...planProblems, 'batches.locked', 'session.own_firm'] })
export const proposeOrder = endpoint({
  method: 'POST', path: '/api/batch-plans/:id/proposals', verb: 'batch.plan', summary: 'Distribute firms by priority, readiness and capacity over the batches that are not locked', ...plan, problems: [...planProblems, 'batches.no_batch'],
  /** False leaves what was placed by hand where it is. */
  body: Strict({ ...onRevision, anew: Type.Boolean() }),
})
export const undoBatchDeed = endpoint({ method: 'POST', path: '/api/batch-plans/:id/undo', verb: 'batch.plan', summary: 'Undo the last deed; what changed since stays', ...plan, body: Strict({ ...onRevision, deedId: Id }), problems: [...planProblems, 'batches.undo_over'] })
export const inviteFirms = endpoint({
  method: 'POST', path: '/api/batch-plans/:id/batches/:batchId/invitations', verb: 'batch.plan', summary: 'Tell the firms of a batch their day; those who know it already are not told again', ...batch, body: Strict(onRevision), problems: [...planProblems, 'batches.nobody_to_invite', 'batches.day_passed'],
})
export const batchDeeds = ['opened', 'changed', 'ended', 'batchAdded', 'batchChanged', 'batchRemoved', 'locked', 'unlocked', 'added', 'moved', 'dropped', 'proposed', 'invited', 'undone'] as const
export type BatchDeedName = (typeof batchDeeds)[number]
export const BatchDeed = Type.Object({ id: Type.String(), deed: Code(batchDeeds), at: Type.String(), by: Nullable(Type.String()), unit: Nullable(Bilingual), count: Nullable(Type.Integer()), day: Nullable(Day), note: Nullable(Type.String()), undoneAt: Nullable(Type.String()) })
export type BatchDeed = Static<typeof BatchDeed>
export const listBatchDeeds = endpoint({ method: 'GET', path: '/api/batch-plans/:id/deeds', verb: 'batch.read', summary: 'What was done to a plan, newest first', params: plan.params, query: Strict(pageQuery), returns: Paged(BatchDeed), problems: ['not_found'] })
/** One firm's way through a plan. */
export const BatchMove = Type.Object({ at: Type.String(), deed: Type.String(), from: Nullable(Day), to: Nullable(Day), by: Nullable(Type.String()), note: Nullable(Type.String()) })
export const listBatchMoves = endpoint({ method: 'GET', path: '/api/batch-plans/:id/members/:memberId/moves', verb: 'batch.read', summary: 'How one firm was moved', params: Strict({ id: Id, memberId: Id }), returns: Type.Object({ items: Type.Array(BatchMove) }), problems: ['not_found'] })

/** What a firm is told of its batch: its own workplace, the day it was told, who planned it. */
export const BatchInvitation = Type.Object({
  id: Type.String(), revision: Type.Integer(), plan: Type.String(), unit: Bilingual, enterpriseId: Type.String(), enterpriseName: Type.String(), workplaceId: Type.String(), workplaceName: Type.String(), day: Day, invitedAt: Type.String(),
  answer: Nullable(Code(batchAnswers)), answeredAt: Nullable(Type.String()), reason: Nullable(Type.String()), wishedDay: Nullable(Day), heads: Nullable(Type.Integer()), meaning: Nullable(BatchMeaning), declared: Code(declaredStates), declarationId: Nullable(Type.String()), can: Type.Array(Type.String()),
})
export type BatchInvitation = Static<typeof BatchInvitation>
export const listBatchInvitations = endpoint({ method: 'GET', path: '/api/me/batch-invitations', verb: 'batch.answer', summary: 'Batches that my firms are invited to', query: Strict({ enterprise: Type.Optional(Id) }), returns: Type.Object({ items: Type.Array(BatchInvitation) }) })
export const answerBatch = endpoint({
  method: 'POST', path: '/api/me/batch-invitations/:id/answer', verb: 'batch.answer', summary: 'Say that we are ready, not ready yet and why, or that another day suits', params: Strict({ id: Id }), returns: BatchInvitation, problems: ['not_found', 'conflict.changed', 'batches.not_invited'],
  body: Strict({ ...onRevision, answer: Code(batchAnswers), reason: Type.Optional(Para(300)), wishedDay: Type.Optional(Day), heads: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })) }),
  check: ({ answer, reason, wishedDay }) => [...(answer === 'notReady' && !reason ? [{ path: '/reason', code: 'issue.required' }] : []), ...(answer === 'otherDay' && !wishedDay ? [{ path: '/wishedDay', code: 'issue.required' }] : [])],
})
