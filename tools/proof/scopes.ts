// R5: every foreign caller × every endpoint, aimed at one firm's records full of canaries; then the same in raw SQL as the application role.
import { FILE } from '@fugong/contract/base'
import { addFirms, inviteFirms, listBatchMembers, moveFirms, openBatchPlan } from '@fugong/contract/batches'
import { addTenants, askTenants, listTenantRequests, listTenants, openFiling, registerComplex, saveFiling } from '@fugong/contract/complexes'
import { addContact, listMyEnterprises, registerEnterprise } from '@fugong/contract/enterprises'
import { addProject, addSection } from '@fugong/contract/enterprises.places'
import { changeFacts, listChanges, recordLifeEvent, setFlag } from '@fugong/contract/enterprises.register'
import { openDeclaration, saveDeclaration, submitDeclaration, acceptDeclaration } from '@fugong/contract/declarations'
import { commentCase, pressCase } from '@fugong/contract/cases.deeds'
import { issueOrder } from '@fugong/contract/orders'
import { planDraw } from '@fugong/contract/spotchecks'
import { getForm } from '@fugong/contract/forms'
import { uploadFile } from '@fugong/contract/files'
import { endGrant, getSession, grantRole, createPerson, listUnits, listPeople } from '@fugong/contract/identity'
import { expectedCheckDigit, expectedOrganisationDigit } from '@fugong/contract/enterprises'
import { publicScope, requestScope, type Scope } from '../../server/base/auth.ts'
import { sha256 } from '../../server/base/crypto.ts'
import { sql } from '../../server/base/db.ts'
import { newId } from '../../server/base/ids.ts'
import { openCase } from '../../server/modules/cases/index.ts'
import { casesModule } from '../../server/modules/cases/routes.ts'
import { actorOf } from '../../server/modules/identity/index.ts'
import { lampKind } from '../../server/test/casing.ts'
import { plan } from '../../server/test/plan.ts'
import type { City, Someone } from '../../server/test/harness.ts'
import { openProofCity } from './city.ts'
import type { Proof } from './proof.ts'
import { sampleOf } from './schema-samples.ts'

const CANARY = 'CANARY7Q'
const HERE = '520103'

/** Callers who have nothing to do with a firm of 云岩 whose trade belongs to the industry department. */
async function foreigners(city: City): Promise<Record<string, Someone>> {
  const sample: Record<string, string> = { 'reviewer of another district': '520102', 'reviewer of a zone': '520171' }
  const administrator = await city.as('luyuanming')
  const { items } = await administrator.call(listPeople, { query: { limit: 200 } })
  const found: Record<string, Someone> = { anonymous: city.anonymous(), 'a firm’s contact': await city.contact('13900000101'), 'a contact without a firm': await city.contact('13900007777') }
  for (const [name, area] of Object.entries(sample)) {
    const person = items.find((one) => one.grants.some((grant) => grant.role === 'reviewer' && grant.areaCode === area))
    if (!person) throw new Error(`the sample has no ${name}`)
    found[name] = await city.as(person.username!)
  }
  for (const role of ['communityWorker', 'administrator'] as const) found[role] = await city.as(items.find((one) => one.grants.some((grant) => grant.role === role))!.username!)
  const { items: units } = await administrator.call(listUnits, { query: {} })
  const unit = (code: (one: (typeof units)[number]) => boolean) => units.find(code)!.id
  // Another department of the same district, and a reviewer of the very district whose mandate has ended.
  const commerce = unit((one) => one.areaCode === HERE && one.department === 'commerce')
  await administrator.call(createPerson, { body: { name: '样例商务', username: 'canary-commerce', role: 'departmentOfficer', unitId: commerce, areaCode: HERE } })
  found['officer of another department'] = await city.as('canary-commerce')
  const taskForce = unit((one) => one.areaCode === HERE && one.kind === 'districtTaskForce')
  const { person } = await administrator.call(createPerson, { body: { name: '样例到期', username: 'canary-expired', role: 'reviewer', unitId: taskForce, areaCode: HERE } })
  await administrator.call(grantRole, { params: { id: person.id }, body: { role: 'communityWorker', unitId: taskForce, areaCode: HERE } })
  await administrator.call(endGrant, { params: { id: person.grants[0]!.id }, body: { reason: '期满' } })
  found['reviewer with an ended mandate'] = await city.as('canary-expired')
  return found
}

