// Where firms work: their workplaces from opening to closing, and construction projects with their sections.
import { Type, type Static } from 'typebox'
import { AreaCode, Code, Day, Id, Line, Nullable, OptionalLine, Paged, Para, Strict, endpoint, pageQuery, type Issue } from './base.ts'
import { FirmName, Scene, Workplace } from './enterprises.ts'

const params = Strict({ id: Id })
const revision = Type.Integer({ minimum: 1 })

/** A workplace with everything known of it. A place in another street is another workplace: the old one is closed, the new one added. */
export const WorkplaceDetail = Type.Object({
  ...Workplace.properties, building: Nullable(Type.String()), park: Nullable(Type.String()), openedOn: Day, closedOn: Nullable(Day), closeReason: Nullable(Type.String()), revision: Type.Integer(), can: Type.Array(Type.String()),
})
export type WorkplaceDetail = Static<typeof WorkplaceDetail>
export const listWorkplaces = endpoint({
  method: 'GET', path: '/api/enterprises/:id/workplaces', verb: 'enterprise.read', summary: 'Workplaces of a firm, closed ones too, as they are or as they were on a day', params, query: Strict({ at: Type.Optional(Day) }),
  returns: Type.Object({ at: Nullable(Day), items: Type.Array(WorkplaceDetail), can: Type.Array(Type.String()) }), problems: ['not_found'],
})
const line = Type.Optional(Nullable(Line(60)))
export const changeWorkplace = endpoint({
  method: 'POST', path: '/api/enterprises/:id/workplaces/:workplaceId', verb: 'enterprise.change', summary: 'Change a workplace', params: Strict({ id: Id, workplaceId: Id }),
  body: Strict({ revision, effectiveOn: Type.Optional(Day), name: Type.Optional(Line(60)), scene: Type.Optional(Scene), address: Type.Optional(Line(120)), building: line, park: line }),
  returns: WorkplaceDetail, problems: ['not_found', 'conflict.changed', 'enterprises.workplace_closed'],
})
export const closeWorkplace = endpoint({
  method: 'POST', path: '/api/enterprises/:id/workplaces/:workplaceId/close', verb: 'enterprise.change', summary: 'Close a workplace; it stays in the history', params: Strict({ id: Id, workplaceId: Id }),
  body: Strict({ revision, closedOn: Day, reason: Para(300) }), returns: WorkplaceDetail, problems: ['not_found', 'conflict.changed', 'enterprises.workplace_closed'],
})

// ── construction projects ───────────────────────────────────────────────────
export const projectStates = ['planned', 'building', 'suspended', 'finished'] as const
export const SiteSection = Type.Object({ id: Type.String(), name: Type.String(), contractorName: Type.String(), contractor: Nullable(FirmName), from: Day, until: Nullable(Day) })
export type SiteSection = Static<typeof SiteSection>
export const Project = Type.Object({
  id: Type.String(), name: Type.String(), permitNumber: Nullable(Type.String()), state: Code(projectStates), stateSince: Day,
  ownerName: Type.String(), owner: Nullable(FirmName), contractorName: Type.String(), contractor: Nullable(FirmName),
  districtCode: Type.String(), streetCode: Type.String(), zoneCode: Nullable(Type.String()), address: Type.String(), plannedFrom: Nullable(Day), plannedUntil: Nullable(Day),
  sections: Type.Array(SiteSection), revision: Type.Integer(), sample: Type.Boolean(), can: Type.Array(Type.String()),
})
export type Project = Static<typeof Project>
/** A party by its code when it is in the register, else by its name alone. */
const code = Type.Optional(Nullable(Type.String({ minLength: 15, maxLength: 18, issue: 'credit_code_shape' })))
const days = { plannedFrom: Type.Optional(Nullable(Day)), plannedUntil: Type.Optional(Nullable(Day)) }
/** 施工许可证编号: letters, digits, hyphens and brackets as printed. */
const permitNumber = Type.Optional(Nullable(Line(40)))
export const AddProject = Strict({
  name: Line(100), permitNumber, ownerName: Line(100), ownerCode: code, districtCode: AreaCode, streetCode: AreaCode, zoneCode: Type.Optional(Nullable(AreaCode)), address: Line(120), ...days, state: Code(projectStates), stateSince: Day,
})
export type AddProject = Static<typeof AddProject>
const orderOfDays = (body: { plannedFrom?: string | null | undefined; plannedUntil?: string | null | undefined }): Issue[] =>
  body.plannedFrom && body.plannedUntil && body.plannedUntil < body.plannedFrom ? [{ path: '/plannedUntil', code: 'issue.end_before_begin' }] : []
export const addProject = endpoint({
  method: 'POST', path: '/api/enterprises/:id/projects', verb: 'enterprise.change', summary: 'Register a construction project whose principal contractor this firm is', params, body: AddProject, returns: Project, check: orderOfDays,
  problems: ['not_found', 'enterprises.permit_taken', 'enterprises.not_active'],
})
export const changeProject = endpoint({
  method: 'POST', path: '/api/projects/:id', verb: 'enterprise.change_project', summary: 'Change a construction project', params,
  body: Strict({ revision, name: Type.Optional(Line(100)), permitNumber, ownerName: Type.Optional(Line(100)), ownerCode: code, address: Type.Optional(Line(120)), ...days, state: Type.Optional(Code(projectStates)), stateSince: Type.Optional(Day), reason: Type.Optional(OptionalLine(300)) }),
  returns: Project, check: orderOfDays, problems: ['not_found', 'conflict.changed', 'enterprises.permit_taken'],
})
export const addSection = endpoint({
  method: 'POST', path: '/api/projects/:id/sections', verb: 'enterprise.change_project', summary: 'Add a section (标段、区段) with its contractor', params,
  body: Strict({ revision, name: Line(60), contractorName: Line(100), contractorCode: code, from: Day }), returns: Project, problems: ['not_found', 'conflict.changed', 'enterprises.section_exists'],
})
export const endSection = endpoint({
  method: 'POST', path: '/api/projects/:id/sections/:sectionId/end', verb: 'enterprise.change_project', summary: 'End a section', params: Strict({ id: Id, sectionId: Id }),
  body: Strict({ revision, until: Day }), returns: Project, problems: ['not_found', 'conflict.changed', 'enterprises.section_ended'],
})
export const listProjects = endpoint({
  method: 'GET', path: '/api/projects', verb: 'enterprise.read', summary: 'Construction projects within my scope', query: Strict({ ...pageQuery, district: Type.Optional(AreaCode), state: Type.Optional(Code(projectStates)) }), returns: Paged(Project),
})
export const getProject = endpoint({ method: 'GET', path: '/api/projects/:id', verb: 'enterprise.read', summary: 'One construction project', params, returns: Project, problems: ['not_found'] })
/** Also those in which the firm builds one section only, or which it owns. */
export const listProjectsOf = endpoint({ method: 'GET', path: '/api/enterprises/:id/projects', verb: 'enterprise.read', summary: 'Construction projects that a firm builds or owns', params, returns: Type.Object({ items: Type.Array(Project), can: Type.Array(Type.String()) }), problems: ['not_found'] })
