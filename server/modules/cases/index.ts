// The face of cases: what rooms need whose records someone must deal with.
export { timelineOf } from './answer.actions.ts'
export { closePart, moveCase, pauseClocks, resumeClocks, type ClosedPart } from './move.actions.ts'
export { caseOf, casesOf, openCase, tellCase, withdrawCase } from './open.actions.ts'
export { loadEscalation } from './pace.actions.ts'
export type { CaseDeed, CaseKind, CaseScope, CaseStanding, CaseState, Given, NewCase, NewClock, NewPart } from './ports.ts'
export { partsOf, resolveDues, type CasePart } from './reading.actions.ts'
export { raiseParts, rerouteCase } from './reroute.actions.ts'
