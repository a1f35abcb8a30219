// The face of spot checks: what the house registers of them.
export { earlierChecks } from './actions.ts'
export { loadRates } from './draws.actions.ts'
export { spotcheckKind } from './outward.actions.ts'
