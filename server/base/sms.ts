// Short messages through a replaceable gateway: signed HTTP where one is configured, an outbox to look at in the sample city.
import { createHmac } from 'node:crypto'
import type { Bilingual } from '@fugong/contract/base'

export interface Sms {
  /** `key` names this text message: a gateway that has taken it under the same key takes a repetition without sending it again. */
  send(phone: string, text: Bilingual, key?: string): Promise<void>
}
export interface OutboxMessage { id: string; to: string; text: Bilingual; at: string }

/** Posts `{to, text, at, id}` with `idempotency-key: id` where a key is given, signed by `x-fugong-signature: hex(HMAC-SHA256(secret, timestamp.body))`; throws unless the answer is 2xx. */
export function httpSms(url: string, secret: string, send: typeof fetch = fetch): Sms {
  return {
    async send(phone, text, key) {
      const at = new Date().toISOString()
      const body = JSON.stringify({ to: phone, text: text.zh, at, ...(key ? { id: key } : {}) })
      const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
      const answer = await send(url, { method: 'POST', headers: { 'content-type': 'application/json', 'x-fugong-timestamp': at, 'x-fugong-signature': signature, ...(key ? { 'idempotency-key': key } : {}) }, body, signal: AbortSignal.timeout(8000) })
      if (!answer.ok) throw new Error(`The SMS gateway answered ${answer.status}`)
    },
  }
}
/** Keeps the last messages in memory, for the sample city's outbox page only. */
export function outboxSms(now: () => Date, limit = 50): Sms & { messages(): OutboxMessage[]; /** Shows what else would have left the machine: a robot's words. */ keep(to: string, text: string): void } {
  const kept: OutboxMessage[] = []
  let count = 0
  const add = (to: string, text: Bilingual) => {
    kept.unshift({ id: String(++count), to, text, at: now().toISOString() })
    kept.length = Math.min(kept.length, limit)
  }
  return {
    send: async (phone, text) => add(phone, text),
    keep: (to, text) => add(to, { zh: text, en: text }),
    messages: () => [...kept],
  }
}
