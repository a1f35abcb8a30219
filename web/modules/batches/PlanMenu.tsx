// The rarer deeds on a plan: rename it, add a batch, end it with a reason.
import { changeBatchPlan, endBatchPlan, type BatchPlan } from '@fugong/contract/batches'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { stale } from './stale.ts'

export function PlanMenu({ plan, onAddBatch }: { plan: BatchPlan; onAddBatch: () => void }) {
  const t = useText('batches')
  const [asked, ask] = useState<'rename' | 'end' | undefined>(undefined)
  const end = useDeed(endBatchPlan, { invalidates: stale, onDone: () => ask(undefined) })
  return (
    <>
      <Button onClick={onAddBatch}>{t('slot.add')}</Button>
      <Button onClick={() => ask('rename')}>{t('rename.deed')}</Button>
      <Button danger onClick={() => { end.reset(); ask('end') }}>{t('end.deed')}</Button>
      <FormDialog open={asked === 'rename'} title={t('rename.deed')} onCancel={() => ask(undefined)}><Rename plan={plan} onClose={() => ask(undefined)} /></FormDialog>
      <ReasonDialog open={asked === 'end'} danger title={t('end.title', { name: plan.name })} text={t('end.text', { count: plan.counts.firms, shown: number(plan.counts.firms) })} deed={t('end.deed')} maxLength={300} running={end.running} problem={end.problem} onCancel={() => ask(undefined)} onDo={(reason) => void end.run({ params: { id: plan.id }, body: { revision: plan.revision, reason } })} />
    </>
  )
}
function Rename({ plan, onClose }: { plan: BatchPlan; onClose: () => void }) {
  const t = useText('batches')
  const form = useForm(changeBatchPlan, { initial: { name: plan.name, note: plan.note ?? '' }, labels: { '/name': t('plan.name'), '/note': t('plan.note') }, params: { id: plan.id }, body: (values) => ({ revision: plan.revision, ...values }), check: (values) => missing(values, ['/name']), invalidates: stale })
  return <DialogForm form={form} deed={t('rename.save')} onCancel={onClose} onDone={onClose}><FormField form={form} path="/name"><Input maxLength={60} /></FormField><FormField form={form} path="/note" optional><Input.TextArea rows={2} maxLength={500} /></FormField></DialogForm>
}