/** One firm with a canary in every field that takes words, a declaration under review, a file and a certificate. */
async function plant(city: City): Promise<Record<string, string>> {
  const firm = await city.contact('13900008888', `${CANARY}人`)
  const body = `91${HERE}MAYC0001`
  const code = body + expectedOrganisationDigit(body.slice(8, 16))
  const enterprise = await firm.call(registerEnterprise, { body: { creditCode: code + expectedCheckDigit(code), name: `${CANARY}有限公司`, industryCode: '2770', class: 'general', workplace: { name: `${CANARY}车间`, scene: 'park', districtCode: HERE, streetCode: `${HERE}020`, address: `${CANARY}路 1 号` } } })
  const contact = await firm.call(addContact, { params: { id: enterprise.id }, body: { name: `${CANARY}乙`, phone: '13900008889' } })
  const file = await firm.upload(uploadFile, { name: `${CANARY}.pdf`, content: Buffer.from('%PDF-1.4\n%canary\n%%EOF'), type: 'application/pdf' })
  const declaration = await firm.call(openDeclaration, { body: { enterpriseId: enterprise.id, workplaceId: enterprise.workplaces[0]!.id } })
  const form = await firm.call(getForm, { params: { code: 'declaration.plan' }, query: { area: HERE, kind: 'epidemic' } })
  const saved = await firm.call(saveDeclaration, { params: { id: declaration.id }, body: { revision: declaration.revision, plannedDate: '2020-03-02', headcount: 12, answers: plan(form, CANARY), pledged: true, fileIds: [file.id] } })
  const submitted = await firm.call(submitDeclaration, { params: { id: saved.id }, body: { revision: saved.revision } })
  const ids: Record<string, string> = { enterpriseId: enterprise.id, workplaceId: enterprise.workplaces[0]!.id, declarationId: declaration.id, fileId: file.id, personId: contact.personId }
  if (submitted.certificateId) ids['certificateId'] = submitted.certificateId
  else {
    const reviewer = await reviewerOf(city)
    ids['certificateId'] = (await reviewer.call(acceptDeclaration, { params: { id: submitted.id }, body: { revision: submitted.revision } })).certificateId ?? ids['declarationId']!
  }
  // A stop-work order against what was filed, with canaries in all that is written by hand.
  if (ids['certificateId'] !== ids['declarationId']) ids['orderId'] = (await (await reviewerOf(city)).call(issueOrder, { body: { declarationId: declaration.id, documentNo: `${CANARY}号`, reason: `${CANARY}理由`, findings: [{ text: `${CANARY}问题` }], items: [`${CANARY}整改`], deadline: '2020-03-02' } })).id
  else ids['orderId'] = ids['declarationId']!
  ids['checkId'] = await plantCheck(city, await reviewerOf(city), declaration.id)
  Object.assign(ids, await plantCase(city, ids))
  return { ...ids, ...(await plantPlan(await reviewerOf(city), enterprise.creditCode)), ...(await plantComplex(await city.contact('13900000103'), await city.contact('13900008888'), enterprise.creditCode)), ...(await plantEntry(await city.contact('13900008888'), await reviewerOf(city), enterprise)) }
}
/** A spot check of what was filed, as a draw leaves it. */
async function plantCheck(city: City, reviewer: Someone, declarationId: string): Promise<string> {
  const draw = await reviewer.call(planDraw, { body: { areaCode: HERE, drawAt: new Date(city.clock.now().getTime() + 7_200_000).toISOString() } })
  const { unitId } = (await reviewer.call(getSession)).grants[0]!
  const id = newId()
  const added = await city.system((ctx) => sql`insert into spotchecks.checks (id, state, draw_id, declaration_id, certificate_number, enterprise_name, name_key, workplace_name, address, scene, industry_code, unit_id, inspector_ids, due_on, drawn_at, emergency_id, emergency_kind, changed_at, enterprise_id, district_code, street_code, zone_code, department_key)
    select ${id}, 'open', ${draw.id}, d.id, coalesce(d.certificate_number, ''), d.enterprise_name, d.name_key, d.workplace_name, d.address, d.scene, d.industry_code, ${unitId}, '{}', '2020-03-20', ${ctx.now}, d.emergency_id, d.emergency_kind, ${ctx.now}, d.enterprise_id, d.district_code, d.street_code, d.zone_code, d.department_key
    from declarations.declarations d where d.id = ${declarationId} returning id`.execute(ctx.db))
  if (added.rows.length !== 1) throw new Error('no spot check was planted')
  return id
}
/** The firm on a plan of batches of its district, invited. */
async function plantPlan(reviewer: Someone, creditCode: string): Promise<Record<string, string>> {
  const { unitId } = (await reviewer.call(getSession)).grants[0]!
  const plan = await reviewer.call(openBatchPlan, { body: { unitId, name: `${CANARY}方案`, note: CANARY, batches: [{ day: '2020-03-02', firmsLimit: null, headsLimit: null }] } })
  const params = { id: plan.id }
  const added = (await reviewer.call(addFirms, { params, body: { revision: plan.revision, codes: [creditCode] } })).plan
  const memberId = (await reviewer.call(listBatchMembers, { params })).items[0]!.id
  const batchId = plan.batches[0]!.id
  const moved = await reviewer.call(moveFirms, { params, body: { revision: added.revision, ids: [memberId], to: batchId } })
  await reviewer.call(inviteFirms, { params: { ...params, batchId }, body: { revision: moved.revision } })
  return { planId: plan.id, batchId, memberId }
}
/** Canaries in the firm's own entry: facts, a name taken later, a planned move, a flag, a project with a section. */
async function plantEntry(firm: Someone, reviewer: Someone, { id, revision }: { id: string; revision: number }): Promise<Record<string, string>> {
  const params = { id }
  const changed = await firm.call(changeFacts, { params, body: { revision, address: `${CANARY}大道`, hazardous: `${CANARY}酸 1 吨`, building: `${CANARY}楼`, formerNames: [`${CANARY}旧名`], legalName: `${CANARY}法人`, legalPhone: '13900008887', staff: 7, staffYear: 2019 } })
  const renamed = await firm.call(recordLifeEvent, { params, body: { revision: changed.revision, kind: 'renamed', name: `${CANARY}新名有限公司`, effectiveOn: changed.knownFrom, reason: `${CANARY}更名` } })
  await firm.call(recordLifeEvent, { params, body: { revision: renamed.revision, kind: 'closed', effectiveOn: `${Number(changed.knownFrom.slice(0, 4)) + 1}${changed.knownFrom.slice(4).replace('02-29', '02-28')}`, reason: `${CANARY}停业` } })
  const { items } = await firm.call(listChanges, { params })
  const flag = await reviewer.call(setFlag, { params, body: { code: 'keyEnterprise', reason: `${CANARY}名单` } })
  const project = await firm.call(addProject, { params, body: { name: `${CANARY}工程`, permitNumber: CANARY, ownerName: `${CANARY}业主`, districtCode: HERE, streetCode: `${HERE}020`, address: `${CANARY}地块`, state: 'building', stateSince: changed.knownFrom } })
  const cut = await firm.call(addSection, { params: { id: project.id }, body: { revision: project.revision, name: `${CANARY}标段`, contractorName: `${CANARY}建筑`, from: changed.knownFrom } })
  return { projectId: project.id, flagId: flag.id, sectionId: cut.sections[0]!.id, changeId: items.find((one) => one.state === 'planned')!.id }
}
/** A case about the firm with its district's task force: canaries in what it is called, in talk and in a press. */
async function plantCase(city: City, { enterpriseId, declarationId }: Record<string, string>): Promise<Record<string, string>> {
  const { kind } = lampKind()
  casesModule({ kinds: [{ ...kind, describe: async () => new Map() }], city: '520100' })
  const administrator = await city.as('luyuanming')
  const unitId = (await administrator.call(listUnits, { query: {} })).items.find((one) => one.areaCode === HERE && one.kind === 'districtTaskForce')!.id
  const { id } = await city.system((ctx) => openCase(ctx, {
    kind: kind.code, subjectId: declarationId!, title: `${CANARY}有限公司`, enterpriseId: enterpriseId!, districtCode: HERE, streetCode: `${HERE}020`, zoneCode: null, departmentKey: `${HERE}/industry`, emergencyId: null, sample: false,
    steps: [[{ unitId, role: 'lead' }]], clocks: [{ clock: 'resolve', workingHours: 8 }], openedBy: null,
  }))
  const reviewer = await reviewerOf(city)
  const told = await reviewer.call(commentCase, { params: { id }, body: { text: `${CANARY}留言` } })
  await reviewer.call(pressCase, { params: { id }, body: { word: `${CANARY}催办` } })
  return { caseId: id, partId: told.parts[0]!.id }
}
/** The firm as a tenant of a complex of its district, asked to confirm its operator's plan. */
async function plantComplex(operator: Someone, tenant: Someone, creditCode: string): Promise<Record<string, string>> {
  const { items: firms } = await operator.call(listMyEnterprises)
  const opened = await operator.call(registerComplex, { body: { enterpriseId: firms[0]!.id, name: `${CANARY}商场`, scene: 'commercial', districtCode: HERE, streetCode: `${HERE}020`, address: `${CANARY}路 9 号` } })
  const params = { id: opened.id }
  const listed = (await operator.call(addTenants, { params, body: { revision: opened.revision, tenants: [{ creditCode, name: `${CANARY}店`, shop: CANARY, headcount: 5 }] } })).complex
  const begun = (await operator.call(openFiling, { params, body: { revision: listed.revision } })).filing!
  const file = await operator.upload(uploadFile, { name: `${CANARY}.pdf`, content: Buffer.from('%PDF-1.4\n%canary\n%%EOF'), type: 'application/pdf' })
  const form = await operator.call(getForm, { params: { code: 'declaration.plan' }, query: { area: HERE, kind: begun.emergencyKind } })
  const saved = (await operator.call(saveFiling, { params: { id: begun.id }, body: { revision: begun.revision, plannedDate: '2020-03-02', answers: plan(form, CANARY), fileIds: [file.id] } })).filing!
  await operator.call(askTenants, { params: { id: saved.id }, body: { revision: saved.revision } })
  return { complexId: opened.id, filingId: saved.id, tenantId: (await operator.call(listTenants, { params })).items[0]!.id, requestId: (await tenant.call(listTenantRequests)).items[0]!.id }
}
async function reviewerOf(city: City): Promise<Someone> {
  const administrator = await city.as('luyuanming')
  const { items } = await administrator.call(listPeople, { query: { limit: 200, role: 'reviewer' } })
  return city.as(items.find((one) => one.grants.some((grant) => grant.areaCode === HERE))!.username!)
}

