// Endpoints of declarations.
import { acceptDeclaration, countDeclarations, getDeclaration, listDeclarations, openDeclaration, previewProcedure, recordSiteCheck, rejectDeclaration, returnDeclaration, saveDeclaration, submitDeclaration, withdrawDeclaration } from '@fugong/contract/declarations'
import { route, type Module } from '../../base/routes.ts'
import { count, get, list, preview } from './actions.ts'
import { open, save, submit, withdraw } from './firm.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { accept, checkSite, giveBack, reject } from './review.actions.ts'

export const declarations: Module = {
  name: 'declarations',
  routes: [
    route(openDeclaration, open), route(saveDeclaration, save), route(submitDeclaration, submit), route(withdrawDeclaration, withdraw),
    route(previewProcedure, preview), route(listDeclarations, list), route(countDeclarations, count), route(getDeclaration, get),
    route(returnDeclaration, giveBack), route(rejectDeclaration, reject), route(acceptDeclaration, accept), route(recordSiteCheck, checkSite),
  ],
  verbs, scopes, constraints,
}
