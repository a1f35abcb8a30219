// Complexes 综合体: a mall, market or building whose operator keeps the list of its tenants and files for them together; each tenant confirms.
import { Type, type Static } from 'typebox'
import { AreaCode, Code, Day, Id, Line, Nullable, OptionalLine, Paged, Para, Strict, endpoint, pageQuery, type Issue } from './base.ts'
import { Scene, checkCreditCode, isRegistrationNumber } from './enterprises.ts'
import { FileInfo } from './files.ts'
import { Answers } from './forms.ts'

export const filingStates = ['draft', 'asked', 'closed'] as const
export type FilingState = (typeof filingStates)[number]
/** `unregistered`: nobody of the tenant is in the register yet; asked as soon as it is. */
export const tenantStates = ['unregistered', 'asked', 'confirmed', 'objected', 'leftOut'] as const
export type TenantState = (typeof tenantStates)[number]

export const ComplexCounts = Type.Object({ tenants: Type.Integer(), heads: Type.Integer(), unregistered: Type.Integer(), asked: Type.Integer(), confirmed: Type.Integer(), objected: Type.Integer(), leftOut: Type.Integer(), underReview: Type.Integer(), filed: Type.Integer() })
export type ComplexCounts = Static<typeof ComplexCounts>
/** The declaration that covers all tenants: its plan, the day it proposes, who was asked when. */
export const ComplexFiling = Type.Object({ id: Type.String(), revision: Type.Integer(), state: Code(filingStates), emergencyId: Type.String(), emergencyKind: Type.String(), formVersion: Type.Integer(), answers: Answers, files: Type.Array(FileInfo), plannedDate: Nullable(Day), openedAt: Type.String(), askedAt: Nullable(Type.String()), closedAt: Nullable(Type.String()) })
export type ComplexFiling = Static<typeof ComplexFiling>
const about = { id: Type.String(), name: Type.String(), scene: Scene, address: Type.String(), districtCode: Type.String(), streetCode: Type.String(), zoneCode: Nullable(Type.String()), operatorId: Type.String(), operatorName: Type.String(), sample: Type.Boolean() }
export const ComplexRow = Type.Object({ ...about, counts: ComplexCounts, filing: Nullable(Code(filingStates)), registeredAt: Type.String() })
export type ComplexRow = Static<typeof ComplexRow>
export const Complex = Type.Object({ ...about, revision: Type.Integer(), counts: ComplexCounts, filing: Nullable(ComplexFiling), registeredAt: Type.String(), can: Type.Array(Type.String()) })
export type Complex = Static<typeof Complex>
/** A tenant as the operator listed it, with what became of it in the present filing. What else the tenant does is its own. */
export const Tenant = Type.Object({
  id: Type.String(), creditCode: Type.String(), name: Type.String(), shop: Type.String(), headcount: Nullable(Type.Integer()), state: Nullable(Code(tenantStates)), reason: Nullable(Type.String()), answeredAt: Nullable(Type.String()), plannedDate: Nullable(Day),
  /** To offices: the declaration that the confirmation made, with the revision a decision names; to the operator only how it stands. */
  declaration: Nullable(Type.Object({ id: Nullable(Type.String()), state: Type.String(), revision: Nullable(Type.Integer()), certificateNumber: Nullable(Type.String()) })), can: Type.Array(Type.String()),
})
export type Tenant = Static<typeof Tenant>

const byId = Strict({ id: Id })
const onRevision = { revision: Type.Integer({ minimum: 1 }) }
const place = { name: Line(60), scene: Scene, districtCode: AreaCode, streetCode: AreaCode, zoneCode: Type.Optional(Nullable(AreaCode)), address: Line(120) }
const deed = { params: byId, returns: Complex } as const
const problems = ['not_found', 'conflict.changed'] as const
export const listMyComplexes = endpoint({ method: 'GET', path: '/api/me/complexes', verb: 'complex.operate', summary: 'Complexes that my firms operate', returns: Type.Object({ items: Type.Array(ComplexRow) }) })
export const listComplexes = endpoint({ method: 'GET', path: '/api/complexes', verb: 'complex.read', summary: 'Complexes within my areas', query: Strict({ ...pageQuery, district: Type.Optional(AreaCode), q: Type.Optional(OptionalLine(60)) }), returns: Paged(ComplexRow) })
export const registerComplex = endpoint({ method: 'POST', path: '/api/complexes', verb: 'complex.operate', summary: 'Register a complex that a firm of mine operates', body: Strict({ enterpriseId: Id, ...place }), returns: Complex, problems: ['not_found', 'complexes.exists', 'enterprises.code_unconfirmed', 'enterprises.not_active'] })
export const getComplex = endpoint({ method: 'GET', path: '/api/complexes/:id', verb: 'complex.show', summary: 'One complex with its present filing', params: byId, returns: Complex, problems: ['not_found'] })
export const changeComplex = endpoint({ method: 'PATCH', path: '/api/complexes/:id', verb: 'complex.operate', summary: 'Change name, scene and address of a complex', ...deed, body: Strict({ ...onRevision, name: Line(60), scene: Scene, address: Line(120) }), problems: [...problems, 'complexes.exists'] })

