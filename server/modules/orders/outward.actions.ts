// The stop-work order as a kind of cases, and giving one for a room above in the transaction of its own deed.
import type { Input } from '@fugong/contract/base'
import type { issueOrder as endpoint, Order } from '@fugong/contract/orders'
import type { Ctx } from '../../base/context.ts'
import type { CaseKind } from '../cases/index.ts'
import { issue } from './actions.ts'
import { describeOrders } from './answer.actions.ts'
import { orderMachine } from './kind.actions.ts'

export const orderKind: CaseKind = { ...orderMachine, describe: describeOrders }
/** By the same checks as an order that is given by hand. */
export const issueOrder = (ctx: Ctx, body: Input<typeof endpoint>['body']): Promise<Order> => issue(ctx, { params: {}, query: {}, body })
