// What a deed on a plan makes stale on every screen that shows it.
import { getBatchPlan, listBatchDeeds, listBatchMembers, listBatchMoves, listBatchPlans } from '@fugong/contract/batches'

export const stale = [getBatchPlan, listBatchMembers, listBatchDeeds, listBatchMoves, listBatchPlans]
