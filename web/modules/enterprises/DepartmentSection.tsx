// The competent department: named by the table, or by an office with its reason.
import { getEnterprise, listEnterprises, type Enterprise } from '@fugong/contract/enterprises'
import { listChanges, setDepartment } from '@fugong/contract/enterprises.register'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { day } from '../../base/format.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { useText } from '../../base/i18n.ts'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { Section } from '../../ui/Page.tsx'
import { departmentOf, departments } from './departments.ts'
import { doerWords } from './doers.ts'

const BY_TABLE = 'table'
export function DepartmentSection({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  const [open, setOpen] = useState(false)
  const set = firm.departmentSet
  return (
    <Section title={t('firm.department')} extra={firm.can.includes('classify') ? <Button onClick={() => setOpen(true)}>{t('departmentSet.change')}</Button> : undefined}>
      <p><strong>{departmentOf(firm.department, t)}</strong></p>
      <p className="fg-quiet">{set ? t('departmentSet.named', { by: doerWords(set.by, t), day: day(set.at), reason: set.reason }) : t('departmentSet.byTable')}</p>
      <FormDialog open={open} title={t('departmentSet.title', { name: firm.name })} onCancel={() => setOpen(false)}><DepartmentForm firm={firm} onClose={() => setOpen(false)} /></FormDialog>
    </Section>
  )
}
function DepartmentForm({ firm, onClose }: { firm: Enterprise; onClose: () => void }) {
  const t = useText('enterprises')
  const form = useForm(setDepartment, {
    initial: { department: undefined as string | undefined, reason: '' }, params: { id: firm.id }, invalidates: [getEnterprise, listEnterprises, listChanges], labels: { '/department': t('firm.department'), '/reason': t('flag.reason') },
    body: ({ department, reason }) => ({ revision: firm.revision, department: department === BY_TABLE ? null : department!, reason: reason.trim() }), check: (values) => missing(values, ['/department', '/reason']),
  })
  return (
    <DialogForm form={form} deed={t('departmentSet.deed')} note={t('departmentSet.note')} onCancel={onClose} onDone={onClose}>
      <FormField form={form} path="/department"><Choice<string> placeholder={t('workplace.choose')} options={[...(firm.departmentSet ? [{ value: BY_TABLE, label: t('departmentSet.back') }] : []), ...departments.filter((code) => code !== firm.department).map((code) => ({ value: code, label: departmentOf(code, t) }))]} /></FormField>
      <FormField form={form} path="/reason"><Input.TextArea rows={2} maxLength={300} /></FormField>
    </DialogForm>
  )
}
