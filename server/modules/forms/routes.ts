// Endpoints of forms: the public one that shows a form in force.
import { getForm } from '@fugong/contract/forms'
import { route, type Module } from '../../base/routes.ts'
import { getFormOf } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const forms: Module = {
  name: 'forms',
  routes: [route(getForm, getFormOf)],
  verbs, scopes, constraints,
}
