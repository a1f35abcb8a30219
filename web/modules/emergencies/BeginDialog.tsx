// Begins an emergency: pack, name in both languages, area, document, moment.
import { beginEmergency, listEmergencies } from '@fugong/contract/emergencies'
import { getSession } from '@fugong/contract/identity'
import { Input } from 'antd'
import { AreaPicker } from '../../base/area-picker.tsx'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { useSession } from '../../base/session.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { MomentInput } from '../../ui/inputs.tsx'
import type { Pack } from './stages.ts'

const AREAS = ['city', 'district'] as const
interface BeginProps { open: boolean; packs: Pack[]; onClose: () => void }
export function BeginDialog(props: BeginProps) {
  const t = useText('emergencies')
  return <FormDialog open={props.open} title={t('begin')} onCancel={props.onClose}><BeginForm {...props} /></FormDialog>
}
interface Values { pack: string | undefined; name: { zh: string; en: string }; areaCode: string | undefined; documentNo: string; begunAt: string | undefined }
function BeginForm({ packs, onClose }: BeginProps) {
  const t = useText('emergencies')
  const { session } = useSession()
  const form = useForm(beginEmergency, {
    initial: { pack: undefined, name: { zh: '', en: '' }, areaCode: session.cityCode, documentNo: '', begunAt: undefined } as Values,
    labels: { '/pack': t('packField'), '/name/zh': t('nameZh'), '/name/en': t('nameEn'), '/areaCode': t('area'), '/documentNo': t('document'), '/begunAt': t('begun') },
    body: (values) => values as never,
    check: (values) => missing(values, ['/pack', '/name/zh', '/name/en', '/areaCode', '/documentNo', '/begunAt']),
    invalidates: [listEmergencies, getSession],
  })
  return (
    <DialogForm form={form} deed={t('begin')} note={t('beginNote')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/pack"><Choice options={packs.map((pack) => ({ value: pack.code, label: pack.faults.length > 0 ? `${pick(pack.name)} (${t('packFaulty')})` : pick(pack.name), disabled: pack.faults.length > 0 }))} /></FormField>
      <FormField form={form} path="/name/zh" help={t('nameHelp')}><Input maxLength={80} autoComplete="off" /></FormField>
      <FormField form={form} path="/name/en"><Input maxLength={160} autoComplete="off" /></FormField>
      <FormField form={form} path="/areaCode" help={t('areaHelp')}><AreaPicker kinds={AREAS} /></FormField>
      <FormField form={form} path="/documentNo" help={t('documentHelp')}><Input maxLength={80} autoComplete="off" /></FormField>
      <FormField form={form} path="/begunAt" help={t('begunHelp')}><MomentInput /></FormField>
    </DialogForm>
  )
}