export async function proveScopes(proof: Proof): Promise<void> {
  const { city, cluster, close } = await openProofCity()
  const owner = await cluster.asOwner()
  try {
    const callers = await foreigners(city)
    const ids = await plant(city)
    const idFor = (path: string) => (path.startsWith('/api/orders') ? ids['orderId'] : path.startsWith('/api/spotchecks') ? ids['checkId'] : path.startsWith('/api/cases') ? ids['caseId'] : path.startsWith('/api/case-parts') ? ids['partId'] : path.startsWith('/api/complexes') ? ids['complexId'] : path.startsWith('/api/complex-filings') ? ids['filingId'] : path.startsWith('/api/me/tenant-requests') ? ids['requestId'] : path.startsWith('/api/batch-plans') ? ids['planId'] : path.startsWith('/api/me/batch-invitations') ? ids['memberId'] : path.startsWith('/api/projects') ? ids['projectId'] : path.startsWith('/api/enterprises') ? ids['enterpriseId'] : path.startsWith('/api/declarations') ? ids['declarationId'] : path.startsWith('/api/certificates') ? ids['certificateId'] : path.startsWith('/api/files') ? ids['fileId'] : ids['personId'])!
    const rows = async () => (await owner.query<{ print: string }>(`select md5(string_agg(row, '' order by row)) as print from (${(await scopedTables(owner)).map((table) => `select t::text as row from ${table} t where t::text like '%${CANARY}%' or t::text like '%${ids['enterpriseId']}%'`).join(' union all ')}) all_rows`)).rows[0]!.print
    const before = await rows()
    // The planted firm can be read by its own contact: the canaries are alive.
    if (!(await (await city.contact('13900008888')).raw({ method: 'GET', url: `/api/enterprises/${ids['enterpriseId']}` })).body.includes(CANARY)) proof.broken('the canaries were not planted')
    let tried = 0
    for (const [name, caller] of Object.entries(callers)) for (const { endpoint } of city.system_.house.routes) {
      // Deeds that end the caller's own session or rights would make the rest of the walk meaningless.
      if (endpoint.path.startsWith('/api/session') && endpoint.method !== 'GET') continue
      const url = endpoint.path.replace(/:(\w+)/g, (_, param: string) => (param === 'id' ? idFor(endpoint.path) : param in ids ? ids[param]! : String(sampleOf((endpoint.params as { properties: Record<string, never> }).properties[param]!, {}))))
      const queries = endpoint.query ? ['', `?q=${CANARY}`, `?enterprise=${ids['enterpriseId']}`, `?district=${HERE}`, '?at=2020-03-01'] : ['']
      for (const query of queries) {
        tried += 1
        const known = { enterpriseId: ids['enterpriseId'], workplaceId: ids['workplaceId'], revision: 1 }
        const answer = await caller.raw({ method: endpoint.method, url: url + query, ...(endpoint.body && endpoint.body !== FILE ? { payload: sampleOf(endpoint.body as never, known) as object } : {}) })
        if (answer.body.includes(CANARY)) proof.broken(`${name}: ${endpoint.method} ${endpoint.path}${query} shows a canary`)
        if (answer.statusCode >= 500) proof.broken(`${name}: ${endpoint.method} ${endpoint.path}${query} answered ${answer.statusCode}`)
        const leaked = Object.entries(ids).find(([key, id]) => key !== 'personId' && answer.statusCode === 200 && answer.body.includes(id))
        if (leaked) proof.broken(`${name}: ${endpoint.method} ${endpoint.path}${query} shows the id of a foreign ${leaked[0]}`)
      }
    }
    if ((await rows()) !== before) proof.broken('a foreign caller changed the planted firm')
    const statements = await rawSql(city, callers, await scopedTables(owner), proof)
    proof.figure('R5', 0, 'canaries', `${tried} requests by ${Object.keys(callers).length} foreign callers over ${city.system_.house.routes.length} endpoints; ${statements} raw statements as the application role`)
  } finally {
    await owner.end()
    await close()
  }
}

