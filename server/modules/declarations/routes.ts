// Endpoints of declarations.
import { acceptDeclaration, countDeclarations, getDeclaration, listDeclarations, openDeclaration, previewProcedure, recordSiteCheck, rejectDeclaration, returnDeclaration, saveDeclaration, submitDeclaration, withdrawDeclaration } from '@fugong/contract/declarations'
import { countLateLists, decideAppeal, getChecklist, getDifferences, listEarlier, moveDeclaration, openAppeal, sendFilm, setVisit, withdrawAppeal } from '@fugong/contract/declarations.review'
import { correctDeclaration, getAfter, withdrawFiling } from '@fugong/contract/declarations.after'
import { route, togetherRoute, type Module } from '../../base/routes.ts'
import { count, countLate, get, list, preview } from './actions.ts'
import { after, correct, withdrawFiled } from './after.actions.ts'
import { answerAppeal, appeal, takeBack } from './appeals.actions.ts'
import { showChecklist } from './checks.actions.ts'
import { differences } from './differences.actions.ts'
import { earlierOf, type EarlierPort } from './earlier.actions.ts'
import { open, save, submit, withdraw } from './firm.actions.ts'
import { move } from './place.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { accept, checkSite, giveBack, reject } from './review.actions.ts'
import { appoint, takeFilm } from './visits.actions.ts'

/** `earlier`: what upper rooms know of a firm that a reviewer should see. */
export function declarationsModule({ earlier }: { earlier: readonly EarlierPort[] }): Module {
  return {
    name: 'declarations',
    routes: [
      togetherRoute(openDeclaration, open), route(saveDeclaration, save), route(submitDeclaration, submit), route(withdrawDeclaration, withdraw), route(moveDeclaration, move),
      route(previewProcedure, preview), route(listDeclarations, list), route(countDeclarations, count), route(getDeclaration, get),
      route(getDifferences, differences), route(getChecklist, showChecklist), route(listEarlier, earlierOf(earlier)), route(countLateLists, countLate),
      route(returnDeclaration, giveBack), route(rejectDeclaration, reject), route(acceptDeclaration, accept), route(recordSiteCheck, checkSite), route(setVisit, appoint), route(sendFilm, takeFilm),
      route(withdrawFiling, withdrawFiled), route(correctDeclaration, correct), route(getAfter, after),
      route(openAppeal, appeal), route(withdrawAppeal, takeBack), route(decideAppeal, answerAppeal),
    ],
    verbs, scopes, constraints,
  }
}
