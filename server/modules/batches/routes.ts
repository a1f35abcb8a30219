// Endpoints of batches.
import { addBatch, addFirms, answerBatch, batchChoices, changeBatch, changeBatchPlan, dropFirms, endBatchPlan, getBatchPlan, inviteFirms, listBatchDeeds, listBatchInvitations, listBatchMembers, listBatchMoves, listBatchPlans, moveFirms, openBatchPlan, proposeOrder, removeBatch, undoBatchDeed } from '@fugong/contract/batches'
import { route, type Module } from '../../base/routes.ts'
import { choices, get, list, listDeeds, listMembers, listMoves } from './actions.ts'
import { add, drop, move, propose, undo } from './firms.actions.ts'
import { answer, invite, listInvitations } from './invite.actions.ts'
import { addSlot, changePlan, changeSlot, endPlan, open, removeSlot } from './plan.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const batches: Module = {
  name: 'batches',
  routes: [
    route(listBatchPlans, list), route(batchChoices, choices), route(openBatchPlan, open), route(getBatchPlan, get), route(changeBatchPlan, changePlan), route(endBatchPlan, endPlan),
    route(addBatch, addSlot), route(changeBatch, changeSlot), route(removeBatch, removeSlot), route(inviteFirms, invite),
    route(addFirms, add), route(listBatchMembers, listMembers), route(listBatchMoves, listMoves), route(moveFirms, move), route(dropFirms, drop), route(proposeOrder, propose), route(undoBatchDeed, undo), route(listBatchDeeds, listDeeds),
    route(listBatchInvitations, listInvitations), route(answerBatch, answer),
  ],
  verbs, scopes, constraints,
}
