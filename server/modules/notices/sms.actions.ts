// Sending text messages that are due: outside of quiet hours, many as one, each under a key by which the gateway knows a repetition.
import type { Bilingual } from '@fugong/contract/base'
import { smsSign } from '@fugong/contract/notices.templates'
import type { Ctx } from '../../base/context.ts'
import { limitsOf } from '../../base/limits.ts'
import { shanghaiDay } from '../../base/clock.ts'
import type { Sms } from '../../base/sms.ts'
import { phoneOf, unitNames } from '../identity/index.ts'
import { SEND_SMS } from './notify.actions.ts'
import { templateInForce } from './notify.store.ts'
import { bundles, filledIn, smsTiming, writtenValues, type NoticeLimits } from './rules.ts'
import { filled } from './send.actions.ts'
import { markSms, nextDue, sentLately, takeBeside, takeDue } from './sms.store.ts'
import { findMessage, type DeliveryRow, type MessageRow } from './store.ts'

/** Texts of one run, which is one transaction: when its process dies, at most so many are sent a second time, under the same key. */
const TEXTS_PER_RUN = 10
const MINUTE = 60_000
/** Sends what is due; when the gateway does not take one, all rest for a while. What is due later gets a run of its own. */
export async function sendTexts(system: Ctx, sms: Sms, city: string): Promise<void> {
  const limits = limitsOf<NoticeLimits>('notices', city, system.now)
  let taken = 0
  let down = false
  for (; taken < TEXTS_PER_RUN && !down; taken++) {
    const delivery = await takeDue(system)
    if (!delivery) break
    down = (await sendOne(system, sms, delivery, limits)) === 'down'
  }
  const next = down || taken === TEXTS_PER_RUN ? new Date(system.now.getTime() + (down ? limits.smsRetrySeconds * 1000 : 0)) : await nextDue(system)
  // This run still holds its own key: a run for the same minute that is queued already is as good.
  if (next) system.enqueue(SEND_SMS, null, { key: taken === TEXTS_PER_RUN && !down ? `more ${system.requestId}` : `due ${next.toISOString().slice(0, 16)}`, at: next })
}
async function sendOne(system: Ctx, sms: Sms, delivery: DeliveryRow, limits: NoticeLimits): Promise<'done' | 'later' | 'down'> {
  const message = (await findMessage(system, delivery.messageId))!
  const held = delivery.smsWhy === 'bundle'
  const lately = delivery.template === null ? [] : await sentLately(system, delivery, new Date(system.now.getTime() - limits.bundleMinutes * MINUTE))
  const timing = smsTiming(system.now, delivery.id, { urgent: message.urgent, held, sentLately: lately }, limits)
  if (timing !== 'now') {
    await markSms(system, delivery.id, { smsDueAt: timing.due.toISOString(), smsWhy: timing.why })
    return 'later'
  }
  const phone = await phoneOf(system, delivery.personId)
  if (!phone) {
    await markSms(system, delivery.id, { smsState: 'failed', smsWhy: 'no_phone', smsAt: system.now.toISOString() })
    return 'done'
  }
  const beside = message.urgent ? [] : await takeBeside(system, delivery)
  const together = bundles(beside.length + 1, held, limits) ? beside : []
  try {
    await sms.send(phone, await textOf(system, message, delivery, together.length), delivery.id)
  } catch (error) {
    const tries = delivery.smsTries + 1
    system.log.warn({ delivery: delivery.id, tries, kind: error instanceof Error ? error.name : 'unknown' }, 'text message not taken')
    await markSms(system, delivery.id, tries < limits.smsTries ? { smsTries: tries, smsWhy: 'gateway', smsDueAt: new Date(system.now.getTime() + limits.smsRetrySeconds * 1000).toISOString() } : { smsTries: tries, smsState: 'failed', smsWhy: 'gateway', smsAt: system.now.toISOString() })
    return 'down'
  }
  const smsAt = system.now.toISOString()
  await markSms(system, delivery.id, { smsState: 'sent', smsWhy: null, smsTries: delivery.smsTries + 1, smsAt })
  for (const { id } of together) await markSms(system, id, { smsState: 'bundled', smsWhy: 'bundle', smsWith: delivery.id, smsAt })
  return 'done'
}
/** The words of one text message: those of its template, the office's own, or how many there are of one title. */
async function textOf(system: Ctx, message: MessageRow, delivery: DeliveryRow, others: number): Promise<Bilingual> {
  const signed = (text: Bilingual) => ({ zh: `${smsSign.zh}${text.zh}`, en: `${smsSign.en}${text.en}` })
  if (others) {
    const bundle = (await templateInForce(system, 'notice.bundle', [''], shanghaiDay(system.now)))!
    const params = { title: { zh: message.title, en: message.titleEn ?? message.title }, count: others + 1 }
    return signed(filledIn({ zh: bundle.smsZh!, en: bundle.smsEn! }, { zh: writtenValues('notice.bundle', params, 'zh'), en: writtenValues('notice.bundle', params, 'en') }))
  }
  if (message.smsZh !== null) return signed({ zh: message.smsZh, en: message.smsEn ?? message.smsZh })
  const unit = message.unitId ? (await unitNames(system, [message.unitId])).get(message.unitId) : undefined
  const text = filled(message, delivery.enterpriseName ?? '', unit?.zh ?? '')
  return signed({ zh: text, en: text })
}
