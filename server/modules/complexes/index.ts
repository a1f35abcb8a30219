// The face of complexes: the list of tenants that may be imported, and the sample.
export { tenantsImport } from './import.actions.ts'
export { seedComplexes } from './sample.actions.ts'
