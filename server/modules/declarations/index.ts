// The face of declarations: others hear their events; what the house registers of them.
export { followLevels } from './anew.actions.ts'
export { appealPorts } from './appeals.actions.ts'
export { declarationKinds } from './case.actions.ts'
export type { EarlierPort } from './earlier.actions.ts'
export { declarationsSource } from './export.actions.ts'
export { runOut } from './overdue.actions.ts'
export { decideFromList } from './review.actions.ts'
export { declarationSubjects } from './subjects.actions.ts'