const NewTenant = Strict({ creditCode: Type.String({ minLength: 1, maxLength: 18 }), name: Line(100), shop: Line(40), headcount: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 100_000 }))) })
export type NewTenant = Static<typeof NewTenant>
/** Faults of a tenant's code: a credit code, or a trader's registration number. */
export const tenantCodeIssues = (code: string, path: string): Issue[] => (isRegistrationNumber(code) ? [] : checkCreditCode(code, path))
export const addTenants = endpoint({
  method: 'POST', path: '/api/complexes/:id/tenants', verb: 'complex.operate', summary: 'Add tenants; one already on the list is brought up to date', params: byId, body: Strict({ ...onRevision, tenants: Type.Array(NewTenant, { minItems: 1, maxItems: 300 }) }),
  returns: Type.Object({ complex: Complex, added: Type.Integer(), changed: Type.Integer(), registered: Type.Integer() }), problems: [...problems, 'complexes.too_many_tenants', 'complexes.own_tenant'],
  check: ({ tenants }) => tenants.flatMap(({ creditCode }, at) => [...tenantCodeIssues(creditCode, `/tenants/${at}/creditCode`), ...(tenants.findIndex((other) => other.creditCode === creditCode) < at ? [{ path: `/tenants/${at}/creditCode`, code: 'issue.duplicate' }] : [])]),
})
export const endTenant = endpoint({ method: 'POST', path: '/api/complexes/:id/tenants/:tenantId/end', verb: 'complex.operate', summary: 'A tenant has left the complex', params: Strict({ id: Id, tenantId: Id }), body: Strict(onRevision), returns: Complex, problems })
export const listTenants = endpoint({ method: 'GET', path: '/api/complexes/:id/tenants', verb: 'complex.show', summary: 'Tenants of a complex with what became of each', params: byId, query: Strict({ ...pageQuery, state: Type.Optional(Code(tenantStates)), q: Type.Optional(OptionalLine(60)) }), returns: Paged(Tenant), problems: ['not_found'] })
export const openFiling = endpoint({ method: 'POST', path: '/api/complexes/:id/filings', verb: 'complex.operate', summary: 'Open a collective declaration', ...deed, body: Strict(onRevision), problems: [...problems, 'complexes.filing_open', 'emergencies.none_open', 'forms.none_in_force'] })
const filing = { params: byId, returns: Complex } as const
export const saveFiling = endpoint({ method: 'PATCH', path: '/api/complex-filings/:id', verb: 'complex.operate', summary: 'Save the common plan; what stands in it must be right', ...filing, body: Strict({ ...onRevision, plannedDate: Type.Optional(Nullable(Day)), answers: Type.Optional(Answers), fileIds: Type.Optional(Type.Array(Id, { maxItems: 20 })) }), problems: [...problems, 'complexes.filing_state'] })
export const askTenants = endpoint({ method: 'POST', path: '/api/complex-filings/:id/ask', verb: 'complex.operate', summary: 'Ask every tenant to confirm', ...filing, body: Strict(onRevision), problems: [...problems, 'complexes.filing_state', 'complexes.incomplete', 'complexes.no_tenants', 'emergencies.already_ended'] })
export const closeFiling = endpoint({ method: 'POST', path: '/api/complex-filings/:id/close', verb: 'complex.operate', summary: 'End the collective declaration; who has not answered is no longer asked', ...filing, body: Strict(onRevision), problems: [...problems, 'complexes.filing_state'] })
export const leaveOutTenant = endpoint({ method: 'POST', path: '/api/complex-filings/:id/tenants/:tenantId/leave-out', verb: 'complex.operate', summary: 'Leave a tenant out of the filing, with a reason; it may declare by itself', params: Strict({ id: Id, tenantId: Id }), body: Strict({ ...onRevision, reason: Para(300) }), returns: Complex, problems: [...problems, 'complexes.filing_state', 'complexes.tenant_state'] })

/** What a tenant is asked to confirm: the operator's plan, and its own shop in it. */
export const TenantRequest = Type.Object({
  id: Type.String(), revision: Type.Integer(), state: Code(['asked', 'confirmed', 'objected', 'leftOut']), complex: Type.String(), address: Type.String(), operator: Type.String(), enterpriseId: Type.String(), enterpriseName: Type.String(), shop: Type.String(), headcount: Nullable(Type.Integer()), plannedDate: Nullable(Day),
  emergencyKind: Type.String(), districtCode: Type.String(), formVersion: Type.Integer(), answers: Answers, files: Type.Array(Type.String()), askedAt: Type.String(), answeredAt: Nullable(Type.String()), reason: Nullable(Type.String()), declarationId: Nullable(Type.String()), open: Type.Boolean(),
})
export type TenantRequest = Static<typeof TenantRequest>
export const listTenantRequests = endpoint({ method: 'GET', path: '/api/me/tenant-requests', verb: 'complex.confirm', summary: 'Collective declarations that ask a firm of mine to confirm', returns: Type.Object({ items: Type.Array(TenantRequest) }) })
export const confirmTenant = endpoint({
  method: 'POST', path: '/api/me/tenant-requests/:id/confirm', verb: 'complex.confirm', summary: 'Confirm with the pledge: our own declaration is opened and submitted', params: byId, returns: TenantRequest,
  body: Strict({ ...onRevision, workplaceId: Id, headcount: Type.Integer({ minimum: 1, maximum: 100_000 }), plannedDate: Day, pledged: Type.Literal(true) }), problems: [...problems, 'complexes.request_over', 'declarations.open_exists', 'declarations.incomplete', 'enterprises.code_unconfirmed', 'enterprises.workplace_unknown', 'emergencies.none_open', 'forms.none_in_force', 'rules.no_row', 'rules.no_table'],
})
export const objectTenant = endpoint({ method: 'POST', path: '/api/me/tenant-requests/:id/object', verb: 'complex.confirm', summary: 'Object with a reason; nothing is filed for us', params: byId, returns: TenantRequest, body: Strict({ ...onRevision, reason: Para(300) }), problems: [...problems, 'complexes.request_over'] })
