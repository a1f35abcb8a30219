// Telling whom something concerns: a template becomes one message, a delivery for each reader, a post for each robot; rows only, sent by jobs after the commit.
import { createHash } from 'node:crypto'
import { kindOf, type TemplateCode, type TemplateParams } from '@fugong/contract/notices.templates'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { activePeople, areasOfUnits, contactsOfFirms, holdersIn, peopleOfUnit } from '../identity/index.ts'
import { insertPosts, templateInForce, wishesOf, type TemplateRow } from './notify.store.ts'
import { plainWords } from './robots.rules.ts'
import { areaChain, filledIn, isOwnLink, writtenValues } from './rules.ts'
import { insertDeliveries, messageOf, type DeliveryRow } from './store.ts'

export const SEND_SMS = 'notices.send_sms'
export const SEND_POSTS = 'notices.send_posts'

/** A firm's contacts; people of a unit, only those whose role holds a verb where one is given; people by id. */
export type Audience = { enterpriseId: string; enterpriseName?: string } | { unitId: string; verb?: string } | { people: readonly string[] }
export interface Notification<T extends TemplateCode> {
  template: T
  to: Audience | readonly Audience[]
  /** Names of records and units, days, moments, counts; never the name, phone or health of a third person. */
  params: TemplateParams<T>
  /** Where the reader goes, a path within the product such as `/console/declarations/…`. */
  link: string
  about: { kind: string; id: string }
  /** What must be told once, when it is not this one request: a reminder of the same day, a batch of many runs. */
  intent?: string
}
interface Reader { personId: string; enterpriseId: string | null; enterpriseName: string | null }

/**
 * Tells people something in the caller's transaction. Told again under the same template, record and intent, whoever has it
 * already gets nothing anew. Answers how many people were told now. Throws for a fault of the calling room: an unknown
 * template, a value left out, a link that leaves the product.
 */
export async function notify<T extends TemplateCode>(ctx: Ctx, notice: Notification<T>): Promise<{ people: number }> {
  const { template, about, link } = notice
  if (!isOwnLink(link)) throw new Error(`The notice ${template} leads outside: ${link}`)
  const audiences = Array.isArray(notice.to) ? (notice.to as readonly Audience[]) : [notice.to as Audience]
  const units = audiences.flatMap((audience) => ('unitId' in audience ? audience.unitId : []))
  return elevated(ctx, async (system) => {
    const sender = ctx.unit?.unitId ?? null
    const text = await textFor(system, template, ctx.unit?.areaCode ?? (await areasOfUnits(system, units.slice(0, 1))).get(units[0] ?? '') ?? '')
    const values = { zh: writtenValues(template, notice.params, 'zh'), en: writtenValues(template, notice.params, 'en') }
    const [title, body] = [filledIn({ zh: text.titleZh, en: text.titleEn }, values), filledIn({ zh: text.textZh, en: text.textEn }, values)]
    const sms = text.smsMode !== 'never' && text.smsZh !== null ? filledIn({ zh: text.smsZh, en: text.smsEn ?? text.smsZh }, values) : null
    const robot = text.robots ? filledIn({ zh: text.robotZh ?? `#### ${text.titleZh}\n\n${text.textZh}`, en: text.robotEn ?? `#### ${text.titleEn}\n\n${text.textEn}` }, { zh: plain(values.zh), en: plain(values.en) }) : null
    const sentAt = system.now.toISOString()
    const message = await messageOf(system, {
      id: newId(), intent: intentId(template, about, notice.intent ?? ctx.requestId), personId: null, unitId: sender, template, title: title.zh, text: body.zh, titleEn: title.en, textEn: body.en,
      sms: sms !== null, smsZh: sms?.zh ?? null, smsEn: sms?.en ?? null, robotZh: robot?.zh ?? null, robotEn: robot?.en ?? null, link, aboutKind: about.kind, aboutId: about.id, urgent: text.urgent, sentAt, firms: 0, firmsWithoutContact: 0,
    })
    const readers = await readersOf(system, audiences)
    const wishes = sms && text.smsMode !== 'must' ? await wishesOf(system, readers.map(({ personId }) => personId), kindOf(template)) : new Map<string, boolean>()
    const wants = (personId: string) => text.smsMode === 'must' || (wishes.get(personId) ?? text.smsMode === 'on')
    const added = await insertDeliveries(system, readers.map((reader): DeliveryRow => ({
      id: newId(), messageId: message.id, ...reader, template, sentAt, readAt: null, smsTries: 0, smsAt: null, smsWith: null,
      ...(sms === null ? { smsState: null, smsDueAt: null, smsWhy: null } : wants(reader.personId) ? { smsState: 'waiting', smsDueAt: sentAt, smsWhy: null } : { smsState: 'off', smsDueAt: null, smsWhy: 'unwanted' }),
    })))
    const posts = robot && units.length ? await insertPosts(system, message.id, units, kindOf(template), newId) : 0
    if (sms !== null && added.length) system.enqueue(SEND_SMS, null, { key: `due ${sentAt.slice(0, 16)}` })
    if (posts) system.enqueue(SEND_POSTS, null, { key: `due ${sentAt.slice(0, 16)}` })
    if (added.length || posts) ctx.announce('notice.told', { kind: 'notice', id: message.id }, { template, about: about.kind, aboutId: about.id, people: added.length, robots: posts })
    return { people: added.length }
  })
}

const plain = (values: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plainWords(value)]))
async function textFor(system: Ctx, template: TemplateCode, areaCode: string): Promise<TemplateRow> {
  const found = await templateInForce(system, template, areaChain(areaCode), shanghaiDay(system.now))
  if (!found) throw new Error(`No text of the notice ${template} is in force on ${shanghaiDay(system.now)}`)
  return found
}
/** Everyone who is told, once each; a contact of several firms once for each of them. */
async function readersOf(system: Ctx, audiences: readonly Audience[]): Promise<Reader[]> {
  const readers = new Map<string, Reader>()
  const add = (personId: string, enterpriseId: string | null = null, enterpriseName: string | null = null) => void readers.set(`${personId} ${enterpriseId ?? ''}`, { personId, enterpriseId, enterpriseName })
  for (const audience of audiences) {
    if ('enterpriseId' in audience) for (const { personId } of await contactsOfFirms(system, [audience.enterpriseId])) add(personId, audience.enterpriseId, audience.enterpriseName ?? null)
    else if ('people' in audience) for (const personId of await activePeople(system, audience.people)) add(personId)
    else if (audience.verb) for (const personId of await holdersIn(system, audience.unitId, system.holders(audience.verb))) add(personId)
    else for (const { personId } of await peopleOfUnit(system, audience.unitId)) add(personId)
  }
  return [...readers.values()]
}
/** One id for template, record and intent, so that the table itself keeps a second message out. */
function intentId(template: string, about: { kind: string; id: string }, intent: string): string {
  const hex = createHash('sha256').update([template, about.kind, about.id, intent].join('\n')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
