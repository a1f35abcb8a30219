// The face of health: what binds a phone, the key to which it seals, the colour of somebody and why, and changing it in the name of people.
export { requireBinding } from './day.actions.ts'
export { factsOf } from './facts.actions.ts'
export { decideIf } from './hours.actions.ts'
export { tokenOf } from './intake.rules.ts'
export { publicSealKey } from './seal.actions.ts'
export { lastStatus, setColour } from './status.actions.ts'
export { findColoured, findStatus, lockColoured, type Coloured, type StatusRow } from './turns.store.ts'
