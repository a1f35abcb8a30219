// The two deeds that move an emergency on: entering a stage, and ending it for good.
import { endEmergency, enterStage, listEmergencies, type Emergency } from '@fugong/contract/emergencies'
import { getSession } from '@fugong/contract/identity'
import { Checkbox, Input } from 'antd'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { Note } from '../../ui/parts.tsx'
import type { Step } from './stages.ts'

interface StageProps { open: boolean; emergency: Emergency; steps: Step[]; onClose: () => void }
export function StageDialog(props: StageProps) {
  const t = useText('emergencies')
  return <FormDialog open={props.open} title={t('enterOf', { name: pick(props.emergency.name) })} onCancel={props.onClose}><StageForm {...props} /></FormDialog>
}
function StageForm({ emergency, steps, onClose }: StageProps) {
  const t = useText('emergencies')
  const coming = steps.filter((step) => step.state === 'coming')
  const now = steps.find((step) => step.state === 'now')
  const form = useForm(enterStage, {
    initial: { stage: coming[0]?.code ?? '', note: '' }, labels: { '/stage': t('stageField'), '/note': t('note') }, params: { id: emergency.id },
    check: (values) => missing(values, ['/stage', '/note']), invalidates: [listEmergencies],
  })
  return (
    <DialogForm form={form} deed={t('enter')} note={t('enterNote')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/stage" help={now ? t('stageHelp', { stage: pick(now.name) }) : undefined}><Choice options={coming.map((step) => ({ value: step.code, label: pick(step.name) }))} /></FormField>
      <FormField form={form} path="/note" help={t('noteHelp')}><Input.TextArea rows={3} maxLength={500} /></FormField>
    </DialogForm>
  )
}

interface EndProps { open: boolean; emergency: Emergency; onClose: () => void }
export function EndDialog(props: EndProps) {
  const t = useText('emergencies')
  return <FormDialog open={props.open} title={t('endOf', { name: pick(props.emergency.name) })} onCancel={props.onClose}><EndForm {...props} /></FormDialog>
}
function EndForm({ emergency, onClose }: EndProps) {
  const t = useText('emergencies')
  const name = pick(emergency.name)
  const form = useForm(endEmergency, {
    initial: { documentNo: '', note: '', sure: false }, labels: { '/documentNo': t('document'), '/note': t('note'), '/sure': t('endConfirm', { name }) }, params: { id: emergency.id },
    body: ({ documentNo, note }) => ({ documentNo, note }),
    check: (values) => [...missing(values, ['/documentNo', '/note']), ...(values.sure ? [] : [{ path: '/sure', code: 'issue.table', params: { detail: t('endConfirmMissing') } }])],
    invalidates: [listEmergencies, getSession],
  })
  return (
    <DialogForm form={form} deed={t('end')} danger onCancel={onClose} onDone={onClose}>
      <Note tone="warn">{t('endNote')}</Note>
      <FormField form={form} path="/documentNo" help={t('endDocumentHelp')}><Input maxLength={80} autoComplete="off" /></FormField>
      <FormField form={form} path="/note" help={t('noteHelp')}><Input.TextArea rows={3} maxLength={500} /></FormField>
      <FormField form={form} path="/sure" label={null} valueProp="checked"><Checkbox>{t('endConfirm', { name })}</Checkbox></FormField>
    </DialogForm>
  )
}
