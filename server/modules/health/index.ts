// The face of health: what binds a phone.
export { tokenOf } from './intake.rules.ts'
