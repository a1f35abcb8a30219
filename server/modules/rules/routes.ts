// Endpoints of decision tables and their proposed changes.
import { decideProposal, getTable, listProposals, listTables, proposeTable } from '@fugong/contract/rules'
import { route, type Module } from '../../base/routes.ts'
import { getTableOf, listTablesOf } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { decideOn, listProposalsOf, propose } from './proposals.actions.ts'

export const rules: Module = {
  name: 'rules',
  routes: [route(listTables, listTablesOf), route(getTable, getTableOf), route(listProposals, listProposalsOf), route(proposeTable, propose), route(decideProposal, decideOn)],
  verbs, scopes, constraints,
}
