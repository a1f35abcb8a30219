// The face of batches: the list that may be exported, and the sample plan.
export { batchesSource } from './export.actions.ts'
export { seedBatches } from './sample.actions.ts'
