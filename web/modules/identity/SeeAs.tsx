// Lets an administrator look at the system in another role, read-only and on record.
import { startSeeingAs } from '@fugong/contract/identity'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { useSession } from '../../base/session.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { Section } from '../../ui/Page.tsx'
import { GRANT_PATHS, GrantFields, NO_GRANT, useGrantLabels } from './GrantFields.tsx'

export function SeeAs() {
  const t = useText('identity')
  const [open, setOpen] = useState(false)
  return (
    <Section title={t('me.seeAs')} extra={<Button onClick={() => setOpen(true)}>{t('me.seeAs')}</Button>}>
      <p className="fg-quiet">{t('me.seeAsText')}</p>
      <FormDialog open={open} title={t('me.seeAs')} onCancel={() => setOpen(false)}><SeeAsForm onCancel={() => setOpen(false)} /></FormDialog>
    </Section>
  )
}

function SeeAsForm({ onCancel }: { onCancel: () => void }) {
  const t = useText('identity')
  const { accept } = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm(startSeeingAs, {
    initial: { ...NO_GRANT, reason: '' }, labels: { ...useGrantLabels(), '/reason': t('me.seeAsReason') },
    body: ({ role, unitId, areaCode, reason }) => ({ role, unitId, areaCode, reason }) as never, check: (values) => missing(values, [...GRANT_PATHS, '/reason']),
    onDone: (session) => {
      accept(session)
      // What was read with one's own rights must not stay on the screen of another role.
      void client.invalidateQueries()
      void navigate('/console')
    },
  })
  return (
    <DialogForm form={form} deed={t('me.seeAsStart')} note={t('me.seeAsText')} onCancel={onCancel} onDone={() => undefined}>
      <GrantFields form={form} withEnd={false} />
      <FormField form={form} path="/reason" help={t('me.seeAsReasonHelp')}><Input.TextArea rows={2} maxLength={300} /></FormField>
    </DialogForm>
  )
}
