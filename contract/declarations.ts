// Declarations of resumption 复工备案: draft, submission, the procedure the rules choose, review, site check.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Day, Id, Line, Nullable, OptionalLine, OptionalPara, Para, Paged, Strict, endpoint, pageQuery } from './base.ts'
import type { Value } from './expressions.ts'
import type { KnownSource } from './fields.ts'
import { Answers } from './forms.ts'
import { CertificateState } from './certificates.ts'
import { FileInfo } from './files.ts'
import { Scene, Workplace } from './enterprises.ts'
import { RiskLevel } from './levels.ts'
import { Decision } from './rules.ts'

/** `filed` 已备案 is the aim; `returned` waits for the firm, `underReview` and `siteCheckPending` for the reviewing unit. */
export const declarationStates = ['draft', 'underReview', 'returned', 'siteCheckPending', 'filed', 'rejected', 'withdrawn'] as const
export const DeclarationState = Code(declarationStates)
export type DeclarationState = (typeof declarationStates)[number]
/** How a filed declaration stands: `operating` 有效 counts, `suspended` 停工整改 may come back, the others have ended for good. */
export const filingStandings = ['operating', 'suspended', 'revoked', 'withdrawn', 'superseded', 'closed', 'expired'] as const
export const FilingStanding = Code(filingStandings)
export type FilingStanding = (typeof filingStandings)[number]
export const procedures = ['effective', 'review', 'reviewAndSite'] as const
export const Procedure = Code(procedures)
export type Procedure = (typeof procedures)[number]
export const OverdueOutcome = Code(['accept', 'escalate'])
/** How it is seen that measures are in place: not at all, on the spot, or on the spot or by an uploaded film. */
export const evidences = ['none', 'site', 'siteOrVideo'] as const
export const Evidence = Code(evidences)
export type Evidence = (typeof evidences)[number]
/** Which unit a table of routes may name. */
export const routeUnits = ['zoneCommittee', 'street', 'community', 'department', 'cityDepartment', 'taskForce', 'command'] as const
export type RouteUnit = (typeof routeUnits)[number]

