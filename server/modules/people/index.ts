// The face of rosters: who works where, who is meant by name and last four, what places people near each other; for health above all.
export { rosterSource } from './export.actions.ts'
export { peopleImport } from './import.actions.ts'
export { employmentFacts, employmentsByWorkplaceToken, employmentsOfPerson, everyEmployment, heldOf, matchByNameAndTail, matchByStaffNo, monitoredFacts, moveEmployment, noteReading, peopleNear, personByIdNumber, phoneOfEmployment, readsOfPerson, rosterOf, type EmploymentFacts, type MonitoredFacts, type RosterEntry } from './face.actions.ts'
export { beginRotation, continueRotation, showKeys } from './keys.actions.ts'
export type { PeopleOptions } from './ports.ts'
