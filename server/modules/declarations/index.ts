// The face of declarations: others hear their events; the clock may be turned by whoever holds it; the plan of an operator becomes its tenants' declarations.
export { sweepOverdue } from './overdue.actions.ts'
export { declarationSubjects } from './subjects.actions.ts'
export { declarationsSource } from './export.actions.ts'
export { declareForTenant, planDayFault, planForm } from './tenant.actions.ts'
