// Days whose reports were erased: when, how many, why, and the proof that stands in the sealed audit too.
import { listErasures, type Erasure } from '@fugong/contract/health.signals'
import { instant, number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import './health.css'

export function Erasures() {
  const t = useText('health')
  const read = useRead(listErasures, {})
  const columns: DataColumn<Erasure>[] = [
    { key: 'day', title: t('firm.day'), main: true, nowrap: true, cell: (row) => <strong>{row.day}</strong> },
    { key: 'at', title: t('erasures.at'), nowrap: true, cell: (row) => instant(row.erasedAt) },
    { key: 'why', title: t('erasures.whyTitle'), cell: (row) => t(`erasures.why.${row.why}`, { days: row.keepDays }) },
    { key: 'reports', title: t('erasures.reports'), align: 'right', cell: (row) => number(row.reports) },
    { key: 'verified', title: t('erasures.verified'), nowrap: true, cell: (row) => <StatusTag tone={row.verified ? 'good' : 'bad'}>{t(row.verified ? 'erasures.gone' : 'erasures.left')}</StatusTag> },
    { key: 'proof', title: t('erasures.proof'), cell: (row) => <span className="he-hash fg-mono">{row.proof}</span> },
  ]
  return (
    <Page title={t('erasures.title')} sub={t('erasures.sub', { count: read.data?.kept ?? 0 })} width="full">
      <DataTable<Erasure> label={t('erasures.title')} list={{ rows: read.data?.items ?? [], pending: read.isPending, error: read.error ?? undefined, retry: () => void read.refetch() }} columns={columns} rowKey={(row) => row.day} empty={{ title: t('erasures.empty'), text: t('erasures.emptyText') }} />
    </Page>
  )
}
