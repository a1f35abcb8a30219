// Changes one's own password, proved by the present one and a one-time code; sessions elsewhere end.
import { changePassword, listMySessions } from '@fugong/contract/identity'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { FormField, FormSummary } from '../../ui/FormField.tsx'
import { Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'

const NOTHING = { password: '', newPassword: '', again: '', code: '' }
export function ChangePassword() {
  const t = useText('identity')
  const [changed, setChanged] = useState(false)
  const form = useForm(changePassword, {
    initial: NOTHING, labels: { '/password': t('me.password'), '/newPassword': t('me.newPassword'), '/again': t('me.again'), '/code': t('me.code') },
    body: ({ password, newPassword, code }) => ({ password, newPassword, code }),
    check: (values) => [
      ...missing(values, ['/password', '/newPassword', '/again', '/code']),
      ...(values.newPassword && values.newPassword.length < 12 ? [{ path: '/newPassword', code: 'issue.too_short', params: { limit: 12 } }] : []),
      ...(values.again && values.again !== values.newPassword ? [{ path: '/again', code: 'issue.differs' }] : []),
    ],
    invalidates: [listMySessions],
  })
  const submit = async () => {
    setChanged(false)
    if (await form.submit() === undefined) return
    setChanged(true)
    form.replace(NOTHING)
  }
  return (
    <Section title={t('me.changePassword')}>
      <form className="fg-form id-form" noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
        {changed ? <div role="status"><Note tone="good">{t('me.passwordChanged')}</Note></div> : null}
        <FormSummary form={form} />
        <p className="fg-quiet">{t('me.passwordText')}</p>
        <FormField form={form} path="/password"><Input type="password" autoComplete="current-password" maxLength={200} /></FormField>
        <FormField form={form} path="/newPassword" help={t('me.newPasswordHelp')}><Input type="password" autoComplete="new-password" maxLength={200} /></FormField>
        <FormField form={form} path="/again"><Input type="password" autoComplete="new-password" maxLength={200} /></FormField>
        <FormField form={form} path="/code" help={t('me.codeHelp')}><Input className="id-code fg-num" inputMode="numeric" autoComplete="one-time-code" maxLength={6} /></FormField>
        <div className="id-deeds fg-row"><Button type="primary" htmlType="submit" loading={form.sending}>{t('me.changePassword')}</Button></div>
      </form>
    </Section>
  )
}
