// The face of stop-work orders: what the house registers of them, and what rooms above may ask.
import type { CaseKind } from '../cases/index.ts'
import { describeOrders } from './answer.actions.ts'
import { orderMachine } from './rules.ts'

export { earlierOrders } from './answer.actions.ts'
export { loadTerms } from './terms.actions.ts'
export const orderKind: CaseKind = { ...orderMachine, describe: describeOrders }
