// Sending: a message becomes one delivery for each contact of each firm, and one text message for each where chosen.
import { fillMessage, type NoticeText } from '@fugong/contract/notices'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import type { Sms } from '../../base/sms.ts'
import { contactsOfFirms, phoneOf, unitNames } from '../identity/index.ts'
import { addFirms, findMessage, insertDeliveries, markSms, messageOf, takeWaiting, type DeliveryRow, type MessageRow } from './store.ts'

export const SEND_SMS = 'notices.send_sms'
export interface Recipient { enterpriseId: string; enterpriseName: string }
export interface Sender { personId: string; unitId: string | null }

/**
 * Tells firms, which the caller has checked to be within reach, the same thing. `intent` names the deed: told again under
 * the same intent, a contact who has it already gets nothing anew. Answers the firms that have a contact.
 */
export async function sendToFirms(ctx: Ctx, intent: string, sender: Sender, notice: NoticeText, firms: readonly Recipient[]): Promise<Set<string>> {
  return elevated(ctx, async (system) => {
    const sentAt = system.now.toISOString()
    const message = await messageOf(system, { id: newId(), intent, ...sender, title: notice.title, text: notice.text, sms: notice.sms, sentAt, firms: 0, firmsWithoutContact: 0 })
    const names = new Map(firms.map((firm) => [firm.enterpriseId, firm.enterpriseName]))
    const contacts = await contactsOfFirms(system, [...names.keys()])
    const reached = new Set(contacts.map((contact) => contact.enterpriseId))
    const added = await insertDeliveries(system, contacts.map(({ enterpriseId, personId }): DeliveryRow => ({
      id: newId(), messageId: message.id, enterpriseId, enterpriseName: names.get(enterpriseId)!, personId, sentAt, readAt: null, smsState: notice.sms ? 'waiting' : null, smsAt: null, smsTries: 0,
    })))
    await addFirms(system, message.id, new Set(added.map((row) => row.enterpriseId)).size, names.size - reached.size)
    if (notice.sms && added.length) system.enqueue(SEND_SMS, { messageId: message.id }, { key: message.id })
    system.announce('notice.sent', { kind: 'notice', id: message.id }, { firms: reached.size, people: added.length, sms: notice.sms })
    return reached
  })
}

/** Texts of one run, which is one transaction: when its process dies, at most so many are sent a second time. */
const TEXTS_PER_RUN = 10
/** A text the gateway does not take is tried so often, a minute apart. */
const TRIES = 3
const WAIT_MS = 60_000
/** Sends waiting text messages of a message; when the gateway does not take one, the rest waits a minute. */
export async function sendTexts(system: Ctx, sms: Sms, messageId: string): Promise<void> {
  const message = await findMessage(system, messageId)
  if (!message) return
  const unit = message.unitId ? (await unitNames(system, [message.unitId])).get(message.unitId) : undefined
  let wait = 0
  for (let sent = 0; sent < TEXTS_PER_RUN && !wait; sent++) {
    const delivery = await takeWaiting(system, messageId)
    if (!delivery) return
    const phone = await phoneOf(system, delivery.personId)
    const text = filled(message, delivery.enterpriseName, unit?.zh ?? '')
    try {
      if (phone) await sms.send(phone, { zh: `【复工】${text}`, en: `[Fugong] ${text}` })
      await markSms(system, delivery, phone ? 'sent' : 'failed')
    } catch (error) {
      system.log.warn({ delivery: delivery.id, tries: delivery.smsTries + 1, kind: error instanceof Error ? error.name : 'unknown' }, 'text message not taken')
      await markSms(system, delivery, delivery.smsTries + 1 < TRIES ? 'waiting' : 'failed')
      wait = WAIT_MS
    }
  }
  // This run still holds the key of the message: the next one has its own.
  system.enqueue(SEND_SMS, { messageId }, { key: `${messageId} ${system.requestId}`, at: new Date(system.now.getTime() + wait) })
}
/** One text of title and message with the firm's name in its place. */
export function filled(message: Pick<MessageRow, 'title' | 'text'>, enterpriseName: string, unitName: string): string {
  const values = { 企业名称: enterpriseName, 单位: unitName }
  return `${fillMessage(message.title, values)}：${fillMessage(message.text, values)}`
}
