// Creates an official's account with a first role and shows the one-time link that opens it.
import { createPerson, listPeople, listUnits } from '@fugong/contract/identity'
import { Input } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { GRANT_PATHS, GrantFields, NO_GRANT, useGrantLabels, type GrantValues } from './GrantFields.tsx'
import { OneTimeLink, type IssuedLink } from './OneTimeLink.tsx'

export function CreatePersonDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText('identity')
  const navigate = useNavigate()
  const [issued, setIssued] = useState<(IssuedLink & { id: string }) | undefined>()
  const close = () => {
    const id = issued?.id
    setIssued(undefined)
    if (id) void navigate(`/console/people/${id}`)
  }
  return (
    <>
      <FormDialog open={open} title={t('people.create')} onCancel={onClose}><CreateForm onCancel={onClose} onIssued={(link) => { onClose(); setIssued(link) }} /></FormDialog>
      <OneTimeLink issued={issued} onClose={close} />
    </>
  )
}

type Values = GrantValues & { name: string; username: string }
function CreateForm({ onCancel, onIssued }: { onCancel: () => void; onIssued: (link: IssuedLink & { id: string }) => void }) {
  const t = useText('identity')
  const labels = useGrantLabels()
  const form = useForm(createPerson, {
    initial: { name: '', username: '', ...NO_GRANT } as Values, labels: { '/name': t('people.name'), '/username': t('people.username'), ...labels },
    body: (values) => ({ ...values, username: values.username.trim() }) as never,
    check: (values) => missing(values, ['/name', '/username', ...GRANT_PATHS]), invalidates: [listPeople, listUnits],
    onDone: ({ person, link, expiresAt }) => onIssued({ id: person.id, name: person.name, link, expiresAt }),
  })
  return (
    <DialogForm form={form} deed={t('people.create')} note={t('people.createNote')} onCancel={onCancel} onDone={() => undefined}>
      <FormField form={form} path="/name"><Input maxLength={40} autoComplete="off" /></FormField>
      <FormField form={form} path="/username" help={t('people.usernameHelp')}><Input className="fg-mono" maxLength={40} autoComplete="off" autoCapitalize="none" spellCheck={false} /></FormField>
      <GrantFields form={form} />
    </DialogForm>
  )
}
