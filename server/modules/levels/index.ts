// The face of levels: which risk level an area has at a moment.
export { seedLevels } from './sample.actions.ts'
export { levelAt } from './store.ts'
