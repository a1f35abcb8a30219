// The kinds of cases that this room brings, put together with what the engine must ask it.
import type { CaseKind } from '../cases/index.ts'
import { describeAlerts } from './answer.actions.ts'
import { describeAppeals, runLate } from './appeals.actions.ts'
import { kindsWith } from './kind.actions.ts'
import { describeOutbreaks } from './outbreaks.actions.ts'

export const alertKinds: CaseKind[] = kindsWith({ alerts: describeAlerts, appeals: describeAppeals, outbreaks: describeOutbreaks, appealLate: runLate })
