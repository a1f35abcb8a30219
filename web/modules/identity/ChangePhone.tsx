// Changes the phone that is the account of a firm's contact, proved by a code to each of the two numbers.
import { changePhone, getSession, listMySessions, sendPhoneCode } from '@fugong/contract/identity'
import { Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { FormField, FormSummary } from '../../ui/FormField.tsx'
import { Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'

const AGAIN = 60
const NOTHING = { oldPhone: '', oldCode: '', phone: '', newCode: '' }
export function ChangePhone() {
  const t = useText('identity')
  const [changed, setChanged] = useState<string | undefined>()
  const form = useForm(changePhone, {
    initial: NOTHING, labels: { '/oldPhone': t('me.oldPhone'), '/oldCode': t('me.oldCode'), '/phone': t('me.newPhone'), '/newCode': t('me.newCode') },
    body: ({ phone, oldCode, newCode }) => ({ phone, oldCode, newCode }), check: (values) => missing(values, ['/oldCode', '/phone', '/newCode']), invalidates: [getSession, listMySessions],
  })
  const submit = async () => {
    const phone = form.values.phone
    if (await form.submit() === undefined) return
    setChanged(`${phone.slice(0, 3)}****${phone.slice(7)}`)
    form.replace(NOTHING)
  }
  const code = <Input className="id-code fg-num" inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
  const phone = <Input className="id-phone fg-num" type="tel" inputMode="numeric" autoComplete="off" maxLength={11} />
  return (
    <Section title={t('me.phone')}>
      <form className="fg-form id-form" noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
        {changed ? <Note tone="good">{t('me.changed', { phone: changed })}</Note> : null}
        <FormSummary form={form} />
        <p className="fg-quiet">{t('me.phoneText')}</p>
        <div className="id-pair"><FormField form={form} path="/oldPhone">{phone}</FormField><SendCode phone={form.values.oldPhone} /></div>
        <FormField form={form} path="/oldCode">{code}</FormField>
        <div className="id-pair"><FormField form={form} path="/phone">{phone}</FormField><SendCode phone={form.values.phone} /></div>
        <FormField form={form} path="/newCode">{code}</FormField>
        <div className="id-deeds fg-row"><Button type="primary" htmlType="submit" loading={form.sending}>{t('me.change')}</Button></div>
      </form>
    </Section>
  )
}

/** The answer is the same for known and unknown numbers, and so are the words. */
function SendCode({ phone }: { phone: string }) {
  const t = useText('identity')
  const [left, setLeft] = useState(0)
  const [sentTo, setSentTo] = useState<string | undefined>()
  const send = useDeed(sendPhoneCode, { onDone: () => { setLeft(AGAIN); setSentTo(phone) } })
  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  const ready = /^1[3-9]\d{9}$/.test(phone)
  return (
    <div className="id-send">
      <Button disabled={!ready || left > 0} loading={send.running} onClick={() => void send.run({ body: { phone } })}>{left > 0 ? t('me.sendAgain', { seconds: left }) : t('me.sendCode')}</Button>
      <span role="status" className="fg-quiet">{send.problem ? wordsOf(send.problem) : sentTo ? t('me.sent', { phone: sentTo }) : ''}</span>
    </div>
  )
}
