// Who acts: organisation units, people, roles granted for a unit and an area, sessions, and how one signs in.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Done, Id, Instant, Line, Nullable, OptionalLine, PUBLIC, Para, Phone, SIGNED_IN, Strict, endpoint, pageQuery, Paged } from './base.ts'

/** Everyone who acts in the system. `employee` and `communityWorker` receive their deeds in later rooms. */
export const roles = ['administrator', 'commander', 'reviewer', 'departmentOfficer', 'caseOfficer', 'specialist', 'communityWorker', 'enterpriseContact', 'employee'] as const
export const Role = Code(roles)
export type Role = (typeof roles)[number]
/** Said alike by the screens, by the phone page of sample sign-ins and by the first lines of a start. */
export const roleNames: Record<Role, Bilingual> = {
  administrator: { zh: '管理员', en: 'Administrator' }, commander: { zh: '指挥部', en: 'Command centre' }, reviewer: { zh: '审核专班', en: 'Reviewer' },
  departmentOfficer: { zh: '行业主管部门', en: 'Department officer' }, caseOfficer: { zh: '个案处置员', en: 'Case officer' }, specialist: { zh: '服务专员', en: 'Service specialist' },
  communityWorker: { zh: '社区工作人员', en: 'Community worker' }, enterpriseContact: { zh: '企业联络员', en: 'Enterprise contact' }, employee: { zh: '员工', en: 'Employee' },
}
/** Roles that an administrator grants to staff. `caseOfficer` follows up people's health: what carries their key opens to nobody else. */
export const staffRoles = ['administrator', 'commander', 'reviewer', 'departmentOfficer', 'caseOfficer', 'specialist', 'communityWorker'] as const
export const StaffRole = Code(staffRoles)

export const unitKinds = ['commandCentre', 'department', 'districtTaskForce', 'zoneCommittee', 'streetOffice', 'community'] as const
export const UnitKind = Code(unitKinds)
/** Trades a department is competent for; `enterprise.department` tables answer with one of these. */
export const departments = ['industry', 'commerce', 'housing', 'development', 'health', 'labour', 'market', 'emergency', 'agriculture', 'transport', 'culture', 'education', 'bigdata'] as const
export const Department = Code(departments)
export const Unit = Type.Object({
  id: Type.String(), code: Type.String(), kind: UnitKind, department: Nullable(Department), areaCode: Type.String(), parentId: Nullable(Type.String()),
  name: Bilingual, dissolvedAt: Nullable(Type.String()), sample: Type.Boolean(), people: Type.Integer(),
})
export type Unit = Static<typeof Unit>
export const Grant = Type.Object({
  id: Type.String(), role: StaffRole, unitId: Type.String(), unitName: Bilingual, areaCode: Type.String(), from: Type.String(), until: Nullable(Type.String()),
  delegatedFrom: Nullable(Type.String()), inForce: Type.Boolean(),
})
export type Grant = Static<typeof Grant>
export const Person = Type.Object({
  id: Type.String(), name: Type.String(), username: Nullable(Type.String()), phoneMasked: Nullable(Type.String()), staff: Type.Boolean(), active: Type.Boolean(),
  grants: Type.Array(Grant), invited: Type.Boolean(), recovery: Nullable(Type.Object({ id: Type.String(), requestedBy: Type.String(), requestedAt: Type.String(), reason: Type.String() })),
  lastSeenAt: Nullable(Type.String()), can: Type.Array(Type.String()),
})
export type Person = Static<typeof Person>

// ── sessions ────────────────────────────────────────────────────────────────
export const Session = Type.Object({
  signedIn: Type.Boolean(), personId: Nullable(Type.String()), name: Nullable(Type.String()), staff: Type.Boolean(), roles: Type.Array(Role), verbs: Type.Array(Type.String()),
  grants: Type.Array(Grant), enterprises: Type.Array(Type.String()), emergencyId: Nullable(Type.String()),
  seeingAs: Nullable(Type.Object({ role: StaffRole, unitName: Bilingual, areaCode: Type.String() })),
  sampleCity: Type.Boolean(), cityCode: Type.String(),
})
export type Session = Static<typeof Session>
const username = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{1,38}[a-z0-9]$', issue: 'username' })
const code = Type.String({ pattern: '^\\d{6}$', issue: 'code_six' })
const password = Type.String({ minLength: 12, maxLength: 200 })

