// Sending an office's own words: a message becomes one delivery for each contact of each firm, and one text message for each where chosen.
import { fillMessage, type NoticeText } from '@fugong/contract/notices'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { contactsOfFirms } from '../identity/index.ts'
import { SEND_SMS } from './notify.actions.ts'
import { addFirms, insertDeliveries, messageOf, type DeliveryRow, type MessageRow } from './store.ts'

export interface Recipient { enterpriseId: string; enterpriseName: string }
export interface Sender { personId: string; unitId: string | null }

/**
 * Tells firms, which the caller has checked to be within reach, the same thing. `intent` names the deed: told again under
 * the same intent, a contact who has it already gets nothing anew. Answers the firms that have a contact.
 */
export async function sendToFirms(ctx: Ctx, intent: string, sender: Sender, notice: NoticeText, firms: readonly Recipient[]): Promise<Set<string>> {
  return elevated(ctx, async (system) => {
    const sentAt = system.now.toISOString()
    const message = await messageOf(system, {
      id: newId(), intent, ...sender, title: notice.title, text: notice.text, sms: notice.sms, sentAt, firms: 0, firmsWithoutContact: 0,
      template: null, titleEn: null, textEn: null, smsZh: null, smsEn: null, robotZh: null, robotEn: null, link: null, aboutKind: null, aboutId: null, urgent: false,
    })
    const names = new Map(firms.map((firm) => [firm.enterpriseId, firm.enterpriseName]))
    const contacts = await contactsOfFirms(system, [...names.keys()])
    const reached = new Set(contacts.map((contact) => contact.enterpriseId))
    const added = await insertDeliveries(system, contacts.map(({ enterpriseId, personId }): DeliveryRow => ({
      id: newId(), messageId: message.id, enterpriseId, enterpriseName: names.get(enterpriseId)!, personId, template: null, sentAt, readAt: null,
      smsState: notice.sms ? 'waiting' : null, smsDueAt: notice.sms ? sentAt : null, smsWhy: null, smsWith: null, smsAt: null, smsTries: 0,
    })))
    await addFirms(system, message.id, new Set(added.map((row) => row.enterpriseId)).size, names.size - reached.size)
    if (notice.sms && added.length) system.enqueue(SEND_SMS, null, { key: `due ${sentAt.slice(0, 16)}` })
    system.announce('notice.sent', { kind: 'notice', id: message.id }, { firms: reached.size, people: added.length, sms: notice.sms })
    return reached
  })
}
/** One text of title and message with the firm's name in its place. */
export function filled(message: Pick<MessageRow, 'title' | 'text'>, enterpriseName: string, unitName: string): string {
  const values = { 企业名称: enterpriseName, 单位: unitName }
  return `${fillMessage(message.title, values)}：${fillMessage(message.text, values)}`
}
