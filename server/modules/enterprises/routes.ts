// Endpoints of enterprises.
import {
  addContact, addWorkplace, confirmCreditCode, endContact, getEnterprise, listContacts, listEnterprises, listIndustries, listMyEnterprises, registerEnterprise,
} from '@fugong/contract/enterprises'
import { route, type Module } from '../../base/routes.ts'
import { addWorkplaceTo, confirmCode, getFirmOf, listFirms, listMyFirms, registerFirm } from './actions.ts'
import { addContactTo, endContactOf, listContactsOf } from './contacts.actions.ts'
import { listAllIndustries } from './industries.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const enterprises: Module = {
  name: 'enterprises',
  routes: [
    route(registerEnterprise, registerFirm), route(listEnterprises, listFirms), route(listMyEnterprises, listMyFirms), route(getEnterprise, getFirmOf),
    route(addWorkplace, addWorkplaceTo), route(confirmCreditCode, confirmCode),
    route(listContacts, listContactsOf), route(addContact, addContactTo), route(endContact, endContactOf),
    route(listIndustries, listAllIndustries),
  ],
  verbs, scopes, constraints,
}
