// Adds a batch or changes one: its day, what it holds, the lock that keeps it as it is.
import { addBatch, changeBatch, removeBatch, type Batch, type BatchPlan } from '@fugong/contract/batches'
import { Button, Checkbox } from 'antd'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { today } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { DialogForm, FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { later, SlotFields, type Slot } from './OpenPlan.tsx'
import { stale } from './stale.ts'

interface SlotProps { plan: BatchPlan; batch?: Batch; open: boolean; onClose: () => void }
export function SlotDialog(props: SlotProps) {
  const t = useText('batches')
  const { batch, open, onClose } = props
  return <FormDialog open={open} title={batch ? t('slot.changeTitle', { number: batch.position, day: batch.day }) : t('slot.add')} onCancel={onClose}>{batch ? <Change {...props} batch={batch} /> : <Add {...props} />}</FormDialog>
}
const useLabels = () => {
  const t = useText('batches')
  return { '/slot/day': t('slot.day'), '/slot/firmsLimit': t('slot.firmsLimit'), '/slot/headsLimit': t('slot.headsLimit'), '/locked': t('slot.lock'), '/day': t('slot.day'), '/firmsLimit': t('slot.firmsLimit'), '/headsLimit': t('slot.headsLimit') }
}
function Add({ plan, onClose }: SlotProps) {
  const t = useText('batches')
  const form = useForm(addBatch, {
    initial: { slot: { day: later(plan.batches.at(-1)?.day ?? today(), plan.batches.length ? 3 : 1), firmsLimit: null, headsLimit: null } as Slot }, labels: useLabels(), params: { id: plan.id },
    body: ({ slot }) => ({ revision: plan.revision, ...slot }) as never, check: (values) => missing(values, ['/slot/day']), invalidates: stale,
  })
  return <DialogForm form={form} deed={t('slot.add')} note={t('slot.limitNote')} onCancel={onClose} onDone={onClose}><SlotFields form={form} at="/slot" /></DialogForm>
}
function Change({ plan, batch, onClose }: SlotProps & { batch: Batch }) {
  const t = useText('batches')
  const { refused } = useNotices()
  const form = useForm(changeBatch, {
    initial: { slot: { day: batch.day, firmsLimit: batch.firmsLimit, headsLimit: batch.headsLimit } as Slot, locked: batch.locked }, labels: useLabels(), params: { id: plan.id, batchId: batch.id },
    body: ({ slot, locked }) => ({ revision: plan.revision, ...slot, locked }) as never, check: (values) => missing(values, ['/slot/day']), invalidates: stale,
  })
  const remove = useDeed(removeBatch, { invalidates: stale, onDone: onClose, onProblem: refused })
  return (
    <DialogForm form={form} deed={t('slot.save')} note={t(batch.counts.invited ? 'slot.invitedNote' : 'slot.limitNote')} onCancel={onClose} onDone={onClose}>
      <SlotFields form={form} at="/slot" />
      <FormField form={form} path="/locked" label={null} valueProp="checked" help={t('slot.lockHelp')}><Checkbox>{t('slot.lock')}</Checkbox></FormField>
      {batch.counts.firms === 0 && !batch.locked ? <div><Button danger loading={remove.running} onClick={() => void remove.run({ params: { id: plan.id, batchId: batch.id }, body: { revision: plan.revision } })}>{t('slot.remove')}</Button></div> : null}
    </DialogForm>
  )
}
