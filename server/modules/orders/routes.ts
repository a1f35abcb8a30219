// Endpoints of stop-work orders.
import { answerItem, decideRevocation, getOrder, handInOrder, issueOrder, listOrders, previewOrder, proposeRevocation, recheckOrder } from '@fugong/contract/orders'
import { route, type Module } from '../../base/routes.ts'
import { decideOn, issue, propose, recheck } from './actions.ts'
import { get, list } from './answer.actions.ts'
import { answer, handIn } from './firm.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { preview } from './terms.actions.ts'

export const orders: Module = {
  name: 'orders',
  routes: [
    route(previewOrder, preview), route(issueOrder, issue), route(listOrders, list), route(getOrder, get),
    route(answerItem, answer), route(handInOrder, handIn), route(recheckOrder, recheck), route(proposeRevocation, propose), route(decideRevocation, decideOn),
  ],
  verbs, scopes, constraints,
}
