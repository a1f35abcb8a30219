// Endpoints of decision tables, their drafts and trials, and their proposed changes.
import { decideProposal, getTable, listProposals, listTables, proposeTable } from '@fugong/contract/rules'
import { dropDraft, getDraft, getTableHistory, latestTrial, listDrafts, listTrialChanges, openDraft, proposeDraft, rollBackTable, saveDraft, startTrial, stopTrial, takeDraft } from '@fugong/contract/rules.editing'
import { route, type Module } from '../../base/routes.ts'
import { getTableOf, listTablesOf } from './actions.ts'
import { draftActions, drop, listDraftsOf, proposeOwn, rollBack, save } from './drafts.actions.ts'
import { historyOf } from './history.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import type { RulesOptions } from './ports.ts'
import { decideOn, listProposalsOf, propose } from './proposals.actions.ts'
import { latest, stop, trialActions } from './trials.actions.ts'

export function rulesModule(options: RulesOptions): Module {
  const drafts = draftActions(options)
  const trials = trialActions(options)
  return {
    name: 'rules',
    routes: [
      route(listTables, listTablesOf), route(getTable, getTableOf), route(getTableHistory, historyOf), route(rollBackTable, rollBack),
      route(listProposals, listProposalsOf), route(proposeTable, propose), route(decideProposal, decideOn),
      route(listDrafts, listDraftsOf), route(openDraft, drafts.open), route(getDraft, drafts.get), route(saveDraft, save), route(takeDraft, drafts.take), route(dropDraft, drop), route(proposeDraft, proposeOwn),
      route(startTrial, trials.start), route(latestTrial, latest), route(stopTrial, stop), route(listTrialChanges, trials.changes),
    ],
    verbs, scopes, constraints,
  }
}
