// The face of enterprises: what other rooms may ask about firms and their trades.
export { getEnterpriseOf, isRegistrant, type EnterpriseFacts } from './actions.ts'
export { negativeListOf } from './department.actions.ts'
export { loadFlagKinds } from './flags.actions.ts'
export { enterprisesImport } from './import.actions.ts'
export { loadIndustries } from './industries.actions.ts'
export { seedEnterprises } from './sample.actions.ts'
export { loadSizeTables } from './size.actions.ts'
