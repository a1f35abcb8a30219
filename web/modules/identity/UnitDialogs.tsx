// Creates a unit, and renames one.
import { createUnit, departments, listUnits, renameUnit, unitKinds, type Unit } from '@fugong/contract/identity'
import { Input } from 'antd'
import { AreaPicker } from '../../base/area-picker.tsx'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { UnitPicker } from '../../base/unit-picker.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'

interface CreateProps { open: boolean; onClose: () => void; onDone: (id: string) => void }
export function CreateUnitDialog({ open, onClose, onDone }: CreateProps) {
  const t = useText('identity')
  return <FormDialog open={open} title={t('units.create')} onCancel={onClose}><CreateForm onClose={onClose} onDone={onDone} /></FormDialog>
}
interface Values { name: { zh: string; en: string }; code: string; kind: Unit['kind'] | undefined; department: Unit['department']; areaCode: string | undefined; parentId: string | null }
function CreateForm({ onClose, onDone }: Omit<CreateProps, 'open'>) {
  const t = useText('identity')
  const form = useForm(createUnit, {
    initial: { name: { zh: '', en: '' }, code: '', kind: undefined, department: null, areaCode: undefined, parentId: null } as Values,
    labels: { '/name/zh': t('units.nameZh'), '/name/en': t('units.nameEn'), '/code': t('units.code'), '/kind': t('units.kind'), '/department': t('units.department'), '/areaCode': t('units.area'), '/parentId': t('units.parent') },
    body: (values) => ({ ...values, department: values.kind === 'department' ? values.department : null, parentId: values.parentId ?? null }) as never,
    check: (values) => missing(values, ['/name/zh', '/name/en', '/code', '/kind', ...(values.kind === 'department' ? ['/department'] : []), '/areaCode']),
    invalidates: [listUnits], onDone: (unit) => onDone(unit.id),
  })
  return (
    <DialogForm form={form} deed={t('units.create')} onCancel={onClose} onDone={() => undefined}>
      <FormField form={form} path="/name/zh"><Input maxLength={60} autoComplete="off" /></FormField>
      <FormField form={form} path="/name/en"><Input maxLength={120} autoComplete="off" /></FormField>
      <FormField form={form} path="/code" help={t('units.codeHelp')}><Input className="fg-mono" maxLength={60} autoComplete="off" spellCheck={false} /></FormField>
      <FormField form={form} path="/kind"><Choice options={unitKinds.map((kind) => ({ value: kind, label: t(`units.kinds.${kind}`) }))} /></FormField>
      {form.values.kind === 'department' ? <FormField form={form} path="/department"><Choice options={departments.map((department) => ({ value: department, label: t(`units.departments.${department}`) }))} /></FormField> : null}
      <FormField form={form} path="/areaCode" help={t('units.areaHelp')}><AreaPicker /></FormField>
      <FormField form={form} path="/parentId" optional><UnitPicker allowClear /></FormField>
    </DialogForm>
  )
}

interface RenameProps { open: boolean; unit: Unit; onClose: () => void }
export function RenameUnitDialog(props: RenameProps) {
  const t = useText('identity')
  return <FormDialog open={props.open} title={t('units.renameOf', { name: pick(props.unit.name) })} onCancel={props.onClose}><RenameForm {...props} /></FormDialog>
}
function RenameForm({ unit, onClose }: RenameProps) {
  const t = useText('identity')
  const form = useForm(renameUnit, {
    initial: { name: unit.name }, labels: { '/name/zh': t('units.nameZh'), '/name/en': t('units.nameEn') }, params: { id: unit.id },
    check: (values) => missing(values, ['/name/zh', '/name/en']), invalidates: [listUnits],
  })
  return (
    <DialogForm form={form} deed={t('units.rename')} note={t('units.renameNote')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/name/zh"><Input maxLength={60} autoComplete="off" /></FormField>
      <FormField form={form} path="/name/en"><Input maxLength={120} autoComplete="off" /></FormField>
    </DialogForm>
  )
}
