// Endpoints of enterprises.
import {
  addContact, addWorkplace, confirmCreditCode, endContact, getEnterprise, listContacts, listEnterprises, listFlagKinds, listIndustries, listMyEnterprises, registerEnterprise,
} from '@fugong/contract/enterprises'
import { assignFirms, bulkChoices, findByPhone, flagFirms, getBulk, listAssignments, messageFirms, undoBulk } from '@fugong/contract/enterprises.lists'
import { addProject, addSection, changeProject, changeWorkplace, closeWorkplace, endSection, getProject, listProjects, listProjectsOf, listWorkplaces } from '@fugong/contract/enterprises.places'
import { addParent, cancelLifeEvent, changeFacts, endFlag, endRelation, listChanges, listFlags, listRelations, recordLifeEvent, setDepartment, setFlag } from '@fugong/contract/enterprises.register'
import { route, type Module } from '../../base/routes.ts'
import { confirmCode, registerFirm } from './actions.ts'
import { assignTo, bulkOf, chooseBulk, flagAll, listAssignmentsOf, messageAll, undoBulkOf } from './bulk.actions.ts'
import { changeFactsOf } from './change.actions.ts'
import { addContactTo, endContactOf, listContactsOf } from './contacts.actions.ts'
import { endFlagOn, listFlagKindsOf, listFlagsOf, setDepartmentOf, setFlagOn } from './flags.actions.ts'
import { listChangesOf } from './history.actions.ts'
import { listAllIndustries } from './industries.actions.ts'
import { cancelEvent, recordEvent } from './life.actions.ts'
import { findFirmsByPhone, listFirms, listMyFirms } from './list.actions.ts'
import { addWorkplaceTo, changeWorkplaceOf, closeWorkplaceOf, listWorkplacesOf } from './places.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { addProjectTo, addSectionTo, changeProjectOf, endSectionOf, getProjectOf, listAllProjects, listProjectsOfFirm } from './projects.actions.ts'
import { addParentOf, endRelationOf, listRelationsOf } from './relations.actions.ts'
import { getFirmOf } from './show.actions.ts'

export const enterprises: Module = {
  name: 'enterprises',
  routes: [
    route(registerEnterprise, registerFirm), route(listEnterprises, listFirms), route(listMyEnterprises, listMyFirms), route(getEnterprise, getFirmOf), route(confirmCreditCode, confirmCode),
    route(findByPhone, findFirmsByPhone), route(bulkChoices, chooseBulk), route(assignFirms, assignTo), route(flagFirms, flagAll), route(messageFirms, messageAll), route(getBulk, bulkOf), route(undoBulk, undoBulkOf), route(listAssignments, listAssignmentsOf),
    route(changeFacts, changeFactsOf), route(recordLifeEvent, recordEvent), route(cancelLifeEvent, cancelEvent), route(listChanges, listChangesOf),
    route(listWorkplaces, listWorkplacesOf), route(addWorkplace, addWorkplaceTo), route(changeWorkplace, changeWorkplaceOf), route(closeWorkplace, closeWorkplaceOf),
    route(listFlagKinds, listFlagKindsOf), route(listFlags, listFlagsOf), route(setFlag, setFlagOn), route(endFlag, endFlagOn), route(setDepartment, setDepartmentOf),
    route(listRelations, listRelationsOf), route(addParent, addParentOf), route(endRelation, endRelationOf),
    route(listProjects, listAllProjects), route(listProjectsOf, listProjectsOfFirm), route(getProject, getProjectOf), route(addProject, addProjectTo), route(changeProject, changeProjectOf), route(addSection, addSectionTo), route(endSection, endSectionOf),
    route(listContacts, listContactsOf), route(addContact, addContactTo), route(endContact, endContactOf),
    route(listIndustries, listAllIndustries),
  ],
  verbs, scopes, constraints,
}
