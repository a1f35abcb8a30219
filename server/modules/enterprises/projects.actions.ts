// Construction projects: registered by their principal contractor, kept right by it and the offices of the area, cut into sections.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import type { addProject, addSection, changeProject, endSection, getProject, listProjects, listProjectsOf, Project, SiteSection } from '@fugong/contract/enterprises.places'
import { isOwnFirm, unitCovering } from '../../base/auth.ts'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { PAGE_SIZE, cutPage, readMark, totalOf } from '../../base/paging.ts'
import { invalid, problem } from '../../base/problem.ts'
import { dayIssues } from './change.actions.ts'
import { departmentOf } from './department.actions.ts'
import { changedMeanwhile, stampOf } from './doers.actions.ts'
import { changedIn } from './facts.rules.ts'
import type { Side } from './history.store.ts'
import { issuesOfArea } from './places.actions.ts'
import { verbs } from './policy.ts'
import { closeSection, countProjects, findProject, insertProject, insertSection, selectProjects, selectProjectsOf, selectSections, updateProject, type ProjectRow } from './projects.store.ts'
import { lengthIssues, tidy } from './rules.ts'
import { firmNames } from './show.actions.ts'
import { findByCreditCode, findEnterprise } from './store.ts'

const EARLIEST = '1949-10-01'
/** Trade by which the department of a project is found: building construction, whoever builds it. */
const TRADE = '4790'

