// My roles, and how I hand one to a colleague while I am on leave.
import { delegateGrant, getSession, roleNames, type Grant } from '@fugong/contract/identity'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { instant } from '../../base/format.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { useSession } from '../../base/session.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { MomentInput } from '../../ui/inputs.tsx'
import { Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { GrantTable } from './GrantTable.tsx'

interface Delegated { username: string; from: string; until: string }
export function MyGrants() {
  const t = useText('identity')
  const { session, may } = useSession()
  const [delegating, setDelegating] = useState<Grant | undefined>()
  const [done, setDone] = useState<Delegated | undefined>()
  const mayDelegate = may('grant.delegate') && !session.seeingAs
  // What was delegated to me is not mine to hand on.
  const deed = (grant: Grant) => (grant.inForce && !grant.delegatedFrom ? <Button size="small" onClick={() => setDelegating(grant)}>{t('me.delegate')}</Button> : null)
  const title = delegating ? t('me.delegateOf', { role: pick(roleNames[delegating.role]), unit: pick(delegating.unitName) }) : ''
  return (
    <Section plain title={t('me.grants')}>
      <div className="fg-stack">
        {done ? <Note tone="good">{t('me.delegatedTo', { ...done, from: instant(done.from), until: instant(done.until) })}</Note> : null}
        <GrantTable label={t('me.grants')} grants={session.grants} deed={mayDelegate ? deed : undefined} empty={{ title: t('grant.noneMine'), text: t('grant.noneMineText') }} />
      </div>
      <FormDialog open={delegating !== undefined} title={title} onCancel={() => setDelegating(undefined)}>
        {delegating ? <DelegateForm grant={delegating} onCancel={() => setDelegating(undefined)} onDone={(what) => { setDone(what); setDelegating(undefined) }} /> : null}
      </FormDialog>
    </Section>
  )
}

interface Values { username: string; from: string | undefined; until: string | undefined; reason: string }
function DelegateForm({ grant, onCancel, onDone }: { grant: Grant; onCancel: () => void; onDone: (what: Delegated) => void }) {
  const t = useText('identity')
  const form = useForm(delegateGrant, {
    initial: { username: '', from: undefined, until: undefined, reason: '' } as Values,
    labels: { '/username': t('me.username'), '/from': t('me.from'), '/until': t('me.until'), '/reason': t('me.reason') }, params: { id: grant.id },
    body: (values) => ({ ...values, username: values.username.trim() }) as never,
    check: (values) => missing(values, ['/username', '/from', '/until', '/reason']), invalidates: [getSession],
  })
  const finish = () => onDone({ username: form.values.username.trim(), from: form.values.from ?? '', until: form.values.until ?? '' })
  return (
    <DialogForm form={form} deed={t('me.delegate')} note={t('me.delegateNote')} onCancel={onCancel} onDone={finish}>
      <FormField form={form} path="/username" help={t('me.usernameHelp')}><Input className="fg-mono" maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} /></FormField>
      <FormField form={form} path="/from"><MomentInput /></FormField>
      <FormField form={form} path="/until"><MomentInput /></FormField>
      <FormField form={form} path="/reason"><Input.TextArea rows={2} maxLength={300} /></FormField>
    </DialogForm>
  )
}
