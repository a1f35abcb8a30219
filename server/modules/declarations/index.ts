// The face of declarations: others hear their events; the clock may be turned by whoever holds it.
export { sweepOverdue } from './overdue.actions.ts'
export { declarationSubjects } from './subjects.actions.ts'
export { declarationsSource } from './export.actions.ts'
