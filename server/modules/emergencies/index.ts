// The face of emergencies: which one is open where, and reading and recording packs for the composition.
export { getEmergency, openEmergenciesFor, openEmergencyFor, presentEmergency, retentionFor } from './actions.ts'
export { inFile, packConflicts, readPackFiles, recordPack, recordUnreadablePack, type PackFolder, type PackPart } from './packs.actions.ts'
export { findEmergency, type EmergencyRow } from './store.ts'
export { seedEmergency } from './sample.actions.ts'
