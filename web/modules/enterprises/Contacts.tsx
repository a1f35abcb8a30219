// The contacts of a firm: who they are, adding one by phone, ending one.
import { addContact, endContact, listContacts } from '@fugong/contract/enterprises'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { day } from '../../base/format.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { FormField, FormSummary } from '../../ui/FormField.tsx'
import { Ready } from '../../ui/states.tsx'

interface Ending { personId: string; name: string; self: boolean }
export function Contacts({ firm, readOnly }: { firm: string; readOnly?: boolean }) {
  const t = useText('enterprises')
  const { refresh } = useSession()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Ending | undefined>(undefined)
  const read = useRead(listContacts, { params: { id: firm } })
  const end = useDeed(endContact, { invalidates: [listContacts], onDone: () => { if (ending?.self) void refresh(); setEnding(undefined) } })
  const can = (deed: string) => !readOnly && (read.data?.can.includes(deed) ?? false)
  return (
    <>
      <Ready read={read} lines={2}>{({ items }) => (
        <ul className="fg-rows">
          {items.map((contact) => (
            <li key={contact.personId}>
              <strong>{contact.name}{contact.self ? t('contact.self') : ''}</strong><span className="fg-num">{contact.phoneMasked}</span><span className="fg-quiet">{t('contact.since', { day: day(contact.since) })}</span>
              {can('end') && items.length > 1 ? <Button type="link" danger aria-label={t('contact.endNamed', { name: contact.name })} onClick={() => { end.reset(); setEnding(contact) }}>{t('contact.end')}</Button> : null}
            </li>
          ))}
        </ul>
      )}</Ready>
      {can('add') ? adding ? <AddContact firm={firm} onDone={() => setAdding(false)} /> : <div className="fg-add"><Button onClick={() => setAdding(true)}>{t('contact.add')}</Button></div> : null}
      <ReasonDialog open={ending !== undefined} danger needsReason={false} title={t('contact.endTitle', { name: ending?.name ?? '' })} text={t(ending?.self ? 'contact.endSelfText' : 'contact.endText')} deed={t('contact.end')} running={end.running} problem={end.problem} onCancel={() => setEnding(undefined)} onDo={() => void end.run({ params: { id: firm, personId: ending?.personId ?? '' }, body: {} })} />
    </>
  )
}

function AddContact({ firm, onDone }: { firm: string; onDone: () => void }) {
  const t = useText('enterprises')
  const form = useForm(addContact, { initial: { name: '', phone: '' }, params: { id: firm }, invalidates: [listContacts], labels: { '/name': t('contact.name'), '/phone': t('contact.phone') }, onDone,
    check: ({ name, phone }) => [...(name.trim() ? [] : [{ path: '/name', code: 'issue.required' }]), ...(/^1[3-9]\d{9}$/.test(phone) ? [] : [{ path: '/phone', code: phone ? 'issue.phone' : 'issue.required' }])],
    body: ({ name, phone }) => ({ name: name.trim(), phone }) })
  return (
    <div className="fg-add fg-form">
      <h3>{t('contact.add')}</h3>
      <FormSummary form={form} />
      <FormField form={form} path="/name"><Input maxLength={40} autoComplete="off" /></FormField>
      <FormField form={form} path="/phone" help={t('contact.phoneHelp')}><Input type="tel" inputMode="numeric" maxLength={11} autoComplete="off" /></FormField>
      <div className="fg-row"><Button type="primary" loading={form.sending} onClick={() => void form.submit()}>{t('contact.add')}</Button><Button onClick={onDone}>{t('cancel')}</Button></div>
    </div>
  )
}
