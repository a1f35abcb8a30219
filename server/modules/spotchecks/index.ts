// The face of spot checks: what the house registers of them.
import type { CaseKind } from '../cases/index.ts'
import { describeChecks } from './actions.ts'
import { checkMachine } from './rules.ts'

export { earlierChecks } from './actions.ts'
export { loadRates } from './draws.actions.ts'
export const spotcheckKind: CaseKind = { ...checkMachine, describe: describeChecks }
