// What tests of declarations share: complete answers, a file, and a firm of the sample that declares.
import { uploadFile } from '@fugong/contract/files'
import { getDeclaration, openDeclaration, saveDeclaration, submitDeclaration, type Declaration } from '@fugong/contract/declarations'
import { expectedCheckDigit, expectedOrganisationDigit, getEnterprise, listMyEnterprises, registerEnterprise, type Enterprise, type RegisterEnterprise } from '@fugong/contract/enterprises'
import { delegateGrant, getSession } from '@fugong/contract/identity'
import { setLevel, type RiskLevel } from '@fugong/contract/levels'
import { unitNames } from '../modules/identity/index.ts'
import type { City, Someone } from './harness.ts'

/** Every required answer of the plan in packs/epidemic-2020. */
export const answers = {
  leaderGroup: true, duties: '厂长总负责，班组长排查，后勤管物资和消毒', reporting: true, emergency: true, screening: true, keyAreaReturnees: 0, dailyControl: true,
  ppeDays: 7, masks: 2000, thermometers: 6, isolationPlace: '办公楼一层东侧', isolationRooms: 2, disinfection: true, logistics: 'boxed', safetyCheck: true, safetyTraining: true,
}
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')

/** A street of each district that tests use; the third column is a development zone. */
const places = { wudang: ['520112', '520112008', null], yunyan: ['520103', '520103022', null], guanshanhu: ['520115', '520115006', null], nanming: ['520102', '520102031', null], kaiyang: ['520121', '520121001', null], hightech: ['520115', '520115004', '520171'] } as const
export type TestPlace = keyof typeof places
let firms = 0
/** A firm of its own for one test, with its contact signed in; unless told otherwise it makes electronics, on no list. */
export async function newFirm(city: City, place: TestPlace, change: Partial<RegisterEnterprise> = {}): Promise<{ contact: Someone; phone: string; firm: Enterprise }> {
  const [districtCode, streetCode, zoneCode] = places[place]
  firms += 1
  const body8 = `MAYT${String(firms).padStart(4, '0')}`
  const first17 = `91${districtCode}${body8}${expectedOrganisationDigit(body8)}`
  const phone = `137${String(10_000_000 + firms)}`
  const contact = await city.contact(phone, `联络员${firms}`)
  const firm = await contact.call(registerEnterprise, { body: { creditCode: first17 + expectedCheckDigit(first17), name: `测试企业${firms}号`, industryCode: '3982', class: 'general', workplace: { name: '一车间', scene: 'park', districtCode, streetCode, zoneCode, address: `样例路 ${firms} 号` }, ...change } })
  return { contact, phone, firm }
}
/** The only firm, or the one whose name holds `part`, of a contact. */
export async function firmOf(contact: Someone, part = ''): Promise<Enterprise> {
  const { items } = await contact.call(listMyEnterprises)
  const row = items.find(({ name }) => name.includes(part))
  if (!row) throw new Error(`No firm with ${part}`)
  return contact.call(getEnterprise, { params: { id: row.id } })
}
export async function openFor(contact: Someone, firm: Enterprise, workplace = 0): Promise<Declaration> {
  return contact.call(openDeclaration, { body: { enterpriseId: firm.id, workplaceId: firm.workplaces[workplace]!.id } })
}
export async function upload(contact: Someone, name = '防控方案.pdf') {
  return contact.upload(uploadFile, { name, content: pdf, type: 'application/pdf' })
}
/** What the plan asks beside that at shops and at building sites. */
const sceneAnswers: Record<string, Record<string, boolean | number>> = { commercial: { customerLimit: true, counterDistance: true }, site: { siteClosed: true, dormPeople: 4 } }
/** Fills in everything that submission asks for. */
export async function fill(contact: Someone, draft: Declaration, plannedDate = '2020-02-26'): Promise<Declaration> {
  const file = await upload(contact)
  return contact.call(saveDeclaration, { params: { id: draft.id }, body: { revision: draft.revision, plannedDate, headcount: 20, answers: { ...answers, ...sceneAnswers[draft.workplace.scene] }, pledged: true, fileIds: [file.id] } })
}
export function submit(contact: Someone, declaration: Declaration): Promise<Declaration> {
  return contact.call(submitDeclaration, { params: { id: declaration.id }, body: { revision: declaration.revision } })
}
/** Opens, fills in and submits. */
export async function declare(contact: Someone, firm: Enterprise, workplace = 0, plannedDate?: string): Promise<Declaration> {
  return submit(contact, await fill(contact, await openFor(contact, firm, workplace), plannedDate))
}
export function look(someone: Someone, { id }: { id: string }): Promise<Declaration> {
  return someone.call(getDeclaration, { params: { id } })
}
/** The commander sets a level from this moment on. */
export async function setLevelNow(city: City, areaCode: string, level: RiskLevel): Promise<void> {
  const commander = await city.as('gaohongtao')
  // The city's own moment: journeys let it run.
  const now = await city.system(async (ctx) => ctx.now)
  await commander.call(setLevel, { body: { areaCode, level, effectiveFrom: now.toISOString(), documentNo: '筑复工办〔2020〕7号', reason: '按省名单调整' } })
}
/** Someone lends their grant to a colleague for a month, who then acts for two units; answers the names of both, the colleague's own first. */
export async function lend(city: City, from: string, to: string): Promise<{ own: string; lent: string }> {
  const [lender, borrower] = [await city.as(from), await city.as(to)]
  const [theirs, own] = [(await lender.call(getSession)).grants[0]!, (await borrower.call(getSession)).grants[0]!]
  // The city's own moment: journeys let it run.
  const now = await city.system(async (ctx) => ctx.now)
  await lender.call(delegateGrant, { params: { id: theirs.id }, body: { username: to, from: now.toISOString(), until: new Date(now.getTime() + 30 * 86_400_000).toISOString(), reason: '休假' } })
  return { own: own.unitName.zh, lent: theirs.unitName.zh }
}
/** The unit in whose name the last event of that name on a record was written. */
export async function unitOfEvent(city: City, name: string, subjectId: string): Promise<string | undefined> {
  return city.system(async (ctx) => {
    const event = (await ctx.db.selectFrom('base.events').select('unitId').where('name', '=', name).where('subjectId', '=', subjectId).orderBy('id', 'desc').executeTakeFirst()) as { unitId: string | null } | undefined
    return event?.unitId ? (await unitNames(ctx, [event.unitId])).get(event.unitId)?.zh : undefined
  })
}
/** Runs a job of the house once, as its clock would. */
export async function runJob(city: City, name: string, payload: unknown = null): Promise<void> {
  const kind = city.system_.house.jobs.find((job) => job.name === name)
  if (!kind) throw new Error(`No job ${name}`)
  await city.system((ctx) => kind.run(ctx, payload as never))
}
/** The same where it may hold already. */
export async function ensureLevel(city: City, areaCode: string, level: RiskLevel): Promise<void> {
  await setLevelNow(city, areaCode, level).catch((refusal: { code?: string }) => { if (refusal.code !== 'levels.unchanged') throw refusal })
}
