// R7's records: every text that firms and offices may write, written with one payload after the other through the real routes.
import { saveDeclaration, submitDeclaration, openDeclaration, returnDeclaration } from '@fugong/contract/declarations'
import { registerEnterprise } from '@fugong/contract/enterprises'
import { messageFirms } from '@fugong/contract/enterprises.lists'
import { addProject, addSection } from '@fugong/contract/enterprises.places'
import { changeFacts, recordLifeEvent, setFlag } from '@fugong/contract/enterprises.register'
import { uploadFile } from '@fugong/contract/files'
import { getForm } from '@fugong/contract/forms'
import { createPerson, createUnit, listUnits } from '@fugong/contract/identity'
import { setLevel } from '@fugong/contract/levels'
import { saveView } from '@fugong/contract/views'
import type { City, Someone } from '../../server/test/harness.ts'
import { creditCode } from '../../server/test/importing.ts'
import { plan } from '../../server/test/plan.ts'

const HERE = '520103'
const STREET = '520103020'
export interface Planted { firm: Someone; enterpriseId: string; declarationId: string; text: string; place: string }

/** One firm with the text in every field of its own, and what offices wrote about it. */
export async function plantFirm(city: City, reviewer: Someone, number: number, text: string): Promise<Planted> {
  // Some rooms take short lines only; a payload that is cut would prove nothing.
  const short = [...text].slice(0, 40).join('')
  const phone = `1350000${String(number).padStart(4, '0')}`
  const firm = await city.contact(phone, short)
  const { id, workplaces, revision } = await firm.call(registerEnterprise, { body: { creditCode: creditCode(500_000 + number), name: text, industryCode: '3982', class: 'general', workplace: { name: text, scene: 'office', districtCode: HERE, streetCode: STREET, address: text, building: text, park: text } } })
  const params = { id }
  const changed = await firm.call(changeFacts, { params, body: { revision, address: text, building: text, park: text, hazardous: text, formerNames: [text], legalName: short, registeredAddress: text, reason: text } })
  await firm.call(recordLifeEvent, { params, body: { revision: changed.revision, kind: 'renamed', name: `${text}甲`, effectiveOn: changed.knownFrom, reason: text } })
  await reviewer.call(setFlag, { params, body: { code: 'keyEnterprise', reason: text } })
  const project = await firm.call(addProject, { params, body: { name: text, permitNumber: `${short.slice(0, 30)}${number}`, ownerName: text, districtCode: HERE, streetCode: STREET, address: text, state: 'building', stateSince: changed.knownFrom } })
  await firm.call(addSection, { params: { id: project.id }, body: { revision: project.revision, name: text, contractorName: text, from: changed.knownFrom } })
  const file = await firm.upload(uploadFile, { name: `${text.replaceAll('"', '%22')}.pdf`, content: Buffer.from('%PDF-1.4\n%payload\n%%EOF'), type: 'application/pdf' })
  const opened = await firm.call(openDeclaration, { body: { enterpriseId: id, workplaceId: workplaces[0]!.id } })
  const form = await firm.call(getForm, { params: { code: 'declaration.plan' }, query: { area: HERE, kind: 'epidemic' } })
  const saved = await firm.call(saveDeclaration, { params: { id: opened.id }, body: { revision: opened.revision, plannedDate: '2020-03-02', headcount: 12, answers: plan(form, text), pledged: true, fileIds: [file.id] } })
  const submitted = await firm.call(submitDeclaration, { params: { id: saved.id }, body: { revision: saved.revision } })
  if (submitted.state === 'underReview') await reviewer.call(returnDeclaration, { params: { id: saved.id }, body: { revision: submitted.revision, gaps: [{ field: 'duties', text }] } })
  // Braces are places to fill in: in a message they are refused as such.
  if (!/[{}]/.test(text)) await reviewer.call(messageFirms, { body: { ids: [id], notice: { title: short, text, sms: true } } })
  await reviewer.call(saveView, { body: { list: 'enterprises', name: short, filters: { q: text.slice(0, 60) }, columns: [], shared: true } })
  return { firm, enterpriseId: id, declarationId: saved.id, text, place: workplaces[0]!.id }
}
/** What the city's own people write: units, people, and the reason of a level. */
export async function plantOffice(city: City, number: number, text: string): Promise<void> {
  const administrator = await city.as('luyuanming')
  const short = [...text].slice(0, 40).join('')
  const { items } = await administrator.call(listUnits, { query: {} })
  await administrator.call(createUnit, { body: { code: `payload-${number}`, kind: 'department', department: 'commerce', areaCode: HERE, name: { zh: short, en: text } } })
  await administrator.call(createPerson, { body: { name: short, username: `payload-${number}`, role: 'departmentOfficer', unitId: items.find((one) => one.areaCode === HERE && one.department === 'commerce')!.id, areaCode: HERE } })
}
/** Declarations of the district are reviewed from now on. */
export async function raiseLevel(city: City): Promise<void> {
  const commander = await city.as('gaohongtao')
  await commander.call(setLevel, { body: { areaCode: HERE, level: 'medium', effectiveFrom: city.clock.now().toISOString(), documentNo: '筑复工办〔2020〕7号', reason: '按省名单调整' } })
}
