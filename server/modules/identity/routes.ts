// Endpoints of identity.
import * as contract from '@fugong/contract/identity'
import { route, type Module } from '../../base/routes.ts'
import { deactivatePersonOf, delegateGrantOf, endGrantOf, grantRoleTo } from './grants.actions.ts'
import { acceptInvitationOf, cancelRecoveryOf, confirmRecoveryOf, createPersonOf, readInvitationOf, requestRecoveryOf } from './people.actions.ts'
import { getPersonOf, listPeopleOf } from './person-view.actions.ts'
import { changePasswordOf } from './password.actions.ts'
import { changePhoneOf, sendCodeTo, signInWithPhone } from './phone.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import type { IdentityOptions } from './ports.ts'
import { listOutboxOf } from './sample.actions.ts'
import { chooseEmergencyFor, endSessionOf, listSessionsOf, sessionOf, signInAsStaff, signOutOf, startSeeingAsRole, stopSeeingAsRole } from './sign-in.actions.ts'
import { createUnitOf, dissolveUnitOf, listUnitsOf, renameUnitOf } from './units.actions.ts'

export function identityModule(options: IdentityOptions): Module {
  return {
    name: 'identity',
    routes: [
      route(contract.getSession, (ctx) => sessionOf(ctx, options)),
      route(contract.signIn, (ctx, input) => signInAsStaff(ctx, input, options)),
      route(contract.signOut, (ctx) => signOutOf(ctx)),
      route(contract.chooseEmergency, (ctx, input) => chooseEmergencyFor(ctx, input, options)),
      route(contract.sendPhoneCode, sendCodeTo),
      route(contract.signInByPhone, (ctx, input) => signInWithPhone(ctx, input, options)),
      route(contract.changePhone, changePhoneOf),
      route(contract.changePassword, changePasswordOf),
      route(contract.listMySessions, (ctx) => listSessionsOf(ctx)),
      route(contract.endMySession, endSessionOf),
      route(contract.readInvitation, readInvitationOf),
      route(contract.acceptInvitation, (ctx, input) => acceptInvitationOf(ctx, input, options)),
      route(contract.listUnits, listUnitsOf),
      route(contract.createUnit, createUnitOf),
      route(contract.renameUnit, renameUnitOf),
      route(contract.dissolveUnit, dissolveUnitOf),
      route(contract.listPeople, listPeopleOf),
      route(contract.getPerson, getPersonOf),
      route(contract.createPerson, (ctx, input) => createPersonOf(ctx, input, options)),
      route(contract.grantRole, grantRoleTo),
      route(contract.endGrant, endGrantOf),
      route(contract.deactivatePerson, deactivatePersonOf),
      route(contract.delegateGrant, delegateGrantOf),
      route(contract.requestRecovery, requestRecoveryOf),
      route(contract.confirmRecovery, (ctx, input) => confirmRecoveryOf(ctx, input, options)),
      route(contract.cancelRecovery, cancelRecoveryOf),
      route(contract.startSeeingAs, (ctx, input) => startSeeingAsRole(ctx, input, options)),
      route(contract.stopSeeingAs, (ctx) => stopSeeingAsRole(ctx, options)),
      route(contract.listOutbox, (ctx) => listOutboxOf(ctx, options)),
    ],
    verbs, scopes, constraints,
  }
}
