// The face of files: rooms that take files attach them to their own rows and show them.
export { attachFiles, filesOf, handOn, releaseFiles } from './actions.ts'
export type { FileOwner } from './store.ts'
