// What the register knows of the fictional firms of a sample city: facts, flags, groups, projects.
import type { Project } from '@fugong/contract/enterprises.places'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { maskPhone } from '../../base/crypto.ts'
import { readData } from '../../base/data.ts'
import { newId } from '../../base/ids.ts'
import { changeFirm, type Deed } from './change.actions.ts'
import { departmentOf } from './department.actions.ts'
import { stampOf } from './doers.actions.ts'
import { maskName, type Facts } from './facts.rules.ts'
import { insertFlag } from './flags.store.ts'
import { patchOf } from './life.rules.ts'
import { insertProject, insertSection, selectProjectsOf, type ProjectRow } from './projects.store.ts'
import { insertRelation, selectRelations } from './relations.store.ts'
import { findByCreditCode } from './store.ts'

type Told = Partial<Omit<Facts, 'legalName' | 'legalPhone' | 'legalSealed'>>
interface SampleFirm extends Told { creditCode: string; legalName: string; legalPhone: string; renamedFrom?: string; renamedOn?: string; flags: { code: string; from: string; reason: string }[] }
interface SampleProject {
  contractor: string; name: string; permitNumber: string | null; ownerName: string; owner: string | null; district: string; street: string; zone: string | null; address: string
  state: Project['state']; stateSince: string; plannedFrom: string; plannedUntil: string; sections: { name: string; contractorName: string; contractor: string | null; from: string }[]
}
interface RegisterFile { since: string; factsOn: string; firms: SampleFirm[]; relations: { parent: string; child: string; kind: 'subsidiary' | 'branch'; from: string; reason: string }[]; projects: SampleProject[] }

/** Reads `sample-register.json` of a city; all its steps run as the system. */
export function sampleRegister(city: string) {
  const { value } = readData<RegisterFile>('data', 'cities', city, 'sample-register.json')
  const of = (creditCode: string) => value.firms.find((firm) => firm.creditCode === creditCode)
  return {
    since: value.since,
    /** The name under which the firm begins, when it was renamed later. */
    nameAtFirst: (creditCode: string) => of(creditCode)?.renamedFrom,
    async fill(ctx: Ctx, creditCode: string, name: string): Promise<void> {
      const told = of(creditCode)
      if (told) await fillFirm(ctx, told, name, value.factsOn)
    },
    connect: (ctx: Ctx) => connectFirms(ctx, value),
  }
}
async function fillFirm(ctx: Ctx, told: SampleFirm, name: string, factsOn: string): Promise<void> {
  const { creditCode, legalName, legalPhone, renamedFrom, renamedOn, flags, ...facts } = told
  const today = shanghaiDay(ctx.now)
  // In a city whose clock stands before those days, the sample begins with what it has.
  const change = async (deed: Omit<Deed, 'side'>) => { if (deed.effectiveOn <= today) await changeFirm(ctx, (await findByCreditCode(ctx, creditCode))!, { ...deed, side: 'firm' }) }
  if (renamedFrom && renamedOn) await change({ kind: 'renamed', effectiveOn: renamedOn, reason: '样例：更名', patch: patchOf('renamed', renamedOn, { name }, { name: renamedFrom, formerNames: [] }) })
  const legal = { legalName: maskName(legalName), legalPhone: maskPhone(legalPhone), legalSealed: ctx.sealer.seal('legal', JSON.stringify({ name: legalName, phone: legalPhone })).toString('base64') }
  await change({ kind: 'updated', effectiveOn: factsOn, reason: '样例：年度信息', patch: { ...facts, ...legal } })
  const { id: enterpriseId } = (await findByCreditCode(ctx, creditCode))!
  for (const flag of flags) await insertFlag(ctx, { id: newId(), enterpriseId, code: flag.code, reason: flag.reason, validFrom: flag.from, setAt: ctx.now.toISOString(), setBy: null, setUnit: null })
}
async function connectFirms(ctx: Ctx, { relations, projects }: RegisterFile): Promise<void> {
  const idOf = async (creditCode: string | null) => (creditCode ? ((await findByCreditCode(ctx, creditCode))?.id ?? null) : null)
  for (const { parent, child, kind, from, reason } of relations) {
    const [parentId, childId] = [await idOf(parent), await idOf(child)]
    if (!parentId || !childId || (await selectRelations(ctx, childId)).some((one) => one.parentId === parentId)) continue
    await insertRelation(ctx, { id: newId(), parentId, childId, kind, from, until: null, reason, side: 'firm', setAt: ctx.now.toISOString(), setBy: null, setUnit: null, endedAt: null })
  }
  for (const { contractor, owner, district, street, zone, sections, ...plain } of projects) {
    const enterpriseId = await idOf(contractor)
    if (!enterpriseId || (await selectProjectsOf(ctx, enterpriseId)).some((one) => one.name === plain.name)) continue
    const department = (await departmentOf(ctx, { industryCode: '4790', districtCode: district }))?.department ?? null
    const row: ProjectRow = { id: newId(), enterpriseId, ...plain, ownerId: await idOf(owner), registeredAt: ctx.now.toISOString(), registeredBy: null, revision: 1, ...stampOf(ctx, 'system'), changedAt: ctx.now.toISOString(), sample: true, districtCode: district, streetCode: street, zoneCode: zone, department }
    await insertProject(ctx, row)
    for (const section of sections) await insertSection(ctx, { id: newId(), projectId: row.id, name: section.name, contractorName: section.contractorName, enterpriseId: await idOf(section.contractor), validFrom: section.from, validTo: null }, row)
  }
}
