// The spot check as a kind of cases.
import type { CaseKind } from '../cases/index.ts'
import { describeChecks } from './actions.ts'
import { checkMachine } from './kind.actions.ts'

export const spotcheckKind: CaseKind = { ...checkMachine, describe: describeChecks }
