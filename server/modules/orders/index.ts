// The face of stop-work orders: what the house registers of them, and giving one for what a check found.
export { earlierOrders } from './answer.actions.ts'
export { issueOrder, orderKind } from './outward.actions.ts'
export { loadTerms } from './terms.actions.ts'
