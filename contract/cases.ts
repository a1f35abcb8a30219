// Cases 办件: anything that someone must deal with, by unit and person, with clocks, a timeline and a to-do list.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Id, Nullable, OptionalLine, Paged, Strict, endpoint, pageQuery } from './base.ts'
import { FileInfo } from './files.ts'

export const waitingFor = ['office', 'firm', 'none'] as const
export const WaitingFor = Code(waitingFor)
export const PartRole = Code(['lead', 'help'])
/** `coming` waits for an earlier step; `moved` was handed on or back; `dropped` ended with its case, undone. */
export const PartState = Code(['coming', 'open', 'done', 'moved', 'dropped'])
export const ClockName = Code(['respond', 'resolve'])
export type ClockName = 'respond' | 'resolve'
export const ClockState = Code(['running', 'paused', 'stopped'])
/** How a clock stands for whoever works: `soon` is within the last fifth of its limit. */
export const clockStandings = ['overdue', 'soon', 'running', 'paused', 'none'] as const
export const ClockStanding = Code(clockStandings)
export type ClockStanding = (typeof clockStandings)[number]

const kindCode = Type.String({ pattern: '^[a-z][A-Za-z]{0,39}$', issue: 'format' })
const deedCode = kindCode
const Named = Type.Object({ code: Type.String(), name: Bilingual })
/** What must be given with a deed. */
export const deedNeeds = ['outcome', 'reason', 'note', 'evidence'] as const
export const DeedNeed = Code(deedNeeds)
export type DeedNeed = (typeof deedNeeds)[number]
export const KindDeed = Type.Object({ code: Type.String(), name: Bilingual, from: Type.Array(Type.String()), who: Code(['unit', 'lead', 'firm', 'issuer', 'clock']), needs: Type.Array(DeedNeed), outcomes: Type.Array(Named), bulk: Type.Boolean() })
export const CaseKindInfo = Type.Object({
  code: Type.String(), name: Bilingual, states: Type.Array(Type.Object({ code: Type.String(), name: Bilingual, waitingFor: WaitingFor })), deeds: Type.Array(KindDeed),
  pauses: Type.Array(Named), events: Type.Array(Named), results: Type.Array(Named),
})
export type CaseKindInfo = Static<typeof CaseKindInfo>
/** Texts of the kinds; the words of states, deeds, reasons and events stand here, once. */
export const listCaseKinds = endpoint({ method: 'GET', path: '/api/case-kinds', verb: 'case.read', summary: 'Kinds of cases with their states, deeds and texts', returns: Type.Object({ items: Type.Array(CaseKindInfo) }) })

export const CasePerson = Type.Object({ id: Type.String(), name: Type.String() })
export const CaseUnit = Type.Object({ id: Type.String(), name: Bilingual })
export const CasePart = Type.Object({
  id: Type.String(), revision: Type.Integer(), step: Type.Integer(), unit: CaseUnit, person: Nullable(CasePerson), role: PartRole, state: PartState, result: Nullable(Bilingual), note: Nullable(Type.String()),
  openedAt: Nullable(Type.String()), takenAt: Nullable(Type.String()), endedAt: Nullable(Type.String()), presses: Type.Integer(), fromUnit: Nullable(CaseUnit), can: Type.Array(Type.String()),
})
export type CasePart = Static<typeof CasePart>
export const CaseClock = Type.Object({
  id: Type.String(), clock: ClockName, partId: Nullable(Type.String()), state: ClockState, hours: Type.Number(), /** Working hours used up, and left (below nought when overdue), at the moment of the answer. */ worked: Type.Number(), left: Type.Number(),
  startedAt: Type.String(), dueAt: Nullable(Type.String()), stoppedAt: Nullable(Type.String()), kept: Nullable(Type.Boolean()), overdue: Type.Boolean(), pausedFor: Nullable(Bilingual), pausedSince: Nullable(Type.String()), escalations: Type.Integer(),
})
export type CaseClock = Static<typeof CaseClock>
/** `by` is the person to officials and null to the firm, who reads units only. `params` hold names in both languages (`deed`, `to`, `reason`, `unit`), persons, moments and numbers; `text` is that of the kind's own entries. */
export const CaseEntry = Type.Object({ id: Type.String(), at: Type.String(), event: Type.String(), params: Type.Record(Type.String(), Type.Any()), side: Code(['firm', 'office', 'clock']), by: Nullable(Type.String()), unit: Nullable(Bilingual), note: Nullable(Type.String()) })
export type CaseEntry = Static<typeof CaseEntry>
export const CaseComment = Type.Object({ id: Type.String(), at: Type.String(), by: CasePerson, unit: Nullable(Bilingual), text: Type.String(), mentioned: Type.Array(CasePerson), files: Type.Array(FileInfo) })
export type CaseComment = Static<typeof CaseComment>

