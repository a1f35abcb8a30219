// Tells the firms of a batch their day; names how many are told and that it cannot be taken back.
import { inviteFirms, type Batch, type BatchPlan } from '@fugong/contract/batches'
import { number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { useNotices } from '../../ui/notices.tsx'
import { stale } from './stale.ts'

export function InviteDialog({ plan, batch, open, onClose }: { plan: BatchPlan; batch: Batch; open: boolean; onClose: () => void }) {
  const t = useText('batches')
  const { done } = useNotices()
  const count = batch.counts.firms - batch.counts.invited
  const deed = useDeed(inviteFirms, { invalidates: stale, onDone: () => { onClose(); done(t('invite.done', { count, shown: number(count) })) } })
  return (
    <ReasonDialog open={open} needsReason={false} title={t('invite.title', { day: batch.day, count, shown: number(count) })} text={t('invite.text')} deed={t('invite.deed')} running={deed.running} problem={deed.problem} onCancel={() => { deed.reset(); onClose() }}
      onDo={() => void deed.run({ params: { id: plan.id, batchId: batch.id }, body: { revision: plan.revision } })} />
  )
}
