// Who may do what with units, people and roles, and whose rows are whose.
//
// People, credentials, sessions, codes and links are read while nobody is signed in yet, and administrators read
// people of every unit: a row has no area by which a scope could reach it. So a person reaches their own rows by
// scope, and the steps of sign-in and, after the check of their verb, administrators' deeds run `elevated`.
import type { VerbTable } from '../../base/auth.ts'
import type { ScopedTable } from '../../base/scope.ts'
import type { ProblemCode } from '@fugong/contract/problems'

const staff = ['administrator', 'commander', 'reviewer', 'departmentOfficer', 'caseOfficer', 'specialist', 'communityWorker']

export const verbs = {
  'unit.read': staff,
  'unit.create': ['administrator'],
  'unit.change': ['administrator'],
  'person.read': ['administrator'],
  'person.create': ['administrator'],
  'person.grant': ['administrator'],
  'person.recover': ['administrator'],
  'grant.delegate': staff,
  'session.see_as': ['administrator'],
} satisfies VerbTable

export const peopleScope: ScopedTable = { table: 'identity.people', person: 'id' }
export const sessionsScope: ScopedTable = { table: 'identity.sessions', person: 'person_id' }
export const grantsScope: ScopedTable = { table: 'identity.grants', person: 'person_id' }
export const membershipsScope: ScopedTable = { table: 'identity.memberships', person: 'person_id', enterprise: 'enterprise_id' }

export const scopes: ScopedTable[] = [
  peopleScope, sessionsScope, grantsScope, membershipsScope,
  // No clause at all: secrets are reached by the elevated steps only, not even by the person they belong to.
  { table: 'identity.credentials' }, { table: 'identity.phone_codes' }, { table: 'identity.code_hours' }, { table: 'identity.sign_in_tries' },
  { table: 'identity.invitations' }, { table: 'identity.recoveries' }, { table: 'identity.sample_credentials' },
]
export const constraints: Record<string, ProblemCode> = {
  units_code: 'identity.unit_code_taken', people_username: 'identity.username_taken', people_phone: 'identity.phone_taken', recoveries_open: 'identity.recovery_open',
}