export const Gap = Strict({ field: Line(60), text: Line(300) })
/** A gap as it is shown: `touched` once the firm has changed what it names since it was told. */
export const ToldGap = Type.Object({ field: Type.String(), text: Type.String(), touched: Type.Boolean() })
export const TimelineEntry = Type.Object({
  at: Type.String(), event: Type.String(), by: Nullable(Type.String()), unit: Nullable(Bilingual), note: Nullable(Type.String()), gaps: Type.Array(Type.Object({ field: Type.String(), text: Type.String() })),
})
/** A step of the route as it stands: the unit, who of it did what when. `wanted` is the unit that the table named where it does not exist there. */
export const RouteNode = Type.Object({
  step: Type.Integer(), unitId: Type.String(), unit: Bilingual, role: Code(['lead', 'help']), wanted: Nullable(Code(routeUnits)), movedFrom: Nullable(Bilingual),
  state: Code(['later', 'open', 'done', 'stopped']), by: Nullable(Type.String()), result: Nullable(Type.String()), at: Nullable(Type.String()), note: Nullable(Type.String()),
})
export type RouteNode = Static<typeof RouteNode>
/** A list of gaps as it was told; every list but the first says why it was not told at once. */
export const GapList = Type.Object({ list: Type.Integer(), at: Type.String(), unit: Nullable(Bilingual), reason: Nullable(Type.String()), gaps: Type.Array(Gap) })
/** What was ticked on the checklist when a step was done. */
export const Check = Type.Object({ at: Type.String(), what: Code(['accept', 'return', 'reject', 'site']), unit: Nullable(Bilingual), by: Nullable(Type.String()), formVersion: Type.Integer(), ticked: Type.Array(Type.String()) })
export const AppealState = Code(['underReview', 'upheld', 'reopened', 'filed', 'withdrawn'])
/** An appeal against a rejection: `reopened` sends the declaration back to review, `filed` files it. */
export const Appeal = Type.Object({
  id: Type.String(), state: AppealState, revision: Type.Integer(), reason: Type.String(), files: Type.Array(FileInfo), openedAt: Type.String(), against: Nullable(Bilingual), unit: Bilingual, dueAt: Type.String(), overdue: Type.Boolean(),
  decidedAt: Nullable(Type.String()), answer: Nullable(Type.String()), decision: Decision, can: Type.Array(Type.String()),
})
export type Appeal = Static<typeof Appeal>
/** `siteCheck.by` is the unit to the firm and the official, whose name is the same in both languages, to offices. */
export const Declaration = Type.Object({
  id: Type.String(), state: DeclarationState,
  /** Grows with every change; a deed names the one it was decided on. */
  revision: Type.Integer(),
  enterpriseId: Type.String(), enterpriseName: Type.String(), creditCode: Type.String(), industryCode: Type.String(), enterpriseClass: Type.String(), workplace: Workplace,
  emergencyId: Type.String(), plannedDate: Nullable(Type.String()), headcount: Nullable(Type.Integer()), formVersion: Type.Integer(), answers: Answers,
  pledgedAt: Nullable(Type.String()), pledgeVersion: Nullable(Type.Integer()), files: Type.Array(FileInfo),
  /** The level that the decision stands on; null means the area is not listed. */
  level: Nullable(RiskLevel), procedure: Nullable(Procedure), decision: Nullable(Decision), evidence: Nullable(Evidence),
  /** By which level and procedure it was judged when it was submitted, where it was judged anew since; null otherwise. */
  judgedAnew: Nullable(Type.Object({ at: Type.String(), firstLevel: Nullable(RiskLevel), firstProcedure: Procedure })),
  /** The community that the firm named, and the firm that files for it where one does. */
  communityCode: Nullable(Type.String()), operatorId: Nullable(Type.String()),
  route: Nullable(Type.Object({ decision: Decision, nodes: Type.Array(RouteNode) })),
  dueAt: Nullable(Type.String()), overdueOutcome: Nullable(OverdueOutcome), overdue: Type.Boolean(), escalatedAt: Nullable(Type.String()),
  gaps: Type.Array(ToldGap), gapsToldAt: Nullable(Type.String()), reason: Nullable(Type.String()), siteCheck: Nullable(Type.Object({ result: Code(['pass', 'fail']), findings: Type.String(), by: Bilingual, at: Type.String() })),
  gapLists: Type.Array(GapList), checks: Type.Array(Check), submissions: Type.Integer(),
  /** When and by whom the site is seen, and the film that the firm sent in instead. */
  visit: Nullable(Type.Object({ at: Type.String(), who: Type.String(), unit: Nullable(Bilingual), setAt: Type.String() })), film: Nullable(Type.Object({ at: Type.String(), files: Type.Array(FileInfo) })),
  /** Until which day a rejection may be appealed, where it may still be. */
  appealUntil: Nullable(Type.String()), appeals: Type.Array(Appeal),
  reviewUnit: Nullable(Bilingual), certificateId: Nullable(Type.String()), certificateNumber: Nullable(Type.String()),
  /** How the certificate stands now: what was filed may have been suspended or revoked since. */
  certificate: Nullable(Type.Object({ state: CertificateState, since: Type.String(), reason: Nullable(Type.String()) })),
  submittedAt: Nullable(Type.String()), decidedAt: Nullable(Type.String()), createdAt: Type.String(),
  timeline: Type.Array(TimelineEntry), can: Type.Array(Type.String()),
})
export type Declaration = Static<typeof Declaration>
export const DeclarationRow = Type.Object({
  id: Type.String(), state: DeclarationState, enterpriseId: Type.String(), enterpriseName: Type.String(), creditCode: Type.String(), workplaceName: Type.String(), scene: Scene, districtCode: Type.String(), streetCode: Type.String(), zoneCode: Nullable(Type.String()),
  level: Nullable(RiskLevel), procedure: Nullable(Procedure), headcount: Nullable(Type.Integer()), plannedDate: Nullable(Type.String()), submittedAt: Nullable(Type.String()), dueAt: Nullable(Type.String()), overdue: Type.Boolean(), certificateNumber: Nullable(Type.String()), certificateState: Nullable(CertificateState), createdAt: Type.String(),
  /** How many lists of gaps the firm was told. */
  gapLists: Type.Integer(),
})
export type DeclarationRow = Static<typeof DeclarationRow>