/** Tables under row-level security, outside the ground. */
async function scopedTables(owner: { query<T extends object>(text: string): Promise<{ rows: T[] }> }): Promise<string[]> {
  return (await owner.query<{ name: string }>("select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and c.relrowsecurity and n.nspname <> 'base' order by 1")).rows.map((row) => row.name)
}

/** Whatever scope a foreign caller can get, under any verb, plain SQL finds no canary row. */
async function rawSql(city: City, callers: Record<string, Someone>, tables: string[], proof: Proof): Promise<number> {
  const publicTables = new Set(city.system_.house.scopes.filter((one) => one.public).map((one) => one.table))
  let count = 0
  for (const [name, caller] of Object.entries(callers)) {
    const actor = caller.cookie ? await city.system((ctx) => actorOf(ctx, sha256(caller.cookie!))) : undefined
    const rights = city.system_.services
    const scopes = new Map<string, Scope>([['public', publicScope]])
    if (actor) for (const verb of [...Object.keys(rights.verbs), 'signed-in']) {
      const scope = requestScope(actor, verb, rights)
      scopes.set(JSON.stringify(scope), scope)
    }
    for (const scope of scopes.values()) for (const table of tables) {
      if (scope.named === 'public' && publicTables.has(table)) continue
      count += 1
      const seen = await city.system_.services.database.transaction({ scope, readOnly: true }, async (db) => (await sql<{ count: number }>`select count(*) from ${sql.table(table)} t where t::text like ${`%${CANARY}%`}`.execute(db)).rows[0]!.count)
      if (seen) proof.broken(`${name}: raw SQL on ${table} shows ${seen} rows`)
    }
  }
  return count
}
