// Someone leaves: all that they have open goes to a colleague or back to the unit, by one deed.
import { handOver, listColleagues } from '@fugong/contract/cases.deeds'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { staleCases } from '../../base/cases.ts'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { useNotices } from '../../ui/notices.tsx'

export function HandOver() {
  const t = useText('cases')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('handOver.open')}</Button>
      <FormDialog open={open} title={t('handOver.title')} onCancel={() => setOpen(false)}><Form onClose={() => setOpen(false)} /></FormDialog>
    </>
  )
}
function Form({ onClose }: { onClose: () => void }) {
  const t = useText('cases')
  const base = useText('base')
  const { done } = useNotices()
  const colleagues = useRead(listColleagues)
  const units = colleagues.data?.units ?? []
  const form = useForm(handOver, {
    initial: { unitId: undefined as string | undefined, from: undefined as string | undefined, to: undefined as string | undefined, reason: '' }, labels: { '/unitId': t('handOver.unit'), '/from': t('handOver.from'), '/to': t('handOver.to'), '/reason': t('handOver.reason') },
    check: (values) => missing({ ...values, unitId: values.unitId ?? units[0]?.id }, ['/unitId', '/from', '/reason']), invalidates: [...staleCases, listColleagues], body: (values) => ({ ...values, unitId: values.unitId ?? units[0]?.id, to: values.to ?? null }) as never, onDone: ({ moved }) => done(t('handOver.done', { count: moved })),
  })
  const unit = form.values.unitId ?? units[0]?.id
  const people = (colleagues.data?.items ?? []).filter((one) => one.unitId === unit).map((one) => ({ value: one.id, label: base('case.personOpen', { name: one.name, count: one.open }) }))
  return (
    <DialogForm form={form} deed={t('handOver.deed')} note={t('handOver.note')} onCancel={onClose} onDone={onClose}>
      {units.length > 1 ? <FormField form={form} path="/unitId"><Choice options={units.map((one) => ({ value: one.id, label: pick(one.name) }))} /></FormField> : null}
      <FormField form={form} path="/from"><Choice showSearch={{ optionFilterProp: 'label' }} options={people} /></FormField>
      <FormField form={form} path="/to" optional help={t('handOver.toHelp')}><Choice allowClear showSearch={{ optionFilterProp: 'label' }} options={people.filter((one) => one.value !== form.values.from)} /></FormField>
      <FormField form={form} path="/reason"><Input.TextArea rows={3} maxLength={300} /></FormField>
    </DialogForm>
  )
}
