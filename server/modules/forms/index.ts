// The face of forms: the version in force, versions by number, and what packs need to import them.
export { checkForm, formConflicts, formInForce, getFormVersion, importForm } from './actions.ts'
export { recordAsking } from './burden.actions.ts'
export { loadDictionary } from './dictionary.actions.ts'
