// The face of rules: decisions by the table in force, and what packs and forms need of tables and their versions.
export { checkTable, decide, decisionsOf, importTable, isInForce, recordDecision, recordDecisions, tableConflicts, tableInForce, type Question } from './actions.ts'
export { canonical, inForceAmong, versionInForce, type Versioned } from './versions.rules.ts'
export type { Subject, SubjectQuestion, SubjectTitle, TableSubjects } from './ports.ts'
