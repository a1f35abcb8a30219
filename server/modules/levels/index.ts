// The face of levels: which risk level an area has at a moment.
export { levelAt } from './store.ts'