export async function listAllProjects(ctx: Ctx, { query }: Input<typeof listProjects>): Promise<Returns<typeof listProjects>> {
  const limit = query.limit ?? PAGE_SIZE
  const filter = { district: query.district, state: query.state }
  const rows = await selectProjects(ctx, filter, limit + 1, readMark('projects', query.cursor))
  const page = cutPage(rows, limit, 'projects', (row) => ({ moment: row.registeredAt, id: row.id }))
  return { ...page, items: await toProjects(ctx, page.items), ...totalOf(await countProjects(ctx, filter)) }
}
export async function listProjectsOfFirm(ctx: Ctx, { params }: Input<typeof listProjectsOf>): Promise<Returns<typeof listProjectsOf>> {
  const firm = await findEnterprise(ctx, params.id)
  if (!firm) throw problem('not_found')
  const rows = await elevated(ctx, (system) => selectProjectsOf(system, firm.id))
  return { items: await toProjects(ctx, rows), can: isOwnFirm(ctx.actor, firm.id) && firm.state === 'active' && ctx.may('enterprise.change') ? ['add'] : [] }
}
export async function getProjectOf(ctx: Ctx, { params }: Input<typeof getProject>): Promise<Project> {
  const row = await findProject(ctx, params.id)
  if (!row) throw problem('not_found')
  return oneProject(ctx, row)
}
export async function addProjectTo(ctx: Ctx, { params, body }: Input<typeof addProject>): Promise<Project> {
  const firm = await findEnterprise(ctx, params.id)
  if (!firm) throw problem('not_found')
  if (firm.state !== 'active') throw problem('enterprises.not_active')
  const { districtCode, streetCode, zoneCode = null, state, stateSince, plannedFrom = null, plannedUntil = null } = body
  const texts = textsOf(body)
  const owner = await partyOf(ctx, body.ownerCode, '/ownerCode')
  const issues = [...lengths(texts), ...owner.issues, ...dayIssues(stateSince, { from: EARLIEST, until: shanghaiDay(ctx.now) }, '/stateSince'), ...(await issuesOfArea(ctx, { districtCode, streetCode, zoneCode }, ''))]
  if (issues.length) throw invalid(issues)
  const found = await elevated(ctx, (system) => departmentOf(system, { industryCode: TRADE, districtCode }))
  const row: ProjectRow = {
    id: newId(), enterpriseId: firm.id, name: texts.name!, permitNumber: texts.permitNumber ?? null, ownerName: texts.ownerName!, ownerId: owner.id ?? null, state, stateSince, address: texts.address!, plannedFrom, plannedUntil,
    registeredAt: ctx.now.toISOString(), registeredBy: ctx.actor.personId, revision: 1, ...stampOf(ctx, ctx.actor.kind === 'system' ? 'system' : 'firm'), sample: firm.sample, districtCode, streetCode, zoneCode, department: found?.department ?? null,
  }
  await insertProject(ctx, row)
  ctx.announce('project.registered', { kind: 'project', id: row.id }, { enterpriseId: firm.id })
  return oneProject(ctx, row)
}
export async function changeProjectOf(ctx: Ctx, { params, body }: Input<typeof changeProject>): Promise<Project> {
  const { row, side } = await loadProject(ctx, params.id, body.revision)
  const texts = textsOf(body)
  const owner = await partyOf(ctx, body.ownerCode, '/ownerCode')
  const { plannedFrom = row.plannedFrom, plannedUntil = row.plannedUntil } = body
  const today = shanghaiDay(ctx.now)
  const stateSince = body.stateSince ?? (body.state && body.state !== row.state ? today : undefined)
  const issues = [...lengths(texts), ...owner.issues, ...(stateSince ? dayIssues(stateSince, { from: EARLIEST, until: today }, '/stateSince') : []), ...(plannedFrom && plannedUntil && plannedUntil < plannedFrom ? [{ path: '/plannedUntil', code: 'issue.end_before_begin' }] : [])]
  if (issues.length) throw invalid(issues)
  const patch: Partial<ProjectRow> = { ...texts, plannedFrom, plannedUntil, ...(body.state ? { state: body.state } : {}), ...(stateSince ? { stateSince } : {}), ...(owner.id === undefined ? {} : { ownerId: owner.id }) }
  const fields = changedIn<ProjectRow>(row, patch)
  if (!fields.length) return oneProject(ctx, row)
  return write(ctx, row, side, patch, () => ctx.announce('project.changed', { kind: 'project', id: row.id }, { fields }))
}
export async function addSectionTo(ctx: Ctx, { params, body }: Input<typeof addSection>): Promise<Project> {
  const { row, side } = await loadProject(ctx, params.id, body.revision)
  const [name, contractorName] = [tidy(body.name), tidy(body.contractorName)]
  const contractor = await partyOf(ctx, body.contractorCode, '/contractorCode')
  const issues = [...lengthIssues([{ path: '/name', text: name, limit: 60 }, { path: '/contractorName', text: contractorName, limit: 100 }]), ...contractor.issues, ...dayIssues(body.from, { from: EARLIEST, until: shanghaiDay(ctx.now) }, '/from')]
  if (issues.length) throw invalid(issues)
  const id = newId()
  return write(ctx, row, side, {}, async (system) => {
    await insertSection(system, { id, projectId: row.id, name, contractorName, enterpriseId: contractor.id ?? null, validFrom: body.from, validTo: null }, row)
    ctx.announce('project.section_added', { kind: 'project', id: row.id }, { sectionId: id })
  })
}
export async function endSectionOf(ctx: Ctx, { params, body }: Input<typeof endSection>): Promise<Project> {
  const { row, side } = await loadProject(ctx, params.id, body.revision)
  const section = (await elevated(ctx, (system) => selectSections(system, [row.id]))).find((one) => one.id === params.sectionId)
  if (!section) throw problem('not_found')
  const issues = dayIssues(body.until, { from: section.validFrom, until: shanghaiDay(ctx.now) }, '/until')
  if (issues.length) throw invalid(issues)
  if (section.validTo !== null) throw problem('enterprises.section_ended')
  return write(ctx, row, side, {}, async (system) => {
    if (!(await closeSection(system, section.id, body.until))) throw problem('enterprises.section_ended')
    ctx.announce('project.section_ended', { kind: 'project', id: row.id }, { sectionId: section.id })
  })
}