/** What the room says of its record: title, second line, where to read it, some facts for the row. */
export const CaseSubject = Type.Object({ title: Type.String(), subtitle: Nullable(Type.String()), link: Nullable(Type.String()), facts: Type.Array(Type.Object({ name: Bilingual, value: Bilingual })) })
export type CaseSubject = Static<typeof CaseSubject>
export const CaseRow = Type.Object({
  id: Type.String(), kind: Type.String(), kindName: Bilingual, subjectId: Type.String(), subject: CaseSubject, state: Type.String(), stateName: Bilingual, waitingFor: WaitingFor, districtCode: Nullable(Type.String()), sample: Type.Boolean(),
  openedAt: Type.String(), endedAt: Nullable(Type.String()), dueAt: Nullable(Type.String()), standing: ClockStanding, pausedFor: Nullable(Bilingual), presses: Type.Integer(),
  /** The part that puts the case on this list; null among the cases that I opened. */
  part: Nullable(Type.Object({ id: Type.String(), revision: Type.Integer(), unit: CaseUnit, person: Nullable(CasePerson), role: PartRole, state: PartState, result: Nullable(Bilingual), endedAt: Nullable(Type.String()) })),
  /** Deeds of the kind that the caller can do on it in bulk. */
  bulk: Type.Array(Type.String()),
})
export type CaseRow = Static<typeof CaseRow>
export const Case = Type.Object({
  id: Type.String(), revision: Type.Integer(), kind: Type.String(), kindName: Bilingual, subjectId: Type.String(), subject: CaseSubject, state: Type.String(), stateName: Bilingual, waitingFor: WaitingFor, outcome: Nullable(Type.String()), step: Type.Integer(), steps: Type.Integer(),
  districtCode: Nullable(Type.String()), sample: Type.Boolean(), openedAt: Type.String(), openedBy: Nullable(Type.String()), openedUnit: Nullable(Bilingual), endedAt: Nullable(Type.String()), dueAt: Nullable(Type.String()), standing: ClockStanding,
  parts: Type.Array(CasePart), clocks: Type.Array(CaseClock), timeline: Type.Array(CaseEntry), comments: Type.Array(CaseComment),
  /** `comment`, `press`, `addHelper` and what the screen may offer of the kind's own deeds. */
  can: Type.Array(Type.String()), deeds: Type.Array(Type.String()),
})
export type Case = Static<typeof Case>

/** `late` is the press list: whatever is overdue within one's scope, at whichever unit. */
export const caseBoxes = ['todo', 'done', 'opened', 'late'] as const
export const CaseBox = Code(caseBoxes)
export type CaseBox = (typeof caseBoxes)[number]
/** `person`: my own (`me`), nobody's yet (`none`), or that of one colleague. */
export const caseFilters = {
  kind: Type.Optional(kindCode), district: Type.Optional(AreaCode), standing: Type.Optional(ClockStanding), unit: Type.Optional(Id),
  person: Type.Optional(Type.String({ pattern: '^(me|none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$', issue: 'choice' })), q: Type.Optional(OptionalLine(60)),
}
export const listCases = endpoint({ method: 'GET', path: '/api/cases', verb: 'case.read', summary: 'To do, done, opened by me, and late anywhere in my scope; overdue first where it waits', query: Strict({ ...pageQuery, box: Type.Optional(CaseBox), ...caseFilters }), returns: Paged(CaseRow) })
/** Counts beside the tabs and in the navigation: `mine` and `untaken` are parts of `todo`. */
export const countCases = endpoint({
  method: 'GET', path: '/api/case-counts', verb: 'case.read', summary: 'How much there is to do',
  returns: Type.Object({ todo: Type.Integer(), mine: Type.Integer(), untaken: Type.Integer(), overdue: Type.Integer(), done: Type.Integer(), opened: Type.Integer(), late: Type.Integer(), kinds: Type.Record(Type.String(), Type.Integer()) }),
})
export const getCase = endpoint({ method: 'GET', path: '/api/cases/:id', verb: 'case.read', summary: 'One case with parts, clocks, timeline and comments', params: Strict({ id: Id }), returns: Case, problems: ['not_found'] })
export { deedCode, kindCode }
