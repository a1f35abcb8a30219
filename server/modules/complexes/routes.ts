// Endpoints of complexes.
import { addTenants, askTenants, changeComplex, closeFiling, confirmTenant, endTenant, getComplex, leaveOutTenant, listComplexes, listMyComplexes, listTenantRequests, listTenants, objectTenant, openFiling, registerComplex, saveFiling } from '@fugong/contract/complexes'
import { route, type Module } from '../../base/routes.ts'
import { get, list, listMine, listTenantsOf } from './actions.ts'
import { close, leaveOut, open, save, send } from './filing.actions.ts'
import { add, change, end, register } from './operate.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { confirm, listRequests, object } from './tenant.actions.ts'

export const complexes: Module = {
  name: 'complexes',
  routes: [
    route(listMyComplexes, listMine), route(listComplexes, list), route(registerComplex, register), route(getComplex, get), route(changeComplex, change), route(listTenants, listTenantsOf), route(addTenants, add), route(endTenant, end),
    route(openFiling, open), route(saveFiling, save), route(askTenants, send), route(closeFiling, close), route(leaveOutTenant, leaveOut), route(listTenantRequests, listRequests), route(confirmTenant, confirm), route(objectTenant, object),
  ],
  verbs, scopes, constraints,
}