export const getSession = endpoint({ method: 'GET', path: '/api/session', verb: PUBLIC, summary: 'Who am I, and what may I do', returns: Session })
export const signIn = endpoint({
  method: 'POST', path: '/api/session', verb: PUBLIC, summary: 'Staff sign in with password and one-time code',
  body: Strict({ username: Line(60), password: Type.String({ minLength: 1, maxLength: 200 }), code }),
  returns: Session, problems: ['identity.sign_in_failed', 'identity.sign_in_slowed'], perMinute: 60,
})
export const signOut = endpoint({ method: 'DELETE', path: '/api/session', verb: SIGNED_IN, summary: 'Sign out', returns: Done, allowedWhileSeeingAs: true })
export const chooseEmergency = endpoint({ method: 'PUT', path: '/api/session/emergency', verb: SIGNED_IN, summary: 'The emergency to work in', body: Strict({ emergencyId: Id }), returns: Session, problems: ['not_found'], allowedWhileSeeingAs: true })
/** Always the same answer, whether the number is known or not. */
export const sendPhoneCode = endpoint({
  method: 'POST', path: '/api/phone-codes', verb: PUBLIC, summary: 'Send a one-time code to a phone', body: Strict({ phone: Phone }), returns: Done, problems: ['identity.sign_in_slowed'], perMinute: 30,
})
export const signInByPhone = endpoint({
  method: 'POST', path: '/api/session/phone', verb: PUBLIC, summary: 'Enterprise people sign in with phone and code; the first time makes the account',
  body: Strict({ phone: Phone, code, name: Type.Optional(Line(40)) }), returns: Session, problems: ['identity.code_wrong', 'identity.sign_in_slowed'], perMinute: 60,
})
/** Codes of both the old and the new number prove the change. */
export const changePhone = endpoint({
  method: 'POST', path: '/api/me/phone', verb: SIGNED_IN, summary: 'Change my phone, proved from both numbers', body: Strict({ phone: Phone, oldCode: code, newCode: code }),
  returns: Done, problems: ['identity.code_wrong', 'identity.phone_taken', 'identity.sign_in_slowed'], perMinute: 20,
})
/** Staff: what they know and what they have prove the change; sessions elsewhere end. */
export const changePassword = endpoint({
  method: 'POST', path: '/api/me/password', verb: SIGNED_IN, summary: 'Change my password, proved by the present one and a one-time code',
  body: Strict({ password: Type.String({ minLength: 1, maxLength: 200 }), newPassword: password, code }),
  returns: Done, problems: ['identity.password_refused', 'identity.weak_password', 'identity.sign_in_slowed'], perMinute: 20,
})
export const MySession = Type.Object({ id: Type.String(), createdAt: Type.String(), lastSeenAt: Type.String(), agent: Type.String(), current: Type.Boolean() })
export const listMySessions = endpoint({ method: 'GET', path: '/api/me/sessions', verb: SIGNED_IN, summary: 'Where I am signed in', returns: Type.Object({ items: Type.Array(MySession) }) })
export const endMySession = endpoint({ method: 'DELETE', path: '/api/me/sessions/:id', verb: SIGNED_IN, summary: 'Sign out elsewhere', params: Strict({ id: Id }), returns: Done, problems: ['not_found'] })

