// Endpoints of rosters, bound to where the system stands and to the levels above.
import { addPerson, changePerson, checkReturns, findInRoster, findPersonFile, getKeys, getPersonOfRoster, listDivisions, listPersonReads, listRoster, listRosterCounts, movePeople, rosterSummary, rotateKeys, undoMove, unmaskField } from '@fugong/contract/people'
import { decideEntry, enterSelf, listEntries, listPosters, makePoster, readPoster, revokePoster } from '@fugong/contract/people.entries'
import { route, type Module } from '../../base/routes.ts'
import { addPersonTo, changePersonOf, findInRosterOf, getPersonOf, listRosterOf, summaryOf } from './actions.ts'
import { listCounts } from './counts.actions.ts'
import { listAllDivisions } from './divisions.actions.ts'
import { decideEntryOf, enterSelfOf, listEntriesOf, listPostersOf, makePosterOf, readPosterOf, revokePosterOf } from './entries.actions.ts'
import { beginRotation, showKeys } from './keys.actions.ts'
import { moveAll, undo } from './moves.actions.ts'
import { constraints, recordVerbs, scopes, verbs } from './policy.ts'
import type { PeopleOptions } from './ports.ts'
import { listReads, personFile, unmask } from './reading.actions.ts'
import { checkReturnsOf } from './return.actions.ts'

export function peopleModule(options: PeopleOptions): Module {
  return {
    name: 'people',
    routes: [
      route(listRoster, listRosterOf), route(findInRoster, findInRosterOf), route(rosterSummary, summaryOf), route(addPerson, addPersonTo(options)), route(getPersonOfRoster, getPersonOf), route(changePerson, changePersonOf),
      route(movePeople, moveAll), route(undoMove, undo(options)), route(unmaskField, unmask), route(listPersonReads, listReads), route(checkReturns, checkReturnsOf(options)),
      route(listPosters, listPostersOf(options)), route(makePoster, makePosterOf(options)), route(revokePoster, revokePosterOf(options)), route(readPoster, readPosterOf), route(enterSelf, enterSelfOf(options)), route(listEntries, listEntriesOf), route(decideEntry, decideEntryOf(options)),
      route(listRosterCounts, listCounts), route(findPersonFile, personFile), route(listDivisions, listAllDivisions), route(getKeys, showKeys), route(rotateKeys, beginRotation),
    ],
    verbs, scopes, recordVerbs, constraints,
  }
}
