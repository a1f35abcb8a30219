// What was done to a plan, newest first: by whom, for how many firms, and whether it was undone.
import { listBatchDeeds, type BatchDeed, type BatchPlan } from '@fugong/contract/batches'
import { instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { usePaged } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'

export function PlanHistory({ plan }: { plan: BatchPlan }) {
  const t = useText('batches')
  const list = usePaged(listBatchDeeds, { params: { id: plan.id }, query: { limit: 50 } })
  const columns: DataColumn<BatchDeed>[] = [
    { key: 'deed', title: t('history.deed'), main: true, cell: (row) => <>{t(`deed.${row.deed}`)}{row.undoneAt ? <span className="fg-quiet"> · {t('history.undone')}</span> : null}</> },
    { key: 'day', title: t('slot.day'), nowrap: true, cell: (row) => row.day ?? '–' },
    { key: 'count', title: t('plan.firms'), align: 'right', nowrap: true, cell: (row) => (row.count === null ? '–' : number(row.count)) },
    { key: 'at', title: t('history.at'), nowrap: true, cell: (row) => instant(row.at) },
    { key: 'by', title: t('history.by'), cell: (row) => <>{row.by ?? '–'}{row.unit ? <span className="fg-quiet ba-under">{pick(row.unit)}</span> : null}</> },
    { key: 'note', title: t('history.note'), cell: (row) => row.note ?? '–' },
  ]
  return <DataTable<BatchDeed> label={t('view.history')} list={list} columns={columns} rowKey={(row) => row.id} empty={{ title: t('history.empty') }} />
}