async function write(ctx: Ctx, row: ProjectRow, side: Side, patch: Partial<ProjectRow>, more: (system: Ctx) => Promise<void> | void): Promise<Project> {
  const changed = await elevated(ctx, async (system) => {
    await more(system)
    return updateProject(system, row, { ...patch, ...stampOf(ctx, side) })
  })
  return oneProject(ctx, changed)
}
async function loadProject(ctx: Ctx, id: string, revision: number): Promise<{ row: ProjectRow; side: Side }> {
  const row = await findProject(ctx, id, true)
  if (!row) throw problem('not_found')
  const side: Side = isOwnFirm(ctx.actor, row.enterpriseId) ? 'firm' : 'office'
  if (side === 'office') ctx.unit = unitCovering(ctx.actor, 'enterprise.change_project', verbs, [row.districtCode, row.streetCode, row.zoneCode])
  if (row.revision !== revision) throw await changedMeanwhile(ctx, row)
  return { row, side }
}
type Texts = Partial<Pick<ProjectRow, 'name' | 'permitNumber' | 'ownerName' | 'address'>>
function textsOf(body: { name?: string; permitNumber?: string | null; ownerName?: string; address?: string }): Texts {
  const texts: Texts = {}
  for (const name of ['name', 'ownerName', 'address'] as const) if (body[name] !== undefined) texts[name] = tidy(body[name])
  if (body.permitNumber !== undefined) texts.permitNumber = body.permitNumber === null ? null : tidy(body.permitNumber)
  return texts
}
const lengths = (texts: Texts): Issue[] => lengthIssues([{ path: '/name', text: texts.name ?? '', limit: 100 }, { path: '/permitNumber', text: texts.permitNumber ?? '', limit: 40 }, { path: '/ownerName', text: texts.ownerName ?? '', limit: 100 }, { path: '/address', text: texts.address ?? '', limit: 120 }])
/** A party given by its code must be in the register; null says that it is none of those, undefined that nothing was said. */
async function partyOf(ctx: Ctx, code: string | null | undefined, path: string): Promise<{ id?: string | null; issues: Issue[] }> {
  if (!code) return code === null ? { id: null, issues: [] } : { issues: [] }
  const firm = await elevated(ctx, (system) => findByCreditCode(system, code))
  return firm ? { id: firm.id, issues: [] } : { issues: [{ path, code: 'issue.firm_unknown' }] }
}
async function oneProject(ctx: Ctx, row: ProjectRow): Promise<Project> {
  return (await toProjects(ctx, [row]))[0]!
}
async function toProjects(ctx: Ctx, rows: readonly ProjectRow[]): Promise<Project[]> {
  const sections = await elevated(ctx, (system) => selectSections(system, rows.map((row) => row.id)))
  const firms = await firmNames(ctx, [...rows.flatMap((row) => [row.enterpriseId, row.ownerId ?? []].flat()), ...sections.flatMap((section) => section.enterpriseId ?? [])])
  const reachable = rows.map((row) => ctx.actor.kind === 'system' || isOwnFirm(ctx.actor, row.enterpriseId) || [row.districtCode, row.streetCode, row.zoneCode ?? ''].some((code) => ctx.scope.areas.includes(code)) || ctx.scope.departments.includes(`${row.districtCode}/${row.department ?? ''}`))
  return rows.map((row, at): Project => {
    const { id, name, permitNumber, state, stateSince, ownerName, districtCode, streetCode, zoneCode, address, plannedFrom, plannedUntil, revision, sample } = row
    return {
      id, name, permitNumber, state, stateSince, ownerName, owner: firms.get(row.ownerId ?? '') ?? null, contractorName: firms.get(row.enterpriseId)?.name ?? '', contractor: firms.get(row.enterpriseId) ?? null,
      districtCode, streetCode, zoneCode, address, plannedFrom, plannedUntil, revision, sample,
      sections: sections.filter((section) => section.projectId === id).map((section): SiteSection => ({ id: section.id, name: section.name, contractorName: section.contractorName, contractor: firms.get(section.enterpriseId ?? '') ?? null, from: section.validFrom, until: section.validTo })),
      can: reachable[at] && ctx.may('enterprise.change_project') ? ['change', 'addSection', 'endSection'] : [],
    }
  })
}