export const Invitation = Type.Object({ name: Type.String(), username: Type.String(), totpSecret: Type.String(), totpUri: Type.String(), totpQr: Type.String() })
const token = Type.String({ minLength: 20, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$', issue: 'format' })
/** The token comes in the body, from the fragment of the link, so that it reaches no log. */
export const readInvitation = endpoint({ method: 'POST', path: '/api/invitations/read', verb: PUBLIC, summary: 'What a one-time link is for', body: Strict({ token }), returns: Invitation, problems: ['identity.invitation_invalid'], perMinute: 20 })
export const acceptInvitation = endpoint({
  method: 'POST', path: '/api/invitations/accept', verb: PUBLIC, summary: 'Set password and one-time codes by a one-time link', body: Strict({ token, password, code }),
  returns: Session, problems: ['identity.invitation_invalid', 'identity.weak_password', 'identity.code_wrong'], perMinute: 20,
})

// ── administration ──────────────────────────────────────────────────────────
export const listUnits = endpoint({ method: 'GET', path: '/api/units', verb: 'unit.read', summary: 'Organisation units', query: Strict({ dissolved: Type.Optional(Type.Boolean()) }), returns: Type.Object({ items: Type.Array(Unit), can: Type.Array(Type.String()) }) })
export const createUnit = endpoint({
  method: 'POST', path: '/api/units', verb: 'unit.create', summary: 'Create a unit',
  body: Strict({ code: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$', issue: 'format' }), kind: UnitKind, department: Type.Optional(Nullable(Department)), areaCode: AreaCode, parentId: Type.Optional(Nullable(Id)), name: Strict({ zh: Line(60), en: Line(120) }) }),
  returns: Unit, problems: ['identity.unit_code_taken', 'not_found'],
})
export const renameUnit = endpoint({ method: 'PATCH', path: '/api/units/:id', verb: 'unit.change', summary: 'Rename a unit', params: Strict({ id: Id }), body: Strict({ name: Strict({ zh: Line(60), en: Line(120) }) }), returns: Unit, problems: ['not_found'] })
export const dissolveUnit = endpoint({ method: 'POST', path: '/api/units/:id/dissolve', verb: 'unit.change', summary: 'Dissolve a unit without grants', params: Strict({ id: Id }), body: Strict({ reason: Para(500) }), returns: Unit, problems: ['not_found', 'identity.unit_in_use'] })

export const listPeople = endpoint({
  method: 'GET', path: '/api/people', verb: 'person.read', summary: 'Staff and their grants',
  query: Strict({ ...pageQuery, q: Type.Optional(OptionalLine(60)), role: Type.Optional(StaffRole), unit: Type.Optional(Id) }), returns: Paged(Person),
})
export const getPerson = endpoint({ method: 'GET', path: '/api/people/:id', verb: 'person.read', summary: 'One person', params: Strict({ id: Id }), returns: Person, problems: ['not_found'] })
const GrantFor = { role: StaffRole, unitId: Id, areaCode: AreaCode, until: Type.Optional(Nullable(Instant)) }
export const InvitationLink = Type.Object({ person: Person, link: Type.String(), expiresAt: Type.String() })
export const createPerson = endpoint({ method: 'POST', path: '/api/people', verb: 'person.create', summary: 'Create a staff account; answers with a one-time link', body: Strict({ name: Line(40), username, ...GrantFor }), returns: InvitationLink, problems: ['identity.username_taken', 'not_found'] })
export const grantRole = endpoint({ method: 'POST', path: '/api/people/:id/grants', verb: 'person.grant', summary: 'Grant a role for a unit and an area', params: Strict({ id: Id }), body: Strict(GrantFor), returns: Person, problems: ['not_found', 'identity.second_person_needed'] })
export const endGrant = endpoint({ method: 'POST', path: '/api/grants/:id/end', verb: 'person.grant', summary: 'End a grant at once', params: Strict({ id: Id }), body: Strict({ reason: Para(300) }), returns: Person, problems: ['not_found', 'identity.grant_ended', 'identity.last_administrator'] })
export const deactivatePerson = endpoint({ method: 'POST', path: '/api/people/:id/deactivate', verb: 'person.grant', summary: 'End all grants and sessions', params: Strict({ id: Id }), body: Strict({ reason: Para(300) }), returns: Person, problems: ['not_found', 'identity.last_administrator'] })
/** For leave: one's own grant, to a colleague, between two moments; ends by itself. */
export const delegateGrant = endpoint({
  method: 'POST', path: '/api/grants/:id/delegate', verb: 'grant.delegate', summary: 'Delegate my grant during leave', params: Strict({ id: Id }),
  body: Strict({ username, from: Instant, until: Instant, reason: Para(300) }), returns: Grant, problems: ['not_found', 'identity.delegation_not_own', 'identity.delegation_to_self'],
  check: (body) => (Date.parse(body.until) > Date.parse(body.from) ? [] : [{ path: '/until', code: 'issue.end_before_begin' }]),
})
/** Lost password or phone: one administrator asks, another confirms and receives the one-time link to hand over. */
export const requestRecovery = endpoint({ method: 'POST', path: '/api/people/:id/recovery', verb: 'person.recover', summary: 'Ask to recover an account', params: Strict({ id: Id }), body: Strict({ reason: Para(300) }), returns: Person, problems: ['not_found', 'identity.recovery_open', 'identity.second_person_needed'] })
export const confirmRecovery = endpoint({ method: 'POST', path: '/api/people/:id/recovery/confirm', verb: 'person.recover', summary: 'Confirm as the second administrator', params: Strict({ id: Id }), body: Strict({}), returns: InvitationLink, problems: ['not_found', 'identity.second_person_needed'] })
export const cancelRecovery = endpoint({ method: 'DELETE', path: '/api/people/:id/recovery', verb: 'person.recover', summary: 'Withdraw a recovery', params: Strict({ id: Id }), returns: Person, problems: ['not_found'] })
export const startSeeingAs = endpoint({ method: 'POST', path: '/api/session/see-as', verb: 'session.see_as', summary: 'Look at the system in another role, read-only', body: Strict({ role: StaffRole, unitId: Id, areaCode: AreaCode, reason: Para(300) }), returns: Session, problems: ['not_found'] })
export const stopSeeingAs = endpoint({ method: 'DELETE', path: '/api/session/see-as', verb: SIGNED_IN, summary: 'Back to my own role', returns: Session, allowedWhileSeeingAs: true })

/** Sample city only: codes that would have been sent, and one-time codes of sample staff. */
export const listOutbox = endpoint({
  method: 'GET', path: '/api/sample/outbox', verb: PUBLIC, summary: 'Sample city: messages and sign-ins (not present elsewhere)',
  returns: Type.Object({
    messages: Type.Array(Type.Object({ id: Type.String(), to: Type.String(), text: Bilingual, at: Type.String() })),
    staff: Type.Array(Type.Object({ username: Type.String(), name: Type.String(), role: StaffRole, roleName: Bilingual, unitName: Bilingual, password: Type.String(), code: Type.String(), secondsLeft: Type.Integer() })),
    contacts: Type.Array(Type.Object({ name: Type.String(), phone: Type.String(), enterprise: Type.String() })),
  }),
  problems: ['not_found'],
})
