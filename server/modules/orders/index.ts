// The face of stop-work orders: what the house registers of them, and giving one for what a check found.
import type { Input } from '@fugong/contract/base'
import type { issueOrder as endpoint, Order } from '@fugong/contract/orders'
import type { Ctx } from '../../base/context.ts'
import type { CaseKind } from '../cases/index.ts'
import { issue } from './actions.ts'
import { describeOrders } from './answer.actions.ts'
import { orderMachine } from './rules.ts'

export { earlierOrders } from './answer.actions.ts'
export { loadTerms } from './terms.actions.ts'
export const orderKind: CaseKind = { ...orderMachine, describe: describeOrders }
/** Gives an order in the caller's transaction, by the same checks as one given by hand. */
export const issueOrder = (ctx: Ctx, body: Input<typeof endpoint>['body']): Promise<Order> => issue(ctx, { params: {}, query: {}, body })
