// Messages leave signed, or stay where the sample city shows them.
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { httpSms, outboxSms } from './sms.ts'

const KEY = 'a-key-of-sixteen-or-more'
test('a message is posted with a signature that the gateway can check', async () => {
  const sent: { url: string; init: RequestInit }[] = []
  const sms = httpSms('https://sms.example.gov.cn/send', KEY, async (url, init) => {
    sent.push({ url: String(url), init: init! })
    return new Response('ok')
  })
  await sms.send('13900000001', { zh: '验证码 123456', en: 'Code 123456' })
  const { url, init } = sent[0]!
  const headers = init.headers as Record<string, string>
  expect(url).toBe('https://sms.example.gov.cn/send')
  expect(JSON.parse(init.body as string)).toMatchObject({ to: '13900000001', text: '验证码 123456' })
  expect(headers['x-fugong-signature']).toBe(createHmac('sha256', KEY).update(`${headers['x-fugong-timestamp']}.${init.body as string}`).digest('hex'))
})
test('a message under a key says so in its body and its head, so that the gateway sends a repetition once', async () => {
  const heads: Record<string, string>[] = []
  const bodies: Record<string, string>[] = []
  const sms = httpSms('https://sms.example.gov.cn/send', KEY, async (_, init) => {
    heads.push(init!.headers as Record<string, string>)
    bodies.push(JSON.parse(init!.body as string) as Record<string, string>)
    return new Response('ok')
  })
  await sms.send('13900000001', { zh: '通知', en: 'Notice' }, 'delivery-1')
  expect(heads[0]!['idempotency-key']).toBe('delivery-1')
  expect(bodies[0]).toMatchObject({ id: 'delivery-1' })
  expect(heads[0]!['x-fugong-signature']).toMatch(/^[0-9a-f]{64}$/)
  await sms.send('13900000001', { zh: '验证码', en: 'Code' })
  expect([heads[1]!['idempotency-key'], bodies[1]!.id]).toEqual([undefined, undefined])
})
test('a gateway that refuses is an error, so that the job is tried again', async () => {
  await expect(httpSms('https://sms.example.gov.cn', KEY, async () => new Response('', { status: 503 })).send('13900000001', { zh: '', en: '' })).rejects.toThrow('503')
})
test('the outbox keeps the newest first and no more than its limit', async () => {
  const outbox = outboxSms(() => new Date(0), 2)
  for (const text of ['a', 'b', 'c']) await outbox.send('13900000001', { zh: text, en: text })
  expect(outbox.messages().map((one) => one.text.zh)).toEqual(['c', 'b'])
})