/** What a declaration knows beside its answers, by the names that the expressions of its form use. */
export function factsOf(known: Pick<Declaration, 'enterpriseName' | 'creditCode' | 'industryCode' | 'enterpriseClass' | 'headcount' | 'plannedDate'> & { workplace: Pick<Workplace, 'name' | 'scene' | 'districtCode' | 'streetCode' | 'address'> }): Record<string, Value> {
  const { workplace } = known
  return {
    enterprise_name: known.enterpriseName, enterprise_creditCode: known.creditCode, enterprise_industryCode: known.industryCode, enterprise_class: known.enterpriseClass,
    workplace_name: workplace.name, workplace_scene: workplace.scene, workplace_district: workplace.districtCode, workplace_street: workplace.streetCode, workplace_address: workplace.address,
    declaration_headcount: known.headcount ?? undefined, declaration_plannedDate: known.plannedDate ?? undefined,
  } satisfies Record<FactName, Value>
}
type FactName = KnownSource extends infer K ? K extends `${infer Room}.${infer Field}` ? `${Room}_${Field}` : never : never

export const openDeclaration = endpoint({
  method: 'POST', path: '/api/declarations', verb: 'declaration.open', summary: 'Open a declaration for a workplace; filled in from what is known',
  body: Strict({ enterpriseId: Id, workplaceId: Id }), returns: Declaration, problems: ['not_found', 'declarations.open_exists', 'enterprises.workplace_unknown', 'enterprises.code_unconfirmed', 'emergencies.none_open', 'forms.none_in_force'],
})
const draft = { plannedDate: Type.Optional(Nullable(Day)), headcount: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 1000000 }))), answers: Type.Optional(Answers), pledged: Type.Optional(Type.Boolean()), fileIds: Type.Optional(Type.Array(Id, { maxItems: 20 })), communityCode: Type.Optional(Nullable(AreaCode)) }
/** A draft may be incomplete; what stands in it must be right. */
export const saveDeclaration = endpoint({ method: 'PATCH', path: '/api/declarations/:id', verb: 'declaration.open', summary: 'Save entries of a draft or a returned declaration', params: Strict({ id: Id }), body: Strict({ revision: Type.Integer({ minimum: 1 }), ...draft }), returns: Declaration, problems: ['not_found', 'conflict.changed', 'declarations.state_refused'] })
const onRevision = { revision: Type.Integer({ minimum: 1 }) }
const deed = { params: Strict({ id: Id }), returns: Declaration } as const
export const submitDeclaration = endpoint({ method: 'POST', path: '/api/declarations/:id/submit', verb: 'declaration.open', summary: 'Submit; the table in force chooses the procedure', ...deed, body: Strict(onRevision), problems: ['not_found', 'conflict.changed', 'declarations.state_refused', 'declarations.incomplete', 'declarations.stopped', 'declarations.no_unit', 'rules.no_row', 'rules.no_table', 'enterprises.code_unconfirmed'] })
export const withdrawDeclaration = endpoint({ method: 'POST', path: '/api/declarations/:id/withdraw', verb: 'declaration.open', summary: 'Withdraw, with a reason; a draft is discarded without one', ...deed, body: Strict({ ...onRevision, reason: Type.Optional(Para(300)) }), problems: ['not_found', 'conflict.changed', 'declarations.state_refused'] })
export const previewProcedure = endpoint({ method: 'GET', path: '/api/declarations/:id/procedure', verb: 'declaration.read', summary: 'Which procedure would apply now, and why', params: Strict({ id: Id }), returns: Type.Object({ level: Nullable(RiskLevel), procedure: Procedure, decision: Decision }), problems: ['not_found', 'rules.no_row', 'rules.no_table'] })
export const listDeclarations = endpoint({
  method: 'GET', path: '/api/declarations', verb: 'declaration.read', summary: 'Declarations within my scope, oldest due first where they wait',
  query: Strict({ ...pageQuery, state: Type.Optional(DeclarationState), /** Of those that are filed. */ standing: Type.Optional(FilingStanding), district: Type.Optional(AreaCode), enterprise: Type.Optional(Id), overdue: Type.Optional(Type.Boolean()), q: Type.Optional(OptionalLine(60)) }), returns: Paged(DeclarationRow),
})
/** Counts beside the tabs, within the same scope. */
export const countDeclarations = endpoint({ method: 'GET', path: '/api/declaration-counts', verb: 'declaration.read', summary: 'Declarations by state', returns: Type.Object({ states: Type.Record(Type.String(), Type.Integer()), overdue: Type.Integer() }) })
export const getDeclaration = endpoint({ method: 'GET', path: '/api/declarations/:id', verb: 'declaration.read', summary: 'One declaration with its timeline', params: Strict({ id: Id }), returns: Declaration, problems: ['not_found'] })
/** Items of the checklist in force that the reviewer found in place. */
const ticks = { ticked: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 100 })) }
const reviewProblems = ['not_found', 'conflict.changed', 'declarations.state_refused', 'session.own_firm', 'session.forbidden', 'declarations.effective_unheld', 'declarations.place_closed', 'declarations.stopped'] as const
export const returnDeclaration = endpoint({ method: 'POST', path: '/api/declarations/:id/return', verb: 'declaration.review', summary: 'Return with the full list of gaps; a second list needs the reason why it was not told at once, and counts against the unit', ...deed, body: Strict({ ...onRevision, gaps: Type.Array(Gap, { minItems: 1, maxItems: 50 }), ...ticks, reason: Type.Optional(Para(500)) }), problems: [...reviewProblems, 'declarations.gaps_told_once'] })
export const rejectDeclaration = endpoint({ method: 'POST', path: '/api/declarations/:id/reject', verb: 'declaration.review', summary: 'Reject with reason', ...deed, body: Strict({ ...onRevision, reason: Para(1000), ...ticks }), problems: [...reviewProblems] })
export const acceptDeclaration = endpoint({ method: 'POST', path: '/api/declarations/:id/accept', verb: 'declaration.review', summary: 'Accept the documents; at high risk a site check follows', ...deed, body: Strict({ ...onRevision, note: Type.Optional(OptionalPara(500)), ...ticks }), problems: [...reviewProblems] })
export const recordSiteCheck = endpoint({ method: 'POST', path: '/api/declarations/:id/site-check', verb: 'declaration.review', summary: 'Result of the site check', ...deed, body: Strict({ ...onRevision, result: Code(['pass', 'fail']), findings: Para(1000), ...ticks }), problems: [...reviewProblems] })
/** The events that a timeline shows. */
export const declarationEvents = ['declaration.opened', 'declaration.saved', 'declaration.submitted', 'declaration.resubmitted', 'declaration.filed', 'declaration.returned', 'declaration.rejected', 'declaration.accepted', 'declaration.site_checked', 'declaration.withdrawn', 'declaration.escalated', 'declaration.accepted_overdue', 'declaration.step_passed', 'declaration.judged_anew', 'declaration.visit_set', 'declaration.film_sent', 'declaration.appealed', 'declaration.appeal_decided', 'declaration.appeal_withdrawn', 'declaration.moved',
  'declaration.corrected', 'declaration.suspended', 'declaration.work_resumed', 'declaration.revoked', 'declaration.filing_withdrawn', 'declaration.superseded', 'declaration.closed', 'declaration.expired'] as const
