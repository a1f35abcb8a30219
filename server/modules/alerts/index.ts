// The face of alerts: the kinds of cases that the house registers of them.
export { alertKinds } from './outward.actions.ts'
