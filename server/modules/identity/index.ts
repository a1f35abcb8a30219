// The face of identity: what other rooms may ask about people, units and who acts.
export { actorOf, contactActor, staffActor } from './actor.actions.ts'
export { activePeople, addMembership, contactsOfFirms, endMembership, enrolContact, ensureContact, enterprisesOfPerson, firmsByPhoneTail, indexTails, listMembers, openContactsOf, personNames, phoneMasked, phoneOf } from './contacts.actions.ts'
export { createFirstAdministrator, recoverAtMachine } from './people.actions.ts'
export type { IdentityOptions } from './ports.ts'
export { sampleSignIns, seedPeople, type SampleSignIn } from './sample.actions.ts'
export { openSessionFor } from './sign-in.actions.ts'
export { administrators, areasOfUnits, findReviewUnit, findUnitAt, holdersIn, loadUnits, peopleOfUnit, seedUnits, unitByCode, unitLine, unitNames, type UnitStanding } from './units.actions.ts'
