// Begins a form or a field of the dictionary of its own: a code that stays, and where it is to hold.
import { listDrafts, openDraft } from '@fugong/contract/forms.edit'
import { listEmergencies } from '@fugong/contract/emergencies'
import { Input } from 'antd'
import { useNavigate } from 'react-router'
import { AreaPicker } from '../../base/area-picker.tsx'
import { useForm } from '../../base/form.tsx'
import { missing } from '../../base/form-paths.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { kindWords } from './words.ts'

export function NewDraft({ what, open, onClose }: { what: 'form' | 'field'; open: boolean; onClose: () => void }) {
  const t = useText('forms')
  return <FormDialog open={open} title={t(what === 'form' ? 'newFormTitle' : 'newFieldTitle')} onCancel={onClose}><NewForm what={what} onClose={onClose} /></FormDialog>
}
function NewForm({ what, onClose }: { what: 'form' | 'field'; onClose: () => void }) {
  const t = useText('forms')
  const navigate = useNavigate()
  const emergencies = useRead(listEmergencies, {}, { staleTime: 60_000 })
  const kinds = [...new Set((emergencies.data?.items ?? []).map((one) => one.kind))]
  const form = useForm(openDraft, {
    initial: { code: '', areaCode: undefined as string | undefined, kind: '' },
    labels: { '/code': t('code'), '/areaCode': t('area'), '/kind': t('kindField') }, body: ({ code, areaCode, kind }) => ({ what, code, ...(areaCode ? { areaCode } : {}), ...(what === 'form' ? { kind: kind || null } : {}) }),
    check: (values) => missing(values, ['/code', '/areaCode']), invalidates: [listDrafts], onDone: (draft) => void navigate(`/console/forms/drafts/${draft.id}`),
  })
  return (
    <DialogForm form={form} deed={t('begin')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/code" help={t(what === 'form' ? 'newFormCode' : 'newFieldCode')}><Input className="fg-mono" maxLength={80} placeholder={what === 'form' ? 'survey.supplies' : 'supplies.masks'} /></FormField>
      <FormField form={form} path="/areaCode"><AreaPicker /></FormField>
      {what === 'form' ? <FormField form={form} path="/kind" optional help={t('kindHelp')}><Choice<string> options={['', ...kinds].map((value) => ({ value, label: kindWords(t, value || null) }))} /></FormField> : null}
    </DialogForm>
  )
}
